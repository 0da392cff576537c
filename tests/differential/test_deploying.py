"""What cannot be deployed, and what a deployment keeps."""

from typing import Any

import pytest

from jamjar.model.decision import Revert
from jamjar.model.state import NOBODY
from jamjar.protocol.settings import Settings
from tests.differential.evm import Evm
from tests.stateful.system import System

LIMITS = Settings().limits
INVALID = Revert("DeploymentInvalid")


def refusal(system: System, name: str, *arguments: Any) -> Revert | None:
    chain, contract = system.chain, system.contracts[name]
    assert isinstance(chain, Evm)
    refused = chain.refused(system.accounts[0], contract.creation(*arguments))
    return contract.error(refused.data) if refused else None


@pytest.mark.parametrize("name", ["ConsentRegistry", "CommitmentRegistry", "AdviceLog"])
def test_what_it_depends_on_must_be_a_contract(deployed: System, name: str) -> None:
    limits = [LIMITS] if name == "ConsentRegistry" else []
    for address in (NOBODY, deployed.accounts[-1]):
        assert refusal(deployed, name, address, *limits) == INVALID
    at = "Consortium" if name == "ConsentRegistry" else "ConsentRegistry"
    assert refusal(deployed, name, deployed.contracts[at].address, *limits) is None


@pytest.mark.parametrize("limit", range(3))
def test_no_limit_may_be_zero(deployed: System, limit: int) -> None:
    consortium = deployed.contracts["Consortium"].address
    limits = [0 if i == limit else 1 for i in range(3)]
    assert refusal(deployed, "ConsentRegistry", consortium, tuple(limits)) == INVALID
    assert refusal(deployed, "ConsentRegistry", consortium, (1, 1, 1)) is None


def test_what_is_kept_of_a_deployment(deployed: System) -> None:
    at = {name: contract.address for name, contract in deployed.contracts.items()}
    assert deployed.view("ConsentRegistry", "limits") == LIMITS
    assert deployed.view("ConsentRegistry", "consortium") == at["Consortium"]
    for name in ("CommitmentRegistry", "AdviceLog"):
        assert deployed.view(name, "consents") == at["ConsentRegistry"]
