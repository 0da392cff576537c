"""An inclusion proof as a drawing of boxes and lines, as wide as a phone, which a page writes as SVG."""

from dataclasses import dataclass
from typing import Final

from jamjar.explorer.log_seen import LEFT, EventProof

WIDTH: Final = 280
_ROW: Final = 58
_BOX: Final = 26
_OURS: Final = (90, 100)
_SIDES: Final = {True: (2, 80), False: (198, 80)}
"""Where boxes begin, by whether they are on the left, and how wide they are, in pixels."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its top left corner and size in pixels, what it is (event, ours, beside or root), and its events."""

    left: int
    top: int
    width: int
    kind: str
    events: tuple[int, int]
    height: int = _BOX

    @property
    def middle(self) -> int:
        """The middle of its width."""
        return self.left + self.width // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing: our event at the bottom, the root that the log signed at the top.

    lines  from a box up to the one above: two points each, as (x, y, x, y)
    """

    height: int
    boxes: tuple[Box, ...]
    lines: tuple[tuple[int, int, int, int], ...]
    width: int = WIDTH


def drawing(proof: EventProof) -> Drawing:
    """Return the drawing of a proof."""
    rows = len(proof.steps) + 1
    boxes, lines = list[Box](), list[tuple[int, int, int, int]]()
    for row in range(rows):
        top = _ROW * (rows - row - 1) + 16
        step = proof.steps[row] if row < len(proof.steps) else None
        kind = "root" if step is None else "ours" if row else "event"
        ours = Box(*_place(_OURS, top), kind, (0, proof.size) if step is None else step.ours)
        boxes.append(ours)
        if step is not None:
            beside = Box(*_place(_SIDES[step.side == LEFT], top), "beside", (step.first, step.end))
            boxes.append(beside)
            lines += [(box.middle, top, WIDTH // 2, top - _ROW + _BOX) for box in (ours, beside)]
    return Drawing(_ROW * rows, tuple(boxes), tuple(lines))


def _place(side: tuple[int, int], top: int) -> tuple[int, int, int]:
    left, width = side
    return left, top, width
