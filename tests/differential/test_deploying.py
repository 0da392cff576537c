"""What cannot be deployed, and what a deployment keeps."""

from typing import Any

import pytest

from jamjar.model.decision import Revert
from jamjar.model.state import NOBODY
from jamjar.protocol.address import created_address
from jamjar.protocol.deployment import CONTRACTS
from jamjar.protocol.settings import SHORTEST_GOVERNANCE_DELAY, Settings, constructor_arguments
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


def test_a_governance_has_founders_and_a_delay_that_leaves_time(deployed: System) -> None:
    """M10: for a consortium that waits for it; not below 7 days, and below what a suspension lasts."""
    chain, founder = deployed.chain, deployed.accounts[0]
    before = chain.snapshot()
    waiting = {"Governance": created_address(founder, len(CONTRACTS) + 1)}
    code = deployed.contracts["Consortium"].creation(*constructor_arguments("Consortium", deployed.settings, waiting))
    consortium, _ = chain.deploy(founder, code)
    least, most = SHORTEST_GOVERNANCE_DELAY, deployed.deployed.rules.suspension - 1
    for delay in (least, most):
        assert refusal(deployed, "Governance", consortium, delay, [founder]) is None
    for delay in (0, least - 1, most + 1):
        assert refusal(deployed, "Governance", consortium, delay, [founder]) == INVALID
    for founders in ([], [NOBODY], [founder, NOBODY]):
        assert refusal(deployed, "Governance", consortium, least, founders) == INVALID
    governed = deployed.contracts["Consortium"].address
    for another in (governed, NOBODY, founder):
        assert refusal(deployed, "Governance", another, least, [founder]) == INVALID
    chain.revert(before)


def test_what_is_kept_of_a_deployment(deployed: System) -> None:
    at = {name: contract.address for name, contract in deployed.contracts.items()}
    assert deployed.view("ConsentRegistry", "limits") == LIMITS
    assert deployed.view("ConsentRegistry", "consortium") == at["Consortium"]
    for name in ("CommitmentRegistry", "AdviceLog"):
        assert deployed.view(name, "consents") == at["ConsentRegistry"]
