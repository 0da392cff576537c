"""The life of a consent as one self-contained SVG picture."""

from __future__ import annotations

from html import escape
from typing import Final

from jamjar.consent.life import WORDS, ConsentLife, LifeSpan, head, minute
from jamjar.model.state import Status

_WIDTH, _LEFT, _LONG = 760, 16, 728
_BAR, _HIGH, _LIST = 72, 26, 158
_CLASSES: Final = {
    Status.SCHEDULED: "later",
    Status.ACTIVE: "open",
    Status.PAUSED: "paused",
    Status.STALE: "stale",
    Status.EXHAUSTED: "spent",
}
# Each kind of stretch has a colour and a dash of its frame of its own; colours have WCAG contrast 3:1 or more.
_STYLE: Final = """
#life { --ground: #ffffff; --ink: #1b1f24; --soft: #57606a; --open: #1f6f8b; --room: #eaeef2; --look: #b3261e }
@media (prefers-color-scheme: dark) { #life { --ground: #14181d; --ink: #f0f3f6; --soft: #b1bac4; --open: #58b4d1;
--room: #2a3038; --look: #ff8a80 } }
@media print { #life { --ground: #ffffff; --ink: #000000; --soft: #333333; --open: #555555; --room: #ffffff;
--look: #000000 } }
#life text { font: 14px system-ui, sans-serif; fill: var(--ink) }
#life .head { font-size: 20px; font-weight: 600 }
#life .soft { font-size: 12px; fill: var(--soft) }
#life .end { text-anchor: end }
#life .ground { fill: var(--ground) }
#life rect { stroke: var(--soft) }
#life .open { fill: var(--open); stroke: var(--open) }
#life .later, #life .paused, #life .stale, #life .spent { fill: var(--room) }
#life .paused { stroke-dasharray: 2 2 }
#life .stale { stroke-dasharray: 8 4 }
#life .later { stroke-dasharray: 1 6 }
#life .look { fill: var(--look); stroke: var(--ground); stroke-width: 2 }
#life .now { stroke: var(--ink); stroke-width: 2 }
"""


def life_svg(life: ConsentLife) -> str:
    """Return the picture as SVG 1.1: no script, no outside reference, all text escaped, and all of it in words, too."""
    height = _LIST + 20 * len(life.steps) + 8
    happened = [f"{minute(at)} UTC: {words}" for at, words in life.steps]
    stretches = [f"{minute(span.begin)} to {minute(span.end)}: {WORDS[span.status]}" for span in life.spans]
    now = f'<path class="now" d="M{_place(life.now, life):g} {_BAR - 8}V{_BAR + _HIGH + 8}"/>'
    shapes = [
        '<svg xmlns="http://www.w3.org/2000/svg" id="life" role="img" aria-labelledby="life-title life-description"'
        f' viewBox="0 0 {_WIDTH} {height}">',
        f'<title id="life-title">{escape(head(life))}</title>',
        f'<desc id="life-description">{escape(". ".join([*stretches, *happened]))}.</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="ground" width="{_WIDTH}" height="{height}"/>',
        _text("head", _LEFT, 34, head(life)),
        *(_stretch(span, life) for span in life.spans),
        *(f'<circle class="look" cx="{_place(at, life):g}" cy="{_BAR + _HIGH / 2:g}" r="6"/>' for at in life.looks),
        *([now] if life.begin <= life.now <= life.end else []),
        _text("soft", _LEFT, 62, minute(life.begin)),
        _text("soft end", _LEFT + _LONG, 62, minute(life.end)),
        *_legend(life),
        *(_text("label", _LEFT, _LIST + 20 * place, words) for place, words in enumerate(happened)),
        "</svg>",
        "",
    ]
    return "\n".join(shapes)


def _stretch(span: LifeSpan, life: ConsentLife) -> str:
    first, last = _place(span.begin, life), _place(span.end, life)
    return _rect(_CLASSES[span.status], first, _BAR, max(last - first, 1), _HIGH)


def _legend(life: ConsentLife) -> list[str]:
    shown, left = [status for status in WORDS if any(span.status is status for span in life.spans)], _LEFT
    drawn = list[str]()
    for status in shown:
        drawn += [_rect(_CLASSES[status], left, 116, 14, 10), _text("soft", left + 20, 125, WORDS[status])]
        left += 40 + 7 * len(WORDS[status])
    if life.looks:
        drawn += [f'<circle class="look" cx="{left + 7}" cy="121" r="6"/>', _text("soft", left + 20, 125, "a look")]
    return drawn


def _place(at: int, life: ConsentLife) -> float:
    return round(_LEFT + min(max((at - life.begin) / max(life.end - life.begin, 1), 0), 1) * _LONG, 1)


def _rect(kind: str, left: float, top: int, width: float, height: int) -> str:
    return f'<rect class="{kind}" x="{left:g}" y="{top}" width="{width:g}" height="{height}" rx="2"/>'


def _text(kind: str, left: float, base: int, text: str) -> str:
    return f'<text class="{kind}" x="{left:g}" y="{base}">{escape(text)}</text>'
