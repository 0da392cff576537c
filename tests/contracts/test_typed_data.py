"""The typed data that claimants sign: eth-account and the contracts mean the same by it. (And jamjar: tests/unit.)

When a message of each type is signed by eth-account      the contract takes it
When random grants and withdrawals are signed by eth-account   the contract objects to none
When a contract is asked for its domain (ERC-5267)        it is the one that jamjar signs for
When a contract's code is searched for its type hashes    each is there, and no other contract's
"""

import secrets
from dataclasses import astuple, fields

import pytest
from eth_account import Account
from eth_utils import keccak

from jamjar.typed_data import (
    MESSAGES,
    Acknowledge,
    Commit,
    Domain,
    Grant,
    Pause,
    Reconfirm,
    Resume,
    Withdraw,
    full_message,
)

DAY = 24 * 60 * 60
ROOT, ADVICE, NOBODY = b"\x11" * 32, b"\x22" * 32, "0x" + "11" * 20
# As the interfaces write them, by the contract that takes them.
TYPES = {
    "consents": {
        "Grant(address consent,uint32 recipient,uint40 validFrom,uint40 validUntil,uint40 reconfirmBy,"
        "uint16 maxUses,bytes32 termsDigest)",
        "Pause(address consent,uint32 sequence)",
        "Resume(address consent,uint32 sequence)",
        "Reconfirm(address consent,uint32 sequence,uint40 reconfirmBy)",
        "Withdraw(address consent)",
    },
    "commitments": {"Commit(address consent,bytes32 root,bytes32 replaces)"},
    "advice": {"Acknowledge(address consent,bytes32 commitment,bytes32 advice)"},
}


class Outsider:
    """A wallet made of eth-account alone."""

    def __init__(self):
        self.account = Account.create()
        self.address = self.account.address

    def sign(self, domain, message):
        signed = self.account.sign_typed_data(full_message=full_message(domain, message))
        parity = (signed.v - 27) << 255
        return signed.r.to_bytes(32, "big"), (signed.s | parity).to_bytes(32, "big")


def test_the_whole_life(system, claimants, people):
    """Every message, in the order of a life, is signed outside and taken."""
    outsider = Outsider()
    consent, stranger = outsider.address, {"from": people.stranger}

    def sign(message):
        return outsider.sign(claimants.domain(message), message)

    grant = claimants.grant_message(outsider)
    system.consents.grant((astuple(grant), sign(grant)), {"from": people.operator})
    claimants.move_to(grant.valid_from)
    system.consents.pause(consent, 0, sign(Pause(consent, 0)), stranger)
    system.consents.resume(consent, 1, sign(Resume(consent, 1)), stranger)
    by = claimants.now() + 60 * DAY
    system.consents.reconfirm(consent, 2, by, sign(Reconfirm(consent, 2, by)), stranger)
    commit = Commit(consent, ROOT, bytes(32))
    system.commitments.commit((astuple(commit), sign(commit)), stranger)
    system.advice.record((consent, ROOT, ADVICE), {"from": people.adviser})
    acknowledge = Acknowledge(consent, ROOT, ADVICE)
    system.advice.acknowledge((astuple(acknowledge), sign(acknowledge)), stranger)
    system.consents.withdraw((consent, sign(Withdraw(consent))), stranger)
    assert system.consents.getConsent(consent)["sequence"] == 3
    assert system.consents.status(consent) == 8


def test_random_messages(system, claimants, people):
    """The contracts object to no outside signature; that they do object to false ones, the attacks show."""
    now, some = claimants.now(), secrets.randbelow
    for _ in range(100):
        outsider = Outsider()
        start = now + 100 + some(89 * DAY)
        end = start + 1 + some(270 * DAY)
        by = start + 1 + some(min(end, now + 90 * DAY) - start)
        grant = Grant(outsider.address, 2 + some(2), start, end, by, 1 + some(1000), secrets.token_bytes(32))
        signature = outsider.sign(claimants.domain(grant), grant)
        system.consents.checkGrant((astuple(grant), signature), people.operator)
        withdrawal = Withdraw(outsider.address)
        signature = outsider.sign(claimants.domain(withdrawal), withdrawal)
        system.consents.checkWithdrawal((outsider.address, signature))


@pytest.mark.parametrize("contract", TYPES)
def test_domain(contract, system):
    address = getattr(system, contract).address
    domain = Domain(system.deployment.chain_id, address)
    flags, name, version, chain_id, verifying, salt, extensions = getattr(system, contract).eip712Domain()
    assert flags == "0x0f"  # name, version, chainId, verifyingContract; no salt
    assert (name, version, chain_id, verifying) == (domain.name, domain.version, domain.chain_id, domain.contract)
    assert (salt, len(extensions)) == ("0x" + "00" * 32, 0)


@pytest.mark.parametrize("contract", TYPES)
def test_type_hashes(contract, system):
    from brownie import web3

    code = bytes(web3.eth.get_code(getattr(system, contract).address))
    found = {name: {kind for kind in kinds if keccak(text=kind) in code} for name, kinds in TYPES.items()}
    assert found == {name: kinds if name == contract else set() for name, kinds in TYPES.items()}


def test_type_strings():
    """jamjar's own type strings are these, so the hashes in the code are of what wallets show."""
    names = {
        "consent": NOBODY,
        "terms_digest": ROOT,
        "root": ROOT,
        "replaces": ROOT,
        "commitment": ROOT,
        "advice": ROOT,
    }
    spelled = set()
    for kind in MESSAGES:
        message = kind(*(names.get(field.name, 1) for field in fields(kind)))
        shown = full_message(Domain(1, NOBODY), message)
        members = ",".join(f"{m['type']} {m['name']}" for m in shown["types"][shown["primaryType"]])
        spelled.add(f"{shown['primaryType']}({members})")
    assert spelled == set.union(*TYPES.values())
