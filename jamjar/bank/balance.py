"""Money in less money out, day by day, of one period; drawn for a terminal and as SVG."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape

from jamjar.bank.month import Month
from jamjar.errors import InvalidInput
from jamjar.plan.money import format_pounds
from jamjar.plan.payday import said

_DAY = timedelta(days=1)
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BASE = 760, 300, 96, 744, 64, 252
HEIGHTS = range(3, 41)
"""The rows that a drawing in a terminal may have."""

_STYLE = """\
#{name} {{ --ground: #ffffff; --ink: #1b1f24; --soft: #57606a; --line: #1f6f8b; --rule: #6e7781 }}
@media (prefers-color-scheme: dark) {{ #{name} {{ --ground: #14181d; --ink: #f0f3f6; --soft: #b1bac4; \
--line: #58b4d1; --rule: #8b949e }} }}
@media print {{ #{name} {{ --ground: #ffffff; --ink: #000000; --soft: #333333; --line: #000000; --rule: #555555 }} }}
#{name} text {{ font: 14px system-ui, sans-serif; fill: var(--ink) }}
#{name} .head {{ font-size: 20px; font-weight: 600 }}
#{name} .soft {{ font-size: 12px; fill: var(--soft) }}
#{name} .end {{ text-anchor: end; font-variant-numeric: tabular-nums }}
#{name} .ground {{ fill: var(--ground) }}
#{name} .line {{ fill: none; stroke: var(--line); stroke-width: 2.5; stroke-linejoin: round }}
#{name} .rule {{ stroke: var(--rule); stroke-dasharray: 4 4 }}
"""


@dataclass(frozen=True, slots=True)
class RunningBalance:
    """Pence in less pence out since the first day, after each day up to the last one that is known.

    `start` and `end` are the period's.
    """

    start: date
    end: date
    days: tuple[int, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.days) <= (self.end - self.start).days + 1:
            raise InvalidInput("The days are not 1 or more within the period; give one balance a day.")

    @property
    def last(self) -> date:
        """The last day that has a balance."""
        return self.start + _DAY * (len(self.days) - 1)

    @property
    def range(self) -> tuple[int, int]:
        """The lowest and the highest balance, zero among them."""
        return min(0, *self.days), max(0, *self.days)


def balance(month: Month, today: date) -> RunningBalance:
    """Return the balance of a month up to `today`, which is in it or after it; transfers do not count."""
    last = min(today, month.until)
    moved = Counter[date]()
    for each in month.moved(month.start, last):
        moved[each.day] += each.pence
    days, total = [], 0
    for number in range((last - month.start).days + 1):
        total += moved[month.start + _DAY * number]
        days.append(total)
    return RunningBalance(month.start, month.until, tuple(days))


def in_words(found: RunningBalance) -> str:
    """Return the balance as one sentence."""
    low, high = found.range
    return (
        f"Money in less money out since {said(found.start)}: {format_pounds(found.days[-1])} on {said(found.last)},"
        f" between {format_pounds(low)} and {format_pounds(high)}."
    )


def drawn(found: RunningBalance, *, height: int = 7, ascii_only: bool = False) -> str:
    """Return the balance as lines of text, a column for each day and `height` rows, 3 to 40; zero is drawn."""
    if isinstance(height, bool) or not isinstance(height, int) or height not in HEIGHTS:
        raise InvalidInput(f"The height is not {HEIGHTS[0]} to {HEIGHTS[-1]} rows; give an int in that range.")
    low, high = found.range
    mark, rule = ("#", "-") if ascii_only else ("█", "┄")
    span = max(high - low, 1)

    def row(amount: int) -> int:
        return ((amount - low) * (height - 1) * 2 + span) // (span * 2)

    zero, total = row(0), (found.end - found.start).days + 1
    labels = {row(high): high, row(low): low, zero: 0}
    lines = []
    for level in reversed(range(height)):
        cells = [
            mark if min(zero, row(amount)) <= level <= max(zero, row(amount)) and (amount or level != zero) else " "
            for amount in found.days
        ]
        cells += [" "] * (total - len(cells))
        drawing = "".join(rule if level == zero and cell == " " else cell for cell in cells)
        label = format_pounds(labels[level]) if level in labels else ""
        lines.append(f"{label.replace('£', '') if ascii_only else label:>12} {drawing}".rstrip())
    ends = f"{said(found.start)}{said(found.end):>{max(total - len(said(found.start)), 1)}}"
    return "\n".join([*lines, f"{'':>12} {ends}"])


def svg(found: RunningBalance, *, name: str = "balance") -> str:
    """Return the balance as the text of an SVG 1.1 element: no script, no outside reference, all text escaped.

    A title and a description state it in words; it follows a light or dark colour scheme, and prints without colour.
    """
    low, high = found.range
    span, count = max(high - low, 1), max((found.end - found.start).days + 1, 1)

    def height(amount: int) -> float:
        return round(_BASE - (amount - low) * (_BASE - _TOP) / span, 1)

    step = (_RIGHT - _LEFT) / count
    path = f"M{_LEFT} {height(0):g}"
    for number, amount in enumerate(found.days, 1):
        path += f"V{height(amount):g}H{round(_LEFT + number * step, 1):g}"
    title = f"Money in less money out, {said(found.start)} to {said(found.end)} {found.end.year}"
    labels = {height(amount): format_pounds(amount) for amount in (low, 0, high)}
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
            f' aria-labelledby="{name}-title {name}-description">',
            f'<title id="{name}-title">{escape(title)}</title>',
            f'<desc id="{name}-description">{escape(in_words(found))}</desc>',
            f"<style>\n{_STYLE.format(name=name)}</style>",
            f'<rect class="ground" width="{_WIDTH}" height="{_HEIGHT}"/>',
            f'<text class="head" x="16" y="34">{escape(title)}</text>',
            *(f'<text class="soft end" x="{_LEFT - 8}" y="{at + 4:g}">{label}</text>' for at, label in labels.items()),
            f'<path class="rule" d="M{_LEFT} {height(0):g}H{_RIGHT}"/>',
            f'<path class="line" d="{path}"/>',
            f'<text class="soft" x="{_LEFT}" y="{_BASE + 28}">{said(found.start)}</text>',
            f'<text class="soft end" x="{_RIGHT}" y="{_BASE + 28}">{said(found.end)}</text>',
            "</svg>",
            "",
        ]
    )
