"""Lets judges see a planted fault, and shows what they say of many."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from rich.table import Table

from assurance.mutation.seeded_faults import Fault
from assurance.mutation.suites import JUDGES, Outcome, Verdict
from assurance.mutation.variant import ROOT
from assurance.mutation.worker_pool import Worker

PROOFS = ROOT / "tests" / "solidity" / "proofs"
HELD = re.compile(r"@notice ([LMP][\d.]+(?:, [LMP][\d.]+)*):")
ENOUGH = 2
"""So many kinds of suite must catch a fault."""


def judged(worker: Worker, fault: Fault, judges: Sequence[str], every: bool) -> list[Verdict]:
    """Return what the judges say of a fault, one after another, until enough have caught it."""
    changed = fault.planted(worker.compiler.sources)
    artifacts = worker.compiler.compile(changed)
    verdicts: list[Verdict] = []
    for name in judges:
        wanted = focus(name, fault)
        if wanted is not None and (every or caught(verdicts) < ENOUGH):
            verdicts.append(worker.judge(JUDGES[name], artifacts, changed, wanted))
    return verdicts


def focus(judge: str, fault: Fault) -> tuple[str, ...] | None:
    """Return what a judge is to look at, where everything takes minutes: None where it has nothing to look at."""
    if judge == "brownie":
        return fault.tests
    if judge == "halmos":
        ids = "|".join(re.escape(name) for name in fault.breaks if name in proven())
        return ("--match", f"^({ids})$") if ids else None
    return ()


@lru_cache
def proven() -> frozenset[str]:
    """Return the ids of the properties that there are proofs of, as their first sentences name them."""
    texts = (path.read_text(encoding="utf-8") for path in PROOFS.glob("*.t.sol"))
    return frozenset(name for text in texts for ids in HELD.findall(text) for name in ids.split(", "))


def caught(verdicts: Sequence[Verdict]) -> int:
    """Return how many kinds of suite have caught a fault."""
    return sum(verdict.outcome is Outcome.CAUGHT for verdict in verdicts)


def table(found: Mapping[Fault, Sequence[Verdict]], judges: Sequence[str]) -> Table:
    """Return who caught what, in how many seconds; of who did not, what it said."""
    shown = Table("Fault", "Breaks", *judges, title="Planted faults", title_justify="left")
    for fault, verdicts in found.items():
        said = {verdict.judge: verdict for verdict in verdicts}
        shown.add_row(fault.name, " ".join(fault.breaks), *(cell(said.get(name)) for name in judges))
    return shown


def cell(verdict: Verdict | None) -> str:
    """Return how soon a fault was caught, or what was said instead; nothing of who was not asked."""
    if verdict is None:
        return ""
    return f"{verdict.seconds:.1f} s" if verdict.outcome is Outcome.CAUGHT else verdict.outcome.value


def rows(found: Mapping[Fault, Sequence[Verdict]]) -> list[dict[str, Any]]:
    """Return every verdict as plain values."""
    return [
        {"fault": fault.name, **asdict(verdict), "outcome": verdict.outcome.value}
        for fault, verdicts in found.items()
        for verdict in verdicts
    ]
