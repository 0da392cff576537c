"""A module that misbehaves harms no consent and no other module.

Given a hostile contract that the governance admitted beside another module
├── when it reverts, or loops until its gas is spent     nothing changes, and a withdrawal in the next block holds
├── when it emits events of the core, or anonymous ones  a ledger's reader takes none of them for the core's
├── when it calls anything of the core or the registry   all is refused, and nothing changes
└── when its folder is checked                           everything that it does is found
"""

from contextlib import suppress

import pytest
from eth_utils import keccak
from web3.exceptions import Web3Exception

from jamjar.ledger.ledger import Ledger
from jamjar.module.checking import check
from tests.contracts.modules.conftest import HASH, NAME

ROOT, ADVICE = b"\x11" * 32, b"\x22" * 32
OTHER = b"other".ljust(32, b"\0")
LITTLE = 300_000


@pytest.fixture
def admitted(registry, governing, hostile):
    governing("admit", NAME, HASH, hostile.address, on=registry)
    governing("admit", OTHER, HASH, "0x" + 40 * "0", on=registry)
    return hostile


@pytest.fixture
def key(claimants, system, people):
    """A live consent with a commitment."""
    key = claimants.live()
    system.commitments.commit(claimants.commit(key, ROOT), {"from": people.operator})
    return key


@pytest.fixture
def unharmed(key, system, registry, claimants, people):
    """What nothing that a module does may change; then the consent is withdrawn as ever."""
    from brownie import web3

    def state():
        consents = system.consents
        modules = [registry.moduleOf(name) for name in (NAME, OTHER)]
        told = [event.origin for event in Ledger(web3, system.deployment).events()]
        seen = consents.getConsent(key.address), consents.status(key.address), system.commitments.headOf(key.address)
        return seen, modules, told

    before = state()

    def check_it():
        assert state() == before
        system.consents.withdraw(claimants.withdraw(key), {"from": people.stranger})
        assert system.consents.status(key.address) == 8
        assert registry.moduleOf(OTHER)[0] == "0x" + HASH.hex()

    return check_it


@pytest.mark.parametrize("function", ["refuse", "loop"])
def test_it_fails_alone(function, admitted, unharmed, people):
    from brownie import web3

    before = web3.eth.get_transaction_count(str(people.stranger))
    with suppress(Web3Exception, ValueError):  # Ganache says at once that it failed, and has it in a block
        getattr(admitted.functions, function)().transact({"from": str(people.stranger), "gas": LITTLE})
    assert web3.eth.get_transaction_count(str(people.stranger)) == before + 1
    (sent,) = web3.eth.get_block("latest")["transactions"]
    receipt = web3.eth.get_transaction_receipt(sent)
    assert (receipt["status"], receipt["gasUsed"] <= LITTLE) == (0, True)
    unharmed()


def test_its_lies_are_nobody_else_s(admitted, unharmed, key, people, system):
    from brownie import web3

    sent = admitted.functions.lie(key.address).transact({"from": str(people.stranger)})
    logs = web3.eth.wait_for_transaction_receipt(sent)["logs"]
    [real] = [entry for entry in system.consents.abi if entry.get("name") == "ConsentWithdrawn"]
    kinds = ",".join(part["type"] for part in real["inputs"])
    assert bytes(logs[0]["topics"][0]) == keccak(text=f"ConsentWithdrawn({kinds})")
    assert len(logs) == 2
    unharmed()


def calls(system, registry, claimants, key):
    """Whatever changes something, as the hostile contract would have it."""
    consents, consent = system.consents, key.address
    bad = (b"\x01" * 32, b"\x02" * 32)
    return [
        (consents, consents.release.encode_input(consent)),
        (consents, consents.use.encode_input((consent, ROOT))),
        (consents, consents.pause.encode_input(consent, 0, bad)),
        (consents, consents.withdraw.encode_input((consent, bad))),
        (consents, consents.grant.encode_input(claimants.grant(claimants.key()))),
        (system.commitments, system.commitments.commit.encode_input(((consent, ADVICE, ROOT), bad))),
        (system.advice, system.advice.record.encode_input((consent, ROOT, ADVICE))),
        (system.consortium, system.consortium.suspend.encode_input(2, 1)),
        (system.consortium, system.consortium.grantRole.encode_input(bytes(32), consent)),
        (system.governance, system.governance.cancel.encode_input(ROOT)),
        (registry, registry.admit.encode_input(OTHER, ROOT, "0x" + 40 * "0")),
        (registry, registry.dismiss.encode_input(OTHER)),
    ]


def test_its_calls_are_refused(admitted, unharmed, system, registry, claimants, key, people):
    for contract, data in calls(system, registry, claimants, key):
        assert admitted.functions.callBack(contract.address, data).call({"from": str(people.stranger)}) is False
        admitted.functions.callBack(contract.address, data).transact({"from": str(people.stranger)})
    unharmed()


def test_the_check_finds_what_it_does(hostile_folder):
    found = check(hostile_folder)
    assert {finding.promise for finding in found.findings} == {"P1", "P3", "P4", "P6", "P7", "P8"}
    said = " ".join(finding.sentence for finding in found.findings)
    for word in ("CALL;", "DELEGATECALL", "CREATE", "SELFDESTRUCT", "assembly", "calls call", "calls delegatecall"):
        assert word.removesuffix(";") in said
    for word in ("calls new", "calls selfdestruct", "payable pay", "receive function", "fallback function", "in note"):
        assert word in said
    for word in ("records pence as uint256", "records payee as string", "event Hidden of Hostile is anonymous"):
        assert word in said
