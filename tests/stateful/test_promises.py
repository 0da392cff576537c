"""The contracts against the model, in random order: P2 consented, P3 withdrawable, P4 free.

JAMJAR_EXAMPLES (at least 100 for the coverage to be demanded) and JAMJAR_SEED make it another run.
"""

from collections.abc import Iterator

import pytest
from hypothesis import Phase

from jamjar.model.state import LedgerState
from jamjar.sandbox.members import ROLES
from tests.stateful.machine import Machine
from tests.stateful.node import own_node
from tests.stateful.report import missing, number_from, run, table
from tests.stateful.system import System

EXAMPLES = number_from("JAMJAR_EXAMPLES", 100)
CONSENT_CONTRACTS = ("ConsentRegistry", "CommitmentRegistry", "AdviceLog")


@pytest.fixture(scope="module")
def deployed() -> Iterator[System]:
    with own_node() as chain:
        yield System(chain, ROLES)


@pytest.fixture(scope="module")
def start(deployed: System) -> LedgerState:
    """Five members: accounts[n] acts for member n."""
    return deployed.deployed


def test_p4_no_function_takes_ether(deployed: System) -> None:
    for name in ("Consortium", *CONSENT_CONTRACTS):
        contract = deployed.contracts[name]
        kinds = {item["type"] for item in contract.abi}
        assert kinds == {"constructor", "function", "event", "error"}, "no receive, no fallback"
        assert all(item.get("stateMutability") != "payable" for item in contract.abi)


def test_contracts_keep_their_promises(
    deployed: System, start: LedgerState, capsys: pytest.CaptureFixture[str]
) -> None:
    tally = run(Machine, deployed, start, EXAMPLES, EXAMPLES * 6 // 5, (Phase.generate, Phase.shrink))
    with capsys.disabled():
        print(f"\n{table(tally)}")
    if EXAMPLES >= 100:
        assert tally.examples >= EXAMPLES
        assert missing(deployed, tally, CONSENT_CONTRACTS) == []
