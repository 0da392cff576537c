"""Consent keys and signatures: what is refused, then agreement with eth-account and eth-keys."""

import copy
import pickle
import secrets

import pytest
from eth_account import Account
from eth_keys import KeyAPI
from eth_keys.backends import NativeECCBackend
from eth_utils import to_canonical_address
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.protocol.signing import AccountSigner, ConsentKey, recover, verify
from jamjar.protocol.typed_data import Commit, Domain, Withdraw, digest, full_message

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
REFERENCE = KeyAPI(NativeECCBackend())  # pure Python, shares no code with libsecp256k1
KEY = ConsentKey(b"\x12\x34" * 16)
OTHER = ConsentKey(b"\x56\x78" * 16)
DIGEST = b"\xab" * 32

digests = st.binary(min_size=32, max_size=32)
keys = st.integers(1, ORDER - 1).map(lambda n: n.to_bytes(32, "big"))


@pytest.mark.parametrize(
    "secret",
    [
        b"",
        bytes(32),
        ORDER.to_bytes(32, "big"),
        (ORDER + 1).to_bytes(32, "big"),
        b"\xff" * 32,
        b"\x01" * 31,
        b"\x01" * 33,
        "01" * 32,
        bytearray(b"\x01" * 32),
        1,
        None,
    ],
)
class TestASecretThatIsNoKey:
    def test_is_refused(self, secret):
        with pytest.raises(InvalidInput):
            ConsentKey(secret)

    def test_is_refused_from_a_source(self, secret):
        with pytest.raises(InvalidInput):
            ConsentKey.generate(lambda _: secret)


@pytest.mark.parametrize("wrong", [b"", bytes(31), bytes(33), "00" * 32, bytearray(32), None])
class TestADigestOfAnotherForm:
    def test_is_not_signed(self, wrong):
        with pytest.raises(InvalidInput):
            KEY.sign(wrong)

    def test_is_not_recovered_from(self, wrong):
        with pytest.raises(InvalidInput):
            recover(wrong, KEY.sign(DIGEST))


def test_a_key_is_never_copied_or_pickled():
    for attempt in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            attempt(KEY)


def test_a_key_shows_only_its_address():
    assert repr(KEY) == str(KEY) == f"ConsentKey({KEY.address})"


@given(digests, digests)
def test_a_signature_does_not_verify_another_digest(signed, claimed):
    signature = KEY.sign(signed)

    if claimed == signed:
        verify(claimed, signature, KEY.address)
    else:
        with pytest.raises(InvalidSignature):
            verify(claimed, signature, KEY.address)


def test_a_signature_does_not_verify_for_another_key():
    with pytest.raises(InvalidSignature, match=OTHER.address):
        verify(DIGEST, KEY.sign(DIGEST), OTHER.address)


@given(keys)
def test_addresses_agree_with_eth_keys(secret):
    assert ConsentKey(secret).address == REFERENCE.PrivateKey(secret).public_key.to_checksum_address()


@settings(max_examples=30)
@given(keys, digests)
def test_signatures_agree_with_eth_keys(secret, message):
    signature = ConsentKey(secret).sign(message)
    theirs = REFERENCE.PrivateKey(secret).sign_msg_hash(message)

    assert signature.to_bytes65() == theirs.to_bytes()[:64] + bytes([theirs.v + 27])


@settings(max_examples=30)
@given(keys, digests)
def test_an_account_signs_as_eth_account_does(secret, message):
    account = Account.from_key(secret)
    signer, theirs = AccountSigner(account), account.unsafe_sign_hash(message)

    assert signer.address == account.address
    assert signer.sign(message).to_bytes65() == bytes(theirs.signature)
    assert secret.hex() not in repr(signer)


@settings(max_examples=30)
@given(keys, digests)
def test_recovery_gives_the_signers_address(secret, message):
    signature = ConsentKey(secret).sign(message)
    theirs = REFERENCE.Signature(
        vrs=(signature.parity, int.from_bytes(signature.r, "big"), int.from_bytes(signature.s, "big"))
    )

    assert recover(message, signature) == theirs.recover_public_key_from_msg_hash(message).to_checksum_address()
    assert recover(message, signature) == REFERENCE.PrivateKey(secret).public_key.to_checksum_address()


@pytest.mark.parametrize(
    "message",
    [Withdraw(KEY.address), Commit(KEY.address, b"\x01" * 32, bytes(32))],
    ids=["withdraw", "commit"],
)
def test_a_wallet_signs_the_same(message):
    domain = Domain(1337, OTHER.address)
    ours = KEY.sign(digest(domain, message))
    theirs = Account.sign_typed_data(b"\x12\x34" * 16, full_message=full_message(domain, message))

    assert ours.to_bytes65() == bytes(theirs.signature)
    verify(bytes(theirs.message_hash), ours, KEY.address)


def test_a_fresh_key_signs_for_its_address():
    key = ConsentKey.generate(secrets.token_bytes)

    verify(DIGEST, key.sign(DIGEST), "0x" + to_canonical_address(key.address).hex())


def test_the_key_one_has_the_address_known_everywhere():
    assert ConsentKey((1).to_bytes(32, "big")).address == "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"
