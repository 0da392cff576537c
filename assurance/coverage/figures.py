"""Turns counted marks into coverage: figures in Istanbul's format, and the gaps.

A gap is a function or statement that was never run, or a condition that was never true or never false. A gap within
another is not listed. Each gap is closed by a test or explained in tests/coverage/explained.json.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assurance.coverage.instrumentation import Point

Counts = Mapping[int, int]
MISSED = {
    "function": ("was never called",),
    "statement": ("was never run",),
    "condition": ("was never true", "was never false"),
}
FIELDS = ("file", "function", "text", "missed")


class Gap(NamedTuple):
    """What no test reached; `missed` is one of the texts in MISSED."""

    file: str
    function: str
    text: str
    missed: str

    def __str__(self) -> str:
        return f"{self.file}, {self.function}: {self.text} {self.missed}"


class Explained(NamedTuple):
    """A gap with the reason for it."""

    gap: Gap
    why: str


def gaps(points: Sequence[Point], counts: Counts) -> list[Gap]:
    """Return the gaps of one file, in the order of the source; points refer to others of the same file by index."""

    def missed(point: Point) -> list[int]:
        return [i for i, mark in enumerate(point.marks) if not counts.get(mark)]

    def is_inside_another(point: Point) -> bool:
        """Whether what contains it was missed, too."""
        return point.within is not None and bool(missed(points[point.within]))

    return [
        Gap(point.file, point.function, point.text, MISSED[point.kind][i])
        for point in points
        if not is_inside_another(point)
        for i in missed(point)
    ]


def read_explained(path: Path) -> list[Explained]:
    """Return the explanations; raises SystemExit when the file is not a list of gaps with reasons."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        explained = [Explained(Gap(*(entry[field] for field in FIELDS)), entry["why"]) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SystemExit(f"{path} cannot be read ({error!r}); make it a list of {', '.join(FIELDS)} and why.") from None
    if blank := [each for each in explained if not each.why.strip()]:
        raise SystemExit(f"{path} gives no reason for a gap, {blank[0].gap}; add it.")
    return explained


def complaints(found: Iterable[Gap], explained: Iterable[Explained]) -> list[str]:
    """Return what is wrong: gaps without an explanation, and explanations without a gap."""
    there, known = Counter(found), Counter(each.gap for each in explained)
    return [f"Not covered: {gap}; add a test, or explain it." for gap in (there - known).elements()] + [
        f"Explained, but covered or absent: {gap}; remove the explanation." for gap in (known - there).elements()
    ]


def istanbul(points: Sequence[Point], counts: Counts, source: Path) -> dict[str, Any]:
    """Return one file's coverage in Istanbul's format; a condition is a branch with two ways, true and false."""

    def of(kind: str) -> list[Point]:
        return [point for point in points if point.kind == kind]

    def hits(point: Point) -> list[int]:
        return [counts.get(mark, 0) for mark in point.marks]

    def named(point: Point) -> dict[str, Any]:
        place = _place(point)
        return {"name": point.function, "decl": place, "loc": place, "line": point.start[0]}

    def branching(point: Point) -> dict[str, Any]:
        place = _place(point)
        return {"type": "if", "loc": place, "locations": [place, place], "line": point.start[0]}

    statements, functions, conditions = of("statement"), of("function"), of("condition")
    return {
        "path": str(source),
        "statementMap": {str(i): _place(point) for i, point in enumerate(statements)},
        "s": {str(i): hits(point)[0] for i, point in enumerate(statements)},
        "fnMap": {str(i): named(point) for i, point in enumerate(functions)},
        "f": {str(i): hits(point)[0] for i, point in enumerate(functions)},
        "branchMap": {str(i): branching(point) for i, point in enumerate(conditions)},
        "b": {str(i): hits(point) for i, point in enumerate(conditions)},
    }


def _place(point: Point) -> dict[str, dict[str, int]]:
    (line, column), (end_line, end_column) = point.start, point.end
    return {"start": {"line": line, "column": column}, "end": {"line": end_line, "column": end_column}}
