"""What a whole run of the machine has met, shown, and what it should have met and has not."""

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from jamjar.model.state import LedgerState, Status
from tests.stateful.system import System

STEPS = 30
NEVER = {
    "DeploymentInvalid": "only a constructor refuses with it",
    "SequenceExhausted": "after 2**32 - 1 changes of one consent: its own test places it in storage",
    "InvalidShortString": "OpenZeppelin's EIP712, of a domain name too long for one word: ours is fixed",
    "StringTooLong": "OpenZeppelin's EIP712, as above",
    "FailedCall": "OpenZeppelin's Address, an executed call that gives no reason: those proposed here give one",
    "EIP712DomainChanged": "ERC-5267, of a domain that changes: ours is fixed",
}


@dataclass(slots=True)
class Tally:
    """What a whole run has met."""

    calls: Counter[str] = field(default_factory=Counter)
    refusals: Counter[tuple[str, str]] = field(default_factory=Counter)
    events: Counter[tuple[str, str]] = field(default_factory=Counter)
    statuses: Counter[Status] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)

    @property
    def examples(self) -> int:
        """How many examples came to their full length."""
        return self.lengths[STEPS]


def number_from(variable: str, default: int) -> int:
    """Return a whole number that is set in the environment, or the default."""
    return int(os.environ.get(variable) or default)


def run(
    machine: type, system: System, start: LedgerState, examples: int, at_once: int, phases: tuple[Phase, ...]
) -> Tally:
    """Run the machine, each time from `start`, until so many examples came to their full length; return what was met.

    at_once  after how many examples Hypothesis begins anew, with a seed of its own: a new one makes most after its
             tenth by copying parts of those before, and so meets less; an old one makes its first ten short
    """
    tally, first = Tally(), number_from("JAMJAR_SEED", 2026)
    bound = type("Machine", (machine,), {"system": system, "start": start, "tally": tally})
    for part in range(1 + 2 * examples // at_once):
        if tally.examples >= examples:
            break
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            seed(1000 * first + part)(bound),
            settings=settings(
                max_examples=at_once,
                stateful_step_count=STEPS + 1,  # the first is how it begins
                deadline=None,
                database=None,
                print_blob=True,
                phases=phases,
                report_multiple_bugs=False,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
            ),
        )
    return tally


def missing(system: System, tally: Tally, contracts: tuple[str, ...], never: Mapping[str, str] = NEVER) -> list[str]:
    """Return what the run has not met although it should: then it proves less than it claims."""
    found = {*tally.refusals, *tally.events}
    declared = [
        (name, item["name"])
        for name in contracts
        for item in system.contracts[name].abi
        if item["type"] in ("error", "event") and item["name"] not in never
    ]
    unseen = [f"{name}.{item}" for name, item in declared if (name, item) not in found]
    return unseen + [status.name for status in Status if not tally.statuses[status]]


def table(tally: Tally) -> str:
    """Return what was met, as lines of text."""

    def lines(title: str, counts: Mapping[str, Any]) -> list[str]:
        return [f"{title}: {sum(counts.values()):,}", *(f"  {n:>8,}  {what}" for what, n in sorted(counts.items()))]

    shorter = tally.lengths.total() - tally.examples
    refusals = {f"{contract}.{name or '(ether, no reason)'}": n for (contract, name), n in tally.refusals.items()}
    events = {".".join(key): n for key, n in tally.events.items()}
    statuses = {status.name: n for status, n in tally.statuses.items()}
    seed_number = number_from("JAMJAR_SEED", 2026)
    return "\n".join(
        (
            f"{tally.examples} examples of {STEPS} steps and {shorter} shorter, seed {seed_number}",
            *lines("calls", tally.calls),
            *lines("refused, alone or in a batch", refusals),
            *lines("events", events),
            *lines("statuses compared", statuses),
        )
    )
