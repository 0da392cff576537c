"""scripts/check_deployment: a stranger's look at a deployment, through a node.

Given a deployment as the script makes it, with members     nothing is wrong
Given anything that is not as file and build say            a line for it, and no other
"""

from dataclasses import replace

import brownie
import pytest

from jamjar.protocol.deployment import DeployedContract
from jamjar.protocol.settings import DAY
from tests.integration.checking import deployed, put, wrong
from tools.deployer import System

STRANGER = "0x" + "77" * 20


@pytest.fixture(scope="module")
def good(module_isolation: None) -> System:
    return deployed()


@pytest.fixture(autouse=True)
def _taken_back(good: System, fn_isolation: None) -> None:
    """Take every test's changes to the chain back."""


def test_given_one_wrong_pointer(good: System) -> None:
    other = deployed()
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


def test_given_a_block_after_the_first_contract(good: System) -> None:
    lines = wrong(replace(good.deployment, block=good.deployment.block + 1))
    assert lines[0] == "Consortium: created"
    assert f"Consortium: DEFAULT_ADMIN_ROLE of {good.governance.address}" in lines


def test_given_another_chain(good: System) -> None:
    assert wrong(replace(good.deployment, chain_id=1338)) == ["the node: chain"]
