"""The typed data that claimants sign: eth-account, jamjar and the contracts mean the same by it.

When a random message of each type is hashed              eth-account and jamjar get the same digest
When a message of each type is signed by eth-account      the contract takes it
When random commitments, grants and withdrawals are signed by eth-account   the contract objects to none
When a contract is asked for its domain (ERC-5267)        it is the one that jamjar signs for
When a contract's code is searched for its type hashes    each is there, and no other contract's
"""

import random
from dataclasses import astuple, fields

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
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
    digest,
    full_message,
)

DAY = 24 * 60 * 60
ROOT, ADVICE = b"\x11" * 32, b"\x22" * 32
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


def random_message(kind, source):
    """Any message whose fields fit their types; a bound of the type in one of eight."""

    def number(bits):
        return source.choice([0, 2**bits - 1, *(source.getrandbits(bits) for _ in range(6))])

    def value(name):
        if name == "consent":
            return "0x" + source.randbytes(20).hex()
        if name in ("recipient", "sequence"):
            return number(32)
        return number(16) if name == "max_uses" else number(40)

    digests = {"terms_digest", "root", "replaces", "commitment", "advice"}
    return kind(*(source.randbytes(32) if f.name in digests else value(f.name) for f in fields(kind)))


class Outsider:
    """A wallet made of eth-account alone."""

    def __init__(self, source):
        self.account = Account.from_key(source.randbytes(32))
        self.address = self.account.address

    def sign(self, domain, message):
        signed = self.account.sign_typed_data(full_message=full_message(domain, message))
        parity = (signed.v - 27) << 255
        return signed.r.to_bytes(32, "big"), (signed.s | parity).to_bytes(32, "big")


@pytest.fixture
def outsider(request):
    return Outsider(random.Random(request.node.name))


@pytest.mark.parametrize("kind", MESSAGES, ids=lambda kind: kind.__name__)
def test_digests(kind):
    source = random.Random(kind.__name__)
    for _ in range(100):
        domain = Domain(source.randrange(1, 2**64), "0x" + source.randbytes(20).hex())
        message = random_message(kind, source)
        signable = encode_typed_data(full_message=full_message(domain, message))
        outside = keccak(b"\x19" + signable.version + signable.header + signable.body)
        assert digest(domain, message) == outside


def test_the_whole_life(system, claimants, people, outsider):
    """Every message, in the order of a life, is signed outside and taken."""
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


@pytest.mark.parametrize("run", range(20))
def test_random_messages(run, system, claimants, people, outsider):
    """The contracts find the outside signature good; that it could be found bad, the attacks show."""
    source = random.Random(run)
    now = claimants.now()
    start = now + source.randrange(100, 200 * DAY) % (89 * DAY)
    end = start + source.randrange(2, 270 * DAY)
    by = source.randrange(start + 1, min(end, now + 90 * DAY) + 1)
    grant = Grant(outsider.address, source.choice([2, 3]), start, end, by,
                  source.randrange(1, 1001), source.randbytes(32))  # fmt: skip
    signature = outsider.sign(claimants.domain(grant), grant)
    assert system.consents.checkGrant((astuple(grant), signature), people.operator) in (None, ())
    withdrawal = Withdraw(outsider.address)
    signature = outsider.sign(claimants.domain(withdrawal), withdrawal)
    assert system.consents.checkWithdrawal((outsider.address, signature)) in (None, ())


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
    spelled = set()
    for kind in MESSAGES:
        shown = full_message(Domain(1, "0x" + "11" * 20), random_message(kind, random.Random(0)))
        members = ",".join(f"{m['type']} {m['name']}" for m in shown["types"][shown["primaryType"]])
        spelled.add(f"{shown['primaryType']}({members})")
    assert spelled == set.union(*TYPES.values())
