"""Questions in the sandbox, without a mailbox, and a new module's own tests.

When the statement is true                it is proven, and a use is taken
When it is not                            the claimant refuses, and a use is taken
When the terms do not allow the question  nothing is told, and no use is taken
When no look is left, or it is withdrawn  nothing is asked
When a module is new                      its tests pass on a ledger
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jamjar.consent.named import ValueKind
from jamjar.disclosure.named_set import NamedSet
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.module.template import new_module
from jamjar.sandbox import consortium as sandbox
from jamjar.sandbox.asking import ask
from jamjar.sandbox.claimant import Claimant
from jamjar.sandbox.network import SampleNetwork

CARD = NamedSet("org.example.card", {"opened": ValueKind.DATE, "loans": ValueKind.NUMBER})
TWO, FOUR = CARD.at_least("loans", 2), CARD.at_least("loans", 4)


@pytest.fixture(scope="module")
def network() -> Iterator[SampleNetwork]:
    with sandbox.consortium() as started:
        yield started


@pytest.fixture
def claimant(network: SampleNetwork) -> Iterator[Claimant]:
    with (made := network.claimant()).wallet.vault:
        yield made


@pytest.fixture
def consent(network: SampleNetwork, claimant: Claimant) -> str:
    scope = CARD.scope(shown=["opened"], asked=["loans"])
    granted = claimant.grant(2, scope=scope, questions=2, uses=2)
    network.wait()
    claimant.commit(granted, CARD.fill({"opened": date(2026, 4, 6), "loans": 3}))
    return granted


def test_true_and_not(network: SampleNetwork, claimant: Claimant, consent: str) -> None:
    assert ask(network, claimant, consent, TWO) is True
    assert network.ledger.consent(consent).uses == 1
    assert ask(network, claimant, consent, FOUR) is False
    assert network.ledger.consent(consent).uses == 2
    with pytest.raises(InvalidInput, match="No look is left"):
        ask(network, claimant, consent, TWO)


def test_what_was_not_agreed_to(network: SampleNetwork, claimant: Claimant, consent: str) -> None:
    with pytest.raises(InvalidInput, match="You did not agree to question 1"):
        ask(network, claimant, consent, CARD.at_most("opened", date(2026, 12, 31)))
    assert network.ledger.consent(consent).uses == 0
    claimant.withdraw(consent)
    with pytest.raises(VerificationFailed, match="withdrawn"):
        ask(network, claimant, consent, TWO)


def test_a_new_module_s_own_tests(tmp_path: Path) -> None:
    (folder := tmp_path / "library_card").mkdir()
    for path, content in new_module(folder.name).items():
        (folder / path).write_bytes(content)
    around = {**os.environ, "PYTEST_ADDOPTS": "-p no:pytest-brownie -p no:cacheprovider"}
    words = ["-m", "pytest", "-q", f"--rootdir={tmp_path}", str(folder)]
    done = subprocess.run([sys.executable, *words], cwd=tmp_path, env=around, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    assert b"6 passed" in done.stdout
