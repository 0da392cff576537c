"""A bar chart of gas, EAS and the floor: one self-contained SVG picture that is legible on a phone."""

from collections.abc import Sequence
from html import escape
from typing import Final

from benchmarks.gas.comparison_rows import Row

_WIDTH, _TOP, _ROW, _BAR = 420, 92, 84, 18
_LEFT, _BARS, _LONGEST = 12, 66, 262
_SHOWN: Final = {
    ("grant", 1): "A consent granted, carried alone",
    ("commitment, first", 100): "A first commitment, in a batch of 100",
    ("commitment, replacing", 100): "A commitment replaced, in a batch of 100",
    ("use", 100): "A use recorded, in a batch of 100",
    ("withdrawal", 100): "A consent withdrawn, in a batch of 100",
}
_TITLE: Final = "Gas an item, beside EAS"

# Colours with a WCAG contrast of 3:1 or more against their background, in both schemes.
_STYLE: Final = """\
#gas { --ground: #ffffff; --ink: #1b1f24; --soft: #57606a; --eas: #6e7781; --jamjar: #1f6f8b; --floor: #9a5b00 }
@media (prefers-color-scheme: dark) { #gas { --ground: #14181d; --ink: #f0f3f6; --soft: #b1bac4; --eas: #8b949e; \
--jamjar: #58b4d1; --floor: #e3a34c } }
#gas text { font: 14px system-ui, sans-serif; fill: var(--ink) }
#gas .head { font-size: 19px; font-weight: 600 }
#gas .what { font-weight: 600 }
#gas .soft { font-size: 13px; fill: var(--soft) }
#gas .gas { font-variant-numeric: tabular-nums }
#gas .ground { fill: var(--ground) }
#gas .eas { fill: var(--eas) }
#gas .jamjar { fill: var(--jamjar) }
#gas .floor { fill: var(--floor) }
"""


def svg(rows: Sequence[Row]) -> str:
    """Return the picture as the text of an SVG 1.1 element: no script, no outside reference.

    It shows the rows of a single grant and of batches of 100; raises KeyError when one is missing. A title and a
    description give the same in words. It follows the reader's light or dark scheme.
    """
    by_name = {(row.kind, row.size): row for row in rows}
    shown = [(what, by_name[name]) for name, what in _SHOWN.items()]
    full = max(row.eas for _, row in shown)
    height = _TOP + len(shown) * _ROW + 4
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" id="gas" width="{_WIDTH}" height="{height}"'
            f' viewBox="0 0 {_WIDTH} {height}" role="img" aria-labelledby="gas-title gas-description">',
            f'<title id="gas-title">{_TITLE}</title>',
            f'<desc id="gas-description">{escape(" ".join(_in_words(what, row) for what, row in shown))}</desc>',
            f"<style>\n{_STYLE}</style>",
            f'<rect class="ground" width="{_WIDTH}" height="{height}"/>',
            _text("head", _LEFT, 32, _TITLE),
            _text("soft", _LEFT, 53, "EAS: Ethereum Attestation Service, consent checked"),
            _text("soft", _LEFT, 71, "Floor: what the gas schedule asks of any contract"),
            *(_row(what, row, _TOP + place * _ROW, full) for place, (what, row) in enumerate(shown)),
            "</svg>",
            "",
        ]
    )


def _in_words(what: str, row: Row) -> str:
    return f"{what}: EAS {row.eas:,}, Jamjar {row.jamjar:,}, floor {row.floor:,}."


def _row(what: str, row: Row, top: int, full: int) -> str:
    shapes = [_text("what", _LEFT, top + 14, what)]
    for place, (name, gas) in enumerate((("EAS", row.eas), ("Jamjar", row.jamjar), ("Floor", row.floor))):
        base, length = top + 34 + place * _BAR, round(gas * _LONGEST / full, 1)
        shapes += [
            _text("soft", _LEFT, base, name),
            f'<rect class="{name.lower()}" x="{_BARS}" y="{base - 11}" width="{length:g}" height="12" rx="2"/>',
            _text("gas", _BARS + length + 8, base, f"{gas:,}"),
        ]
    return f"<g>{''.join(shapes)}</g>"


def _text(kind: str, left: float, base: int, text: str) -> str:
    return f'<text class="{kind}" x="{left:g}" y="{base}">{escape(text)}</text>'
