"""What was shown, as a table: lines by their sections, each with the sum of the lines shown, then what was summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS
from jamjar.plan.entries import OUTGOINGS, written
from jamjar.plan.money import format_pounds


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Lines of one section: its name, (name, amount) of each line, and their sum; "" where there is none."""

    title: str
    rows: tuple[tuple[str, str], ...]
    total: str


def groups_of(figures: Mapping[str, int]) -> tuple[FigureGroup, ...]:
    """Return the figures of a disclosure in the catalogue's order; every sum is that of the lines above it."""
    found = list[FigureGroup]()
    for section, label in (*SECTIONS.items(), ("savings", "")):
        codes = [code for code in LINES if code in figures and section in {LINES[code].section, code}]
        if codes:
            title = ": ".join(filter(None, (GROUPS[section.partition(".")[0]], label)))
            rows = tuple((LINES[code].label, format_pounds(figures[code])) for code in codes)
            found.append(FigureGroup(title, rows, format_pounds(sum(figures[code] for code in codes))))
    rest = tuple((name, written(name, value)) for name, value in figures.items() if name not in LINES)
    return (*found, FigureGroup("", rest, "")) if rest else tuple(found)


def picture_of(figures: Mapping[str, int]) -> tuple[tuple[str, str, float], ...]:
    """Return income beside outgoings, each as its name, its amount, and its share of the larger in percent.

    Each is the total that was shown, else the sum of the lines shown; nothing is drawn unless both are known.
    """
    income = figures.get("total.income", _sum(figures, is_income=True))
    out = figures.get(OUTGOINGS, _sum(figures, is_income=False))
    if income is None or out is None or not max(income, out):
        return ()
    most = max(income, out)
    return tuple(
        (name, format_pounds(pence), round(100 * pence / most, 1))
        for name, pence in (("Income", income), ("Outgoings", out))
    )


def _sum(figures: Mapping[str, int], *, is_income: bool) -> int | None:
    """Return the sum of the lines shown of one side, None where there are none."""
    lines = [code for code in LINES if code in figures and (code.partition(".")[0] == "income") == is_income]
    return sum(figures[code] for code in lines) if lines else None
