"""Replies: advice and deletions come back to the claimant whole, about what they say they are about, or not at all."""

import secrets

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data

from jamjar.crypto.sealing import EncryptionKey, SealBroken
from jamjar.disclosure.advice import Advice
from jamjar.disclosure.reply import Deletion, SealedReply, open_reply, seal_advice, seal_deletion, sign_deletion
from jamjar.disclosure.reply import _seal as seal_anything
from jamjar.errors import InvalidInput
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Domain
from tests.support.disclosures import REGISTRY

CONSENT, OTHER = (ConsentKey(bytes([n]) * 32).address for n in (1, 2))
ROOT, ROOTS = b"\7" * 32, (b"\6" * 32, b"\7" * 32)
CLAIMANT = EncryptionKey(b"\4" * 32)
ADVICE = Advice("Ask for a payment plan: £20 a month.", b"\x11" * 32)
ACCOUNT = Account.create()
SIGNED = sign_deletion(Deletion(CONSENT, ROOTS, 1_800_000_000), ACCOUNT, REGISTRY)
REPLY = seal_advice(ADVICE, CLAIMANT.public_bytes, REGISTRY, consent=CONSENT, commitment=ROOT)


@pytest.mark.parametrize(
    "values",
    [("0x", ROOTS, 1), (CONSENT, (), 1), (CONSENT, list(ROOTS), 1), (CONSENT, (ROOT, ROOT), 1), (CONSENT, (b"",), 1),
     (CONSENT, tuple(bytes([n]) * 32 for n in range(65)), 1), (CONSENT, ROOTS, 0), (CONSENT, ROOTS, 1.5)],
)  # fmt: skip
def test_refuses_a_deletion_of_another_form(values):
    with pytest.raises(InvalidInput):
        Deletion(*values)


@pytest.mark.parametrize(
    "data", [b"", b"jamjar.reply.1\0\0", REPLY.to_bytes()[:-1], REPLY.to_bytes() + b"\0", "text"], ids=range(5)
)
def test_refuses_bytes_of_another_form(data):
    with pytest.raises(InvalidInput):
        SealedReply.from_bytes(data)


@pytest.mark.parametrize(
    ("reply", "key", "domain"),
    [
        (REPLY, EncryptionKey(b"\5" * 32), REGISTRY),
        (REPLY, CLAIMANT, Domain(1, REGISTRY.contract)),
        (SealedReply(OTHER, ROOT, REPLY.sealed), CLAIMANT, REGISTRY),
        (SealedReply(CONSENT, ROOTS[0], REPLY.sealed), CLAIMANT, REGISTRY),
        (SealedReply(CONSENT, ROOT, REPLY.sealed[:-1] + bytes([REPLY.sealed[-1] ^ 1])), CLAIMANT, REGISTRY),
    ],
    ids=["key", "chain", "consent", "commitment", "byte"],
)
def test_opens_for_nothing_else(reply, key, domain):
    with pytest.raises(SealBroken):
        open_reply(reply, key, domain)


@pytest.mark.parametrize(
    "record",
    [1, [], {}, {"advice": "x"}, {"advice": "x", "salt": "zz"}, {"advice": 1, "salt": "11" * 32},
     {"commitments": ["06" * 32], "deleted_at": 1, "signature": "00" * 64}, {"advice": "", "salt": "", "more": 1},
     {"commitments": [1], "deleted_at": 1, "signature": ""}],
)  # fmt: skip
def test_refuses_an_inside_of_another_form(record):
    reply = seal_anything(record, CLAIMANT.public_bytes, REGISTRY, CONSENT, ROOT)
    with pytest.raises(SealBroken, match="neither advice nor a deletion"):
        open_reply(reply, CLAIMANT, REGISTRY)


def test_refuses_a_deletion_about_another_commitment_than_it_says():
    record = {
        "commitments": [ROOTS[0].hex()],
        "deleted_at": 1,
        "signature": SIGNED.signature.to_bytes().hex(),
    }
    with pytest.raises(SealBroken, match="another commitment"):
        open_reply(seal_anything(record, CLAIMANT.public_bytes, REGISTRY, CONSENT, ROOT), CLAIMANT, REGISTRY)


def test_advice_comes_back():
    assert open_reply(SealedReply.from_bytes(REPLY.to_bytes()), CLAIMANT, REGISTRY) == ADVICE


def test_a_deletion_is_signed_as_eth_account_signs_it():
    message = encode_typed_data(full_message=SIGNED.deletion.full_message(REGISTRY))
    assert SIGNED.signature.to_bytes65() == bytes(ACCOUNT.sign_message(message).signature)


def test_a_deletion_comes_back_with_who_signed_it():
    opened = open_reply(seal_deletion(SIGNED, CLAIMANT.public_bytes, REGISTRY), CLAIMANT, REGISTRY)
    assert opened == SIGNED
    assert opened.account(REGISTRY) == ACCOUNT.address


@pytest.mark.parametrize(
    ("deletion", "domain"),
    [(Deletion(CONSENT, ROOTS[:1], 1_800_000_000), REGISTRY), (Deletion(CONSENT, ROOTS, 1), REGISTRY),
     (Deletion(OTHER, ROOTS, 1_800_000_000), REGISTRY), (SIGNED.deletion, Domain(1, REGISTRY.contract))],
)  # fmt: skip
def test_a_signature_is_for_one_deletion_on_one_ledger(deletion, domain):
    assert type(SIGNED)(deletion, SIGNED.signature).account(domain) != ACCOUNT.address


def test_advice_and_deletions_look_alike():
    assert len(REPLY.to_bytes()) == len(seal_deletion(SIGNED, CLAIMANT.public_bytes, REGISTRY).to_bytes())


def test_the_longest_advice_fits():
    longest = Advice("€" * 20_000, secrets.token_bytes(32))
    reply = seal_advice(longest, CLAIMANT.public_bytes, REGISTRY, consent=CONSENT, commitment=ROOT)
    assert open_reply(reply, CLAIMANT, REGISTRY) == longest


def test_shows_nothing_inside():
    assert "payment" not in repr(REPLY)
    assert len(repr(REPLY)) < 250
