"""Bars of the planned and the spent money of each jar, for a terminal."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from jamjar.bank.spending import Spending
from jamjar.errors import InvalidInput
from jamjar.plan.money import format_pounds

WIDTHS = range(8, 201)
"""The widths that the longest bar may have, in characters."""

_GLYPHS = ("█", "░", "▓")
_ASCII_GLYPHS = ("#", ".", "!")
_STYLES = ("green", "dim", "bold red")


def bars(spending: Spending, *, width: int = 24, ascii_only: bool = False) -> Table:
    """Return a rich table with one row for each jar, then one for spending without a jar and one for the total.

    A bar shows the money spent within the plan, left, and spent over the plan, on one scale for all rows; each part has
    its own glyph, and the amounts are beside the bar, so that no information depends on colour alone. `width` is that
    of the longest bar in characters, 8 to 200. With `ascii_only` the table has ASCII characters only, no pound sign.
    """
    if isinstance(width, bool) or not isinstance(width, int) or width not in WIDTHS:
        raise InvalidInput(
            f"The width of a bar is not {WIDTHS[0]} to {WIDTHS[-1]} characters; give an int in that range."
        )
    glyphs = _ASCII_GLYPHS if ascii_only else _GLYPHS

    def money(amount: int) -> str:
        text = format_pounds(amount)
        return text.replace("£", "") if ascii_only else text

    unit = " (GBP)" if ascii_only else ""
    between = "to" if ascii_only else "–"
    carried = "" if not spending.carried else f"; planned with {money(spending.carried)} carried over"
    title = f"Jars, {spending.period.start} {between} {spending.period.end}"
    caption = f"{glyphs[0]} spent  {glyphs[1]} left  {glyphs[2]} over the plan{carried}"
    table = Table(title=Text(title), caption=Text(caption), box=None, pad_edge=False)
    table.add_column("Jar")
    table.add_column("", no_wrap=True)
    for name in ("Spent", "Planned"):
        table.add_column(name + unit, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    full = max([1, *(max(jar.held, jar.spent) for jar in spending.jars), spending.unassigned_out])
    for jar in spending.jars:
        parts = (max(min(jar.spent, jar.held), 0), min(jar.left, jar.held), jar.over)
        bar = _bar(parts, full, width, glyphs)
        state = Text(f"over by {money(jar.over)}", _STYLES[2]) if jar.over else Text(f"{money(jar.left)} left")
        table.add_row(Text(jar.label), bar, money(jar.spent), money(jar.held), state)
    if spending.unassigned_out:
        bar = _bar((spending.unassigned_out, 0, 0), full, width, glyphs)
        table.add_row(Text("No jar yet"), bar, money(spending.unassigned_out), "", Text(""))
    left, held = spending.left, spending.planned + spending.carried
    rest = f"over by {money(-left)}" if left < 0 else f"{money(left)} left"
    table.add_row(Text("All jars", "bold"), Text(""), money(spending.spent), money(held), Text(rest))
    return table


def _bar(parts: tuple[int, ...], full: int, width: int, glyphs: tuple[str, ...]) -> Text:
    """Return one bar, in which every part above zero has at least one character."""
    bar = Text()
    end = drawn = 0
    for amount, glyph, style in zip(parts, glyphs, _STYLES, strict=True):
        end += amount
        length = max((end * width + full // 2) // full - drawn, 1 if amount else 0)
        drawn += length
        bar.append(glyph * length, style)
    return bar
