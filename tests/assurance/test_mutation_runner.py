"""What a mutant is that the first judge misses: equivalent, when the code that is deployed is the original's."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from assurance.mutation.mutants import Key, Mutant
from assurance.mutation.results import Fate, MutationRunner
from assurance.mutation.suites import Outcome, Verdict
from assurance.mutation.variant import Compiler, fingerprint

FILE = "contracts/CommitmentRegistry.sol"
JUDGES: Any = [SimpleNamespace(name="one"), SimpleNamespace(name="other")]


@pytest.fixture(scope="module")
def compiler() -> Iterator[Compiler]:
    with Compiler() as compiler:
        yield compiler


@pytest.fixture(scope="module")
def tribunal(compiler: Compiler) -> Iterator[MutationRunner]:
    tribunal = MutationRunner(JUDGES, fingerprint(compiler.original))
    yield tribunal
    tribunal.close()


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        ("if (root == 0)", "if (root <= 0)", Fate.EQUIVALENT),
        ("if (root == 0)", "if (root != 0)", Fate.SURVIVED),
    ],
)
def test_what_is_missed(compiler: Compiler, tribunal: MutationRunner, before: str, after: str, fate: Fate) -> None:
    source = compiler.sources[FILE]
    start = source.index(before)
    mutant = Mutant(Key(FILE, "", before, after, 1), "any", 1, start, start + len(before), after)
    asked: list[str] = []

    def judge(judge: Any, *_: object) -> Verdict:
        asked.append(judge.name)
        return Verdict(judge.name, Outcome.MISSED, 1.0, "")

    worker: Any = SimpleNamespace(compiler=compiler, judge=judge)
    assert tribunal.judged(worker, mutant).fate is fate
    assert asked == (["one"] if fate is Fate.EQUIVALENT else ["one", "other"])
