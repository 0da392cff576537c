"""Runs suites on seeded faults, and tabulates which suites catch which."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from rich.table import Table

from assurance.mutation.seeded_faults import Fault
from assurance.mutation.suites import SUITES, Outcome, SuiteResult
from assurance.mutation.variant import ROOT
from assurance.mutation.worker_pool import Worker

PROOFS = ROOT / "tests" / "solidity" / "proofs"
HELD = re.compile(r"@notice ([LMP][\d.]+(?:, [LMP][\d.]+)*):")
ENOUGH = 2
"""The number of suites that must catch a fault."""


def run_suites(worker: Worker, fault: Fault, suites: Sequence[str], every: bool) -> list[SuiteResult]:
    """Run suites on a fault, one after another, until enough have caught it, or every one."""
    changed = fault.seeded(worker.compiler.sources)
    artifacts = worker.compiler.compile(changed)
    results: list[SuiteResult] = []
    for name in suites:
        wanted = focus(name, fault)
        if wanted is not None and (every or caught(results) < ENOUGH):
            results.append(worker.run(SUITES[name], artifacts, changed, wanted))
    return results


def focus(suite: str, fault: Fault) -> tuple[str, ...] | None:
    """Return the part of a slow suite that concerns a fault, as arguments; None where no part does."""
    if suite == "brownie":
        return fault.tests
    if suite == "halmos":
        ids = "|".join(re.escape(name) for name in fault.breaks if name in proven())
        return ("--match", f"^({ids})$") if ids else None
    return ()


@lru_cache
def proven() -> frozenset[str]:
    """Return the ids of the properties that have proofs, as the proofs' comments name them."""
    texts = (path.read_text(encoding="utf-8") for path in PROOFS.glob("*.sol"))
    return frozenset(name for text in texts for ids in HELD.findall(text) for name in ids.split(", "))


def caught(results: Sequence[SuiteResult]) -> int:
    """Return how many suites have caught a fault."""
    return sum(result.outcome is Outcome.CAUGHT for result in results)


def table(found: Mapping[Fault, Sequence[SuiteResult]], suites: Sequence[str]) -> Table:
    """Return a row for each fault: the seconds after which each suite caught it, or how the suite ended."""
    shown = Table("Fault", "Breaks", *suites, title="Seeded faults", title_justify="left")
    for fault, results in found.items():
        by_suite = {result.suite: result for result in results}
        shown.add_row(fault.name, " ".join(fault.breaks), *(cell(by_suite.get(name)) for name in suites))
    return shown


def cell(result: SuiteResult | None) -> str:
    """Return the seconds after which a suite caught a fault, or how it ended; "" if it did not run."""
    if result is None:
        return ""
    return f"{result.seconds:.1f} s" if result.outcome is Outcome.CAUGHT else result.outcome.value


def rows(found: Mapping[Fault, Sequence[SuiteResult]]) -> list[dict[str, Any]]:
    """Return every result as plain values."""
    return [
        {"fault": fault.name, **asdict(result), "outcome": result.outcome.value}
        for fault, results in found.items()
        for result in results
    ]
