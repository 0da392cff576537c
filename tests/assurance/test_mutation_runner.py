"""A mutant that the first suite misses is equivalent when the deployed build of it has the original's code."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from assurance.mutation.mutants import Key, Mutant
from assurance.mutation.results import MutantStatus, MutationRunner
from assurance.mutation.suites import Outcome, SuiteResult
from assurance.mutation.variant import Compiler, fingerprint

FILE = "contracts/CommitmentRegistry.sol"
SUITES: Any = [SimpleNamespace(name="one"), SimpleNamespace(name="other")]


@pytest.fixture(scope="module")
def compiler() -> Iterator[Compiler]:
    with Compiler() as compiler:
        yield compiler


@pytest.fixture(scope="module")
def runner(compiler: Compiler) -> Iterator[MutationRunner]:
    runner = MutationRunner(SUITES, fingerprint(compiler.original))
    yield runner
    runner.close()


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ("if (root == 0)", "if (root <= 0)", MutantStatus.EQUIVALENT),
        ("if (root == 0)", "if (root != 0)", MutantStatus.SURVIVED),
    ],
)
def test_a_missed_mutant(
    compiler: Compiler, runner: MutationRunner, before: str, after: str, status: MutantStatus
) -> None:
    source = compiler.sources[FILE]
    start = source.index(before)
    mutant = Mutant(Key(FILE, "", before, after, 1), "any", 1, start, start + len(before), after)
    ran: list[str] = []

    def run(suite: Any, *_: object) -> SuiteResult:
        ran.append(suite.name)
        return SuiteResult(suite.name, Outcome.MISSED, 1.0, "")

    worker: Any = SimpleNamespace(compiler=compiler, run=run)
    assert runner.run(worker, mutant).status is status
    assert ran == (["one"] if status is MutantStatus.EQUIVALENT else ["one", "other"])
