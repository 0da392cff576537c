"""Says how many mutants were killed, and holds those that survived against tests/mutation/survivors.json."""

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
from assurance.mutation.results import Fate, Result
from assurance.mutation.variant import ROOT

EXPLAINED = ROOT / "tests" / "mutation" / "survivors.json"
LEAST_SCORE = 0.95
EQUIVALENT = "Equivalent"
"""How a reason begins that says that nothing could kill the mutant."""


def read_explained(file: Path = EXPLAINED) -> dict[Key, str]:
    """Return why each named mutant may survive; raises SystemExit with the entry that is wrong."""
    entries = json.loads(file.read_text(encoding="utf-8"))
    found = {}
    for entry in entries:
        if not entry.get("reason") or entry.keys() != {*Key.__slots__, "reason"}:
            raise SystemExit(
                f"{file}: every entry has {', '.join(Key.__slots__)} and a reason; this one has not: {entry}"
            )
        found[Key(**{name: entry[name] for name in Key.__slots__})] = entry["reason"]
    return found


def score(results: Sequence[Result], explained: Mapping[Key, str] = MappingProxyType({})) -> float:
    """Return which part of the mutants that count was killed; 1 when there are none.

    What is explained as equivalent does not count: no test could kill it, and a person looked.
    """
    equivalent = {key for key, reason in explained.items() if reason.startswith(EQUIVALENT)}
    fates = Counter(r.fate for r in results if r.fate is not Fate.SURVIVED or r.mutant.key not in equivalent)
    counted = fates[Fate.KILLED] + fates[Fate.SURVIVED]
    return fates[Fate.KILLED] / counted if counted else 1.0


def table(title: str, results: Sequence[Result], of: Callable[[Mutant], str]) -> Table:
    """Return how many mutants came to what, by something that each has."""
    shown = Table(title, "made", *(fate.value for fate in Fate), "score")
    for column in shown.columns[1:]:
        column.justify = "right"
    kinds = sorted({of(result.mutant) for result in results})
    for name, chosen in [*((kind, [r for r in results if of(r.mutant) == kind]) for kind in kinds), ("all", results)]:
        fates = Counter(result.fate for result in chosen)
        shown.add_row(name, str(len(chosen)), *(str(fates[fate]) for fate in Fate), f"{score(chosen):.1%}")
    return shown


def unexplained(
    results: Sequence[Result],
    explained: dict[Key, str],
    code_of: Callable[[Key], str],
    *,
    whole: bool,
) -> tuple[list[Result], list[Key]]:
    """Return who survived without a reason, and which reasons are nobody's, where every mutant was judged.

    A mutant that has the code of an explained one is explained with it: which of the two is judged is chance.
    code_of  the code of the mutant with that key, "" if there is none
    """
    survived = [result for result in results if result.fate is Fate.SURVIVED]
    left = [result for result in survived if result.mutant.key not in explained]
    near = [key for key in explained if whole or any(key.file == result.mutant.key.file for result in left)]
    codes = {key: code_of(key) for key in near}
    nobodys = [key for key in near if codes[key] not in {result.code for result in survived}]
    return [result for result in left if result.code not in codes.values()], nobodys if whole else []


def summary(results: Sequence[Result]) -> dict[str, Any]:
    """Return the counts and the survivors as plain values."""
    fates = Counter(result.fate.value for result in results)
    survived = [r.mutant for r in results if r.fate is Fate.SURVIVED]
    return {
        "made": len(results),
        **{fate.value: fates[fate.value] for fate in Fate},
        "score": round(score(results), 4),
        "survivors": [{"operator": mutant.operator, "line": mutant.line, **asdict(mutant.key)} for mutant in survived],
    }


def verdict(
    results: Sequence[Result],
    left: Sequence[Result],
    nobodys: Sequence[Key],
    *,
    whole: bool,
    explained: Mapping[Key, str] = MappingProxyType({}),
) -> int:
    """Print what is not as it should be, and return the exit status; a sample is too small for a score to count."""
    fates, reached = Counter(result.fate for result in results), score(results, explained)
    print(f"{fates[Fate.KILLED]} killed, {fates[Fate.SURVIVED]} survived, {len(left)} of them without a reason.")
    print(f"{score(results):.1%} are killed, {reached:.1%} of those that are not explained as equivalent.")
    for result in left:
        print(
            f"It survives, and {EXPLAINED.name} does not say why: {result.mutant} ({result.evidence})", file=sys.stderr
        )
    for key in nobodys:
        print(f"{EXPLAINED.name} gives a reason for what does not survive: {json.dumps(asdict(key))}", file=sys.stderr)
    if low := whole and reached < LEAST_SCORE:
        print(
            f"{reached:.1%} are killed, and {LEAST_SCORE:.0%} must be: add tests that kill survivors.", file=sys.stderr
        )
    return 1 if left or nobodys or low else 0
