"""What was shown, as a table: lines by their sections, each with the sum of the lines shown, then what was summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jamjar.adviser.seen import Seen
from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS
from jamjar.plan.entries import written
from jamjar.plan.money import format_pounds


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Lines of one section: its name, (name, amount) of each line, and their sum; "" where there is none."""

    title: str
    rows: tuple[tuple[str, str], ...]
    total: str


def answer_of(seen: Seen) -> tuple[FigureGroup, ...]:
    """Return what was asked and whether it was proven, as one row; nothing where figures were shown."""
    answer = seen.opened.answer
    if answer is None:
        return ()
    said = "proven" if seen.is_proven else "not answered, which says neither yes nor no"
    return (FigureGroup("", ((str(answer.question.statement), said),), ""),)


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
