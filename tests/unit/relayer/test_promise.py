"""Receipts: typed data that a reference implementation signs and reads alike, and that only its operator can make."""

from dataclasses import replace

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidInput
from jamjar.protocol.signing import AccountSigner, Signature
from jamjar.protocol.typed_data import Domain
from jamjar.relayer.promise import Promise, SignedPromise, check, domain_of, sign_promise
from jamjar.relayer.refusal import RelayerLied

REGISTRY = Domain(1337, f"0x{12:040x}")
DOMAIN = domain_of(REGISTRY)
ACCOUNT = Account.from_key(b"\5" * 32)
ID = b"\1" * 32
GIVEN = sign_promise(Promise(ID, 5, 9), AccountSigner(ACCOUNT), DOMAIN)


def anybody(_: str) -> bool:
    return True


@given(st.binary(min_size=32, max_size=32), st.integers(1, 2**39), st.integers(0, 2**39 - 1))
def test_eth_account_makes_the_same_signature(message, accepted_at, later):
    receipt = Promise(message, accepted_at, accepted_at + later)
    theirs = ACCOUNT.sign_message(encode_typed_data(full_message=receipt.full_message(DOMAIN)))
    assert sign_promise(receipt, AccountSigner(ACCOUNT), DOMAIN).signature == Signature.from_bytes(theirs.signature)


def test_it_is_evidence_anywhere():
    assert SignedPromise.from_json(GIVEN.to_json()) == GIVEN
    check(GIVEN, ID, DOMAIN, lambda account: account == ACCOUNT.address)


@pytest.mark.parametrize(
    ("given_", "message", "domain", "is_operator"),
    [
        (GIVEN, b"\2" * 32, DOMAIN, anybody),
        (GIVEN, ID, domain_of(Domain(1, REGISTRY.contract)), anybody),
        (GIVEN, ID, REGISTRY, anybody),
        (GIVEN, ID, DOMAIN, lambda _: False),
        (replace(GIVEN, receipt=Promise(ID, 5, 10)), ID, DOMAIN, anybody),
        (replace(GIVEN, operator="0x" + 40 * "1"), ID, DOMAIN, anybody),
        (replace(GIVEN, signature=Signature(b"\xff" * 8 + b"\1" * 24, b"\1" * 32)), ID, DOMAIN, anybody),
    ],
    ids=["other message", "other chain", "other domain", "no operator", "other promise", "other account", "garbled"],
)
def test_what_is_no_evidence(given_, message, domain, is_operator):
    with pytest.raises(RelayerLied):
        check(given_, message, domain, is_operator)


@pytest.mark.parametrize(
    "change",
    [
        {"message": "0x1"},
        {"accepted_at": "5"},
        {"accepted_at": True},
        {"carry_by": 4},
        {"carry_by": 2**40},
        {"operator": "0x1"},
        {"r": "0x" + 64 * "0"},
        {"more": 1},
    ],
)
def test_what_is_no_receipt(change):
    with pytest.raises(InvalidInput):
        SignedPromise.from_json({**GIVEN.to_json(), **change})
