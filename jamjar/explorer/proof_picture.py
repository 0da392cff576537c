"""An inclusion proof as a picture: SVG without colours of its own, as wide as a phone, with the same told beside it."""

from collections.abc import Callable
from html import escape
from typing import Final

from jamjar.explorer.log_seen import LEFT, EventProof

WIDTH: Final = 280
_ROW: Final = 58
_BOX: Final = 26
_OURS: Final = (90, 100)
_SIDES: Final = {True: (2, 80), False: (198, 80)}
"""Where boxes begin, and how wide they are, in pixels."""


def proof_picture(proof: EventProof, title: str, told: str, named: Callable[[int, int], str], root: str) -> str:
    """Return the picture: our event at the bottom, the root that the log signed at the top.

    title, told  what it is, and what it shows, in words
    named        the label of a box with the events from a number to before another
    root         the word for the root
    """
    height = _ROW * (len(proof.steps) + 1)
    parts, labels = list[str](), [named(*step.ours) for step in proof.steps] + [root]
    for row, label in enumerate(labels):
        top = height - _ROW * (row + 1) + 16
        kind = "leaf" if row == 0 else "root" if row == len(proof.steps) else "ours"
        parts.append(_box(_OURS, top, label, kind))
        if row < len(proof.steps):
            step = proof.steps[row]
            side = _SIDES[step.side == LEFT]
            parts += [_line(_OURS, top), _line(side, top), _box(side, top, named(step.first, step.end), "beside")]
    return (
        f'<svg class="proof" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="proof-title proof-told"><title id="proof-title">{escape(title)}</title>'
        f'<desc id="proof-told">{escape(told)}</desc>{"".join(parts)}</svg>'
    )


def _box(at: tuple[int, int], top: int, label: str, kind: str) -> str:
    left, width = at
    return (
        f'<rect class="{kind}" x="{left}" y="{top}" width="{width}" height="{_BOX}" rx="3"/>'
        f'<text x="{left + width / 2:g}" y="{top + 17}" text-anchor="middle">{escape(label)}</text>'
    )


def _line(at: tuple[int, int], top: int) -> str:
    left, width = at
    return f'<line x1="{left + width / 2:g}" y1="{top}" x2="{WIDTH / 2:g}" y2="{top - _ROW + _BOX}"/>'
