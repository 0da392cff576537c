"""scripts/check_deployment: a stranger's look at a deployment, through a node.

Given a deployment as the script makes it, with members     nothing is wrong
Given anything that is not as file and build say            a line for it, and no other
Given the administrator handed over, or changed the delay   wrong, unless it is said
"""

from dataclasses import replace
from typing import Any

import brownie
import pytest

from assurance.bytecode.deployment_checks import checks
from jamjar.audit import built_code
from jamjar.protocol.deployment import DeployedContract, Deployment
from jamjar.protocol.settings import DAY, Settings
from tools.creation_code import read_build
from tools.deployer import System, deploy

SETTINGS = Settings(hand_over_delay=DAY, longest_validity=300 * DAY, most_uses=7)
STRANGER = "0x" + "77" * 20


@pytest.fixture(scope="module")
def good(module_isolation: None) -> System:
    return deploy(brownie.accounts[0], SETTINGS)


@pytest.fixture(autouse=True)
def _taken_back(good: System, fn_isolation: None) -> None:
    """Take every test's changes to the chain back."""


def url() -> str:
    return str(brownie.web3.provider.endpoint_uri)


def wrong(deployment: Deployment, now: Settings | None = None) -> list[str]:
    """What is wrong, as `contract: what`."""
    found = list(checks(url(), deployment, read_build(), now or deployment.settings))
    return [f"{check.contract}: {check.what}" for check in found if not check.right]


def put(deployment: Deployment, field: str, contract: Any) -> Deployment:
    """The deployment with another contract in the place of one of its own, and its code's hash."""
    code = bytes(brownie.web3.eth.get_code(contract.address))
    return replace(deployment, **{field: DeployedContract(contract.address, built_code.hash_of(code))})


def test_given_members_it_is_still_good(good: System) -> None:
    adviser, boss = good.consortium.ADVISER(), {"from": brownie.accounts[0]}
    good.consortium.admit(7, "Advice", [adviser], brownie.accounts[2], b"k" * 32, boss)
    good.consortium.revokeRole(adviser, good.consortium.seatOf(7), boss)
    good.consortium.grantRole(good.consortium.AUDITOR(), good.consortium.seatOf(7), boss)
    good.consortium.suspend(7, boss)
    assert wrong(good.deployment) == []


def test_given_one_wrong_pointer(good: System) -> None:
    other = deploy(brownie.accounts[0], SETTINGS)
    places = ["CONSENTS in its code", "created", "consents"]
    given = put(good.deployment, "advice_log", other.advice)
    assert wrong(given) == [f"AdviceLog: {place}" for place in places]


def test_given_other_limits(good: System) -> None:
    given = replace(good.deployment, settings=replace(good.deployment.settings, most_uses=8, longest_validity=DAY))
    places = ["LONGEST_VALIDITY in its code", "MOST_USES in its code", "created", "limits"]
    assert wrong(given) == [f"ConsentRegistry: {place}" for place in places]


def test_given_the_code_of_another_build(good: System) -> None:
    contract = brownie.project.get_loaded_projects()[-1].AdviceLog
    old = contract.bytecode.removeprefix("0x")
    consents = good.consents.address.removeprefix("0x").lower().rjust(64, "0")
    changed = old[:-20] + "00" * 10  # other metadata: that of sources which differ by a comment
    transaction = brownie.accounts[0].transfer(data="0x" + changed + consents, silent=True)
    other = brownie.Contract.from_abi("AdviceLog", transaction.contract_address, contract.abi)
    given = put(good.deployment, "advice_log", other)
    assert wrong(given) == [f"AdviceLog: code at {other.address}", "AdviceLog: created"]


def test_given_a_contract_is_missing(good: System) -> None:
    given = replace(good.deployment, commitment_registry=DeployedContract(STRANGER, "0x" + "ab" * 32))
    assert wrong(given) == [f"CommitmentRegistry: code at {given.commitment_registry.address}"]


def test_given_a_code_hash_of_something_else(good: System) -> None:
    given = replace(good.deployment, consortium=DeployedContract(good.consortium.address, "0x" + "ab" * 32))
    assert wrong(given) == ["Consortium: code hash in the file"]


def test_given_the_addresses_are_swapped(good: System) -> None:
    old = good.deployment
    lines = wrong(replace(old, commitment_registry=old.advice_log, advice_log=old.commitment_registry))
    assert {line.partition(":")[0] for line in lines} == {"CommitmentRegistry", "AdviceLog"}


def test_given_another_administrator(good: System) -> None:
    given = replace(good.deployment, settings=replace(good.deployment.settings, administrator=STRANGER))
    lines = wrong(given)
    assert lines[:3] == ["Consortium: created", "Consortium: owner", "Consortium: defaultAdmin"]
    assert any("DEFAULT_ADMIN_ROLE is held by" in line for line in lines[3:])


def test_given_a_hand_over_that_is_on_its_way(good: System) -> None:
    good.consortium.beginDefaultAdminTransfer(brownie.accounts[8], {"from": brownie.accounts[0]})
    assert wrong(good.deployment) == ["Consortium: pendingDefaultAdmin"]
    brownie.chain.sleep(DAY + 60)
    brownie.chain.mine()
    good.consortium.acceptDefaultAdminTransfer({"from": brownie.accounts[8]})
    assert wrong(good.deployment)
    now = replace(good.deployment.settings, administrator=brownie.accounts[8].address)
    assert wrong(good.deployment, now) == []


def test_given_a_block_after_the_first_contract(good: System) -> None:
    lines = wrong(replace(good.deployment, block=good.deployment.block + 1))
    boss = brownie.accounts[0].address
    assert lines == ["Consortium: created", f"Consortium: DEFAULT_ADMIN_ROLE of {boss}"]


def test_given_another_chain(good: System) -> None:
    assert wrong(replace(good.deployment, chain_id=1338)) == ["the node: chain"]


def test_given_a_change_of_the_delay(good: System) -> None:
    good.consortium.changeDefaultAdminDelay(0, {"from": brownie.accounts[0]})
    assert wrong(good.deployment) == ["Consortium: pendingDefaultAdminDelay"]
