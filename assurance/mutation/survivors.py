"""Counts the mutants that were killed, and compares the survivors with tests/mutation/survivors.json."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rich.table import Table

from assurance.mutation.mutants import Key, Mutant
from assurance.mutation.results import MutantResult, MutantStatus
from assurance.mutation.variant import ROOT

EXPLAINED = ROOT / "tests" / "mutation" / "survivors.json"
LEAST_SCORE = 0.95
EQUIVALENT = "Equivalent"
"""How a reason begins that says that no test can kill the mutant."""


def read_explained(file: Path = EXPLAINED) -> dict[Key, str]:
    """Return why each named mutant may survive; raises SystemExit with the entry that is wrong."""
    entries = json.loads(file.read_text(encoding="utf-8"))
    found = {}
    for entry in entries:
        if not entry.get("reason") or entry.keys() != {*Key.__slots__, "reason"}:
            raise SystemExit(
                f"{file} has an incomplete entry, {entry}; give it {', '.join(Key.__slots__)} and a reason."
            )
        found[Key(**{name: entry[name] for name in Key.__slots__})] = entry["reason"]
    return found


def score(results: Sequence[MutantResult], explained: Mapping[Key, str] = MappingProxyType({})) -> float:
    """Return the share of the counted mutants that were killed; 1 when there are none.

    A mutant that is explained as equivalent does not count: no test can kill it, as a person has checked.
    """
    equivalent = {key for key, reason in explained.items() if reason.startswith(EQUIVALENT)}
    counts = Counter(
        r.status for r in results if r.status is not MutantStatus.SURVIVED or r.mutant.key not in equivalent
    )
    counted = counts[MutantStatus.KILLED] + counts[MutantStatus.SURVIVED]
    return counts[MutantStatus.KILLED] / counted if counted else 1.0


def table(title: str, results: Sequence[MutantResult], of: Callable[[Mutant], str]) -> Table:
    """Return the number of mutants of each status, grouped by `of`."""
    shown = Table(title, "made", *(status.value for status in MutantStatus), "score")
    for column in shown.columns[1:]:
        column.justify = "right"
    kinds = sorted({of(result.mutant) for result in results})
    for name, chosen in [*((kind, [r for r in results if of(r.mutant) == kind]) for kind in kinds), ("all", results)]:
        counts = Counter(result.status for result in chosen)
        shown.add_row(name, str(len(chosen)), *(str(counts[each]) for each in MutantStatus), f"{score(chosen):.1%}")
    return shown


def unexplained(
    results: Sequence[MutantResult],
    explained: dict[Key, str],
    code_of: Callable[[Key], str],
    *,
    whole: bool,
) -> tuple[list[MutantResult], list[Key]]:
    """Return the survivors without a reason and, when every mutant was run, the reasons without a survivor.

    A reason also holds for every mutant with the same code as the one it names: chance decides which of them runs.

    code_of  the code of the mutant with that key, "" if there is none
    whole    whether every mutant was run, not a sample
    """
    survived = [result for result in results if result.status is MutantStatus.SURVIVED]
    unnamed = [result for result in survived if result.mutant.key not in explained]
    near = [key for key in explained if whole or any(key.file == result.mutant.key.file for result in unnamed)]
    codes = {key: code_of(key) for key in near}
    unused = [key for key in near if codes[key] not in {result.code for result in survived}]
    return [result for result in unnamed if result.code not in codes.values()], unused if whole else []


def summary(results: Sequence[MutantResult]) -> dict[str, Any]:
    """Return the counts and the survivors as plain values."""
    counts = Counter(result.status for result in results)
    survived = [r.mutant for r in results if r.status is MutantStatus.SURVIVED]
    return {
        "made": len(results),
        **{status.value: counts[status] for status in MutantStatus},
        "score": round(score(results), 4),
        "survivors": [{"operator": mutant.operator, "line": mutant.line, **asdict(mutant.key)} for mutant in survived],
    }


def report(
    results: Sequence[MutantResult],
    without_reason: Sequence[MutantResult],
    unused: Sequence[Key],
    *,
    whole: bool,
    explained: Mapping[Key, str] = MappingProxyType({}),
) -> int:
    """Print the score and what is wrong, and return the exit status; a sample is too small to be held to a score."""
    counts, reached = Counter(result.status for result in results), score(results, explained)
    killed, survived = counts[MutantStatus.KILLED], counts[MutantStatus.SURVIVED]
    print(f"{killed} killed, {survived} survived, {len(without_reason)} of them without a reason.")
    print(f"{score(results):.1%} are killed, {reached:.1%} of those that are not explained as equivalent.")
    for result in without_reason:
        print(
            f"A survivor has no reason: {result.mutant} ({result.evidence}); "
            f"kill it, or explain it in {EXPLAINED.name}.",
            file=sys.stderr,
        )
    for key in unused:
        print(f"A reason has no survivor: {json.dumps(asdict(key))}; remove it from {EXPLAINED.name}.", file=sys.stderr)
    if low := whole and reached < LEAST_SCORE:
        print(f"{reached:.1%} are killed, less than {LEAST_SCORE:.0%}; add tests that kill survivors.", file=sys.stderr)
    return 1 if without_reason or unused or low else 0
