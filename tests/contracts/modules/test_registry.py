"""The registry of modules.

When it is deployed for no contract ... it reverts with DeploymentInvalid
admit and dismiss
    When the caller is not the governance ... they revert with AccountNotGovernance
    When a name or a code hash is zero ... admit reverts with ModuleInvalid
    When there is no contract at the address ... admit reverts with TargetWithoutCode
    When no module of the name is admitted ... dismiss reverts with ModuleUnknown
    Otherwise they record it, say so in one event, and leave every other module
"""

import pytest
from eth_utils import keccak

from tests.contracts.modules.conftest import HASH, NAME

ZERO = "0x" + 40 * "0"
OTHER = b"other".ljust(32, b"\0")


@pytest.fixture(params=["stranger", "founder", "operator", "sponsor"])
def not_governance(request, people):
    return getattr(people, request.param)


def test_reverts_when_it_is_deployed_for_no_contract(people, refused):
    from brownie import ModuleRegistry

    with refused("DeploymentInvalid"):
        ModuleRegistry.deploy(people.stranger, {"from": people.stranger})


def test_it_is_governed_by_the_consortium_s_governance(registry, system):
    assert registry.governance() == system.governance
    assert registry.moduleOf(NAME) == ("0x" + "00" * 32, ZERO, "0x" + "00" * 32)


def test_reverts_when_not_the_governance(registry, not_governance, refused):
    with refused("AccountNotGovernance", not_governance.address):
        registry.admit(NAME, HASH, ZERO, {"from": not_governance})
    with refused("AccountNotGovernance", not_governance.address):
        registry.dismiss(NAME, {"from": not_governance})


@pytest.mark.parametrize(("name", "code_hash"), [(bytes(32), HASH), (NAME, bytes(32)), (bytes(32), bytes(32))])
def test_reverts_when_something_is_zero(registry, governing, refused, name, code_hash):
    with refused("ModuleInvalid", name):
        governing("admit", name, code_hash, ZERO, on=registry)


def test_reverts_when_there_is_no_contract(registry, governing, people, refused):
    with refused("TargetWithoutCode", people.stranger.address):
        governing("admit", NAME, HASH, people.stranger, on=registry)


def test_reverts_when_no_such_module_is_admitted(registry, governing, refused):
    governing("admit", OTHER, HASH, ZERO, on=registry)
    with refused("ModuleUnknown", NAME):
        governing("dismiss", NAME, on=registry)


def test_nothing_is_payable(registry):
    assert {entry.get("stateMutability") for entry in registry.abi} <= {"view", "nonpayable", None}
    assert {"receive", "fallback"}.isdisjoint(entry["type"] for entry in registry.abi)


def said(tx, events, name):
    return [arguments for event, arguments in events(tx) if event == name]


def test_admits_without_a_contract(registry, governing, events):
    tx = governing("admit", NAME, HASH, ZERO, on=registry)
    of = {"name": "0x" + NAME.hex(), "codeHash": "0x" + HASH.hex(), "target": ZERO, "targetHash": "0x" + "00" * 32}
    assert said(tx, events, "ModuleAdmitted") == [of]
    assert registry.moduleOf(NAME) == (of["codeHash"], ZERO, of["targetHash"])


def test_admits_a_contract_with_its_code(registry, governing, events, system):
    from brownie import web3

    governing("admit", OTHER, HASH, ZERO, on=registry)
    target = system.advice.address
    code_hash = "0x" + keccak(bytes(web3.eth.get_code(target))).hex()
    tx = governing("admit", NAME, HASH, target, on=registry)
    (found,) = said(tx, events, "ModuleAdmitted")
    assert (found["target"], found["targetHash"]) == (target, code_hash)
    assert registry.moduleOf(NAME) == ("0x" + HASH.hex(), target, code_hash)


def test_a_new_version_takes_the_old_one_s_place(registry, governing, system):
    governing("admit", NAME, HASH, system.advice, on=registry)
    governing("admit", NAME, b"\x0d" * 32, ZERO, on=registry)
    assert registry.moduleOf(NAME) == ("0x" + "0d" * 32, ZERO, "0x" + "00" * 32)


def test_dismisses_one_and_no_other(registry, governing, events):
    governing("admit", NAME, HASH, ZERO, on=registry)
    governing("admit", OTHER, HASH, ZERO, on=registry)
    tx = governing("dismiss", NAME, on=registry)
    assert said(tx, events, "ModuleDismissed") == [{"name": "0x" + NAME.hex()}]
    assert registry.moduleOf(NAME)[0] == "0x" + "00" * 32
    assert registry.moduleOf(OTHER)[0] == "0x" + HASH.hex()
