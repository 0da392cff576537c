"""Where the parts of pages lie, compared loosely: what is wrong with a page's boxes, whatever fonts a machine has.

A box is [element, left, right, top, bottom] in widths of the window. A font decides where a line breaks, so how wide a
button and how high a page is: neither is compared. Where a landmark and a heading begin and end across the window, and
in which order they come, follows from the style sheet alone, which is in pixels and parts of the window.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

Box = tuple[str, float, float, float, float]
NEAR: Final = 0.01
"""Parts of the window that two edges may be apart: room for rounding, and for no letter."""
MARGIN: Final = 0.02
"""Parts of the window that a field may stick out: the style gives some a margin of 5 px to the outside."""
LANDMARKS: Final = ("header", "main", "footer")
KEPT: Final = {
    320: {"header": (0, 1), "main": (15 / 320, 305 / 320), "footer": (0, 1)},
    390: {"header": (0, 1), "main": (15 / 390, 375 / 390), "footer": (0, 1)},
    1280: {"header": (0, 1), "main": (160 / 1280, 1120 / 1280), "footer": (0, 1)},
}
"""The left and right edges of each landmark by the width of the window: a margin of 15 px, at most 960 px to read."""


def misplaced(page: dict[str, Any]) -> list[str]:
    """Say what is wrong with where the parts of a page lie; nothing, if all is well."""
    boxes = [(name, *edges) for name, *edges in page["boxes"]]
    return [f"{page['path']} at {page['width']}{' larger' * page['larger']}: {each}" for each in _wrong(boxes, page)]


def _wrong(boxes: Sequence[Box], page: dict[str, Any]) -> Iterator[str]:
    if page["wide"] > 0:
        yield "it is wider than the window"
    there = {name: [box for box in boxes if box[0] == name] for name in (*LANDMARKS, "h1")}
    if odd := [name for name, found in there.items() if len(found) != 1]:
        yield f"not one {' and '.join(odd)}"
        return
    for name, (left, right) in KEPT[page["width"]].items():
        (_, is_left, is_right, top, bottom) = there[name][0]
        if abs(is_left - left) > NEAR or abs(is_right - right) > NEAR:
            yield f"{name} lies from {is_left:.3f} to {is_right:.3f}, and not from {left:.3f} to {right:.3f}"
        if bottom - top < NEAR:
            yield f"{name} is empty"
    header, main, footer = (there[name][0] for name in LANDMARKS)
    if not header[4] <= main[3] + NEAR or not main[4] <= footer[3] + NEAR:
        yield "header, main and footer do not follow each other"
    if not main[3] - NEAR <= there["h1"][0][3] < main[4]:
        yield "its heading is not in main"
    inside = [box for box in boxes if box[0] not in LANDMARKS and main[3] - NEAR <= box[3] < main[4]]
    for name, left, right, *_ in inside:
        if left < main[1] - MARGIN or right > main[2] + MARGIN:
            yield f"{name} sticks out of main, from {left:.3f} to {right:.3f}"
    buttons = [box for box in inside if box[0] == "button"]
    for place, one in enumerate(buttons):
        if any(_overlap(one, other) for other in buttons[place + 1 :]):
            yield "two buttons lie over each other"


def _overlap(one: Box, other: Box) -> bool:
    across, down = (min(one[n + 1], other[n + 1]) - max(one[n], other[n]) for n in (1, 3))
    return across > NEAR and down > NEAR
