"""Sealing: opens with its key for its purpose, and nothing else does.

When the seed or the public key has another form     InvalidInput
When key, info, any byte or the length is another    SealBroken, with nothing of the plaintext
When all is right                                    the plaintext, 1,136 bytes shorter
When it is the RFC's own example                     the library opens it
"""

import pickle
import secrets

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.crypto import sealing
from jamjar.crypto.sealing import EncryptionKey, SealBroken, seal
from jamjar.errors import InvalidInput, JamjarError

KEY = EncryptionKey(bytes(range(32)))
SEALED = seal(b"rent 119.14", KEY.public_bytes, b"for this")


@pytest.mark.parametrize("seed", [b"", b"\1" * 31, b"\1" * 33, b"\1" * 96, bytes(32), "1" * 32, None])
def test_refuses_a_seed_of_another_form(seed):
    with pytest.raises(InvalidInput, match="32 random bytes"):
        EncryptionKey(seed)


@pytest.mark.parametrize(
    "public",
    [
        b"", KEY.public_bytes[:-1], KEY.public_bytes + b"\0", "text", None,
        b"\xff" * 1216,  # coefficients beyond the modulus (FIPS 203, section 7.2)
        KEY.public_bytes[:1184] + bytes(32),  # a point of low order (RFC 7748, section 6.1)
    ],
)  # fmt: skip
def test_refuses_a_public_key_of_another_form(public):
    with pytest.raises(InvalidInput, match="public encryption key"):
        seal(b"x", public, b"")


@pytest.mark.parametrize(
    ("key", "info"),
    [(EncryptionKey(b"\7" * 32), b"for this"), (KEY, b"for that"), (KEY, b""), (KEY, b"for this\0")],
)
def test_opens_with_no_other_key_or_info(key, info):
    with pytest.raises(SealBroken) as refused:
        key.open(SEALED, info)
    assert "rent" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert isinstance(refused.value, JamjarError)


def test_opens_with_no_byte_changed():
    for at in [*range(0, len(SEALED), 41), 1087, 1088, 1119, 1120, len(SEALED) - 17, len(SEALED) - 16, len(SEALED) - 1]:
        changed = bytearray(SEALED)
        changed[at] ^= 1
        with pytest.raises(SealBroken):
            KEY.open(bytes(changed), b"for this")


@pytest.mark.parametrize("length", [0, 1, 1119, 1120, 1135, 1136, len(SEALED) - 1])
def test_opens_no_part(length):
    with pytest.raises(SealBroken):
        KEY.open(SEALED[:length], b"for this")


def test_opens_nothing_longer():
    with pytest.raises(SealBroken):
        KEY.open(SEALED + b"\0", b"for this")


@settings(max_examples=30)
@given(st.binary(max_size=200), st.binary(max_size=80), st.binary(min_size=32, max_size=32).filter(any))
def test_opens_what_was_sealed(plaintext, info, seed):
    key = EncryptionKey(seed)
    sealed = seal(plaintext, key.public_bytes, info)
    assert len(sealed) == len(plaintext) + sealing.OVERHEAD
    assert EncryptionKey(key.to_bytes()).open(sealed, info) == plaintext


def test_seals_differently_every_time():
    assert seal(b"rent 119.14", KEY.public_bytes, b"for this") != SEALED


def test_generates_from_the_random_source():
    assert EncryptionKey.generate(lambda n: bytes(range(n))).public_bytes == KEY.public_bytes
    assert EncryptionKey.generate(secrets.token_bytes).public_bytes != KEY.public_bytes
    assert len(KEY.public_bytes) == sealing.PUBLIC_BYTES


def test_a_key_shows_nothing_secret():
    assert KEY.to_bytes().hex()[:8] not in repr(KEY)
    assert len(repr(KEY)) < 30
    with pytest.raises(TypeError, match="vault"):
        pickle.dumps(KEY)


def test_the_library_opens_the_example_of_the_rfc():
    """RFC 9180, appendix A.2.1.1, sequence number 0: DHKEM(X25519), the KDF and AEAD of our suite."""
    key = X25519PrivateKey.from_private_bytes(
        bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb")
    )
    sealed = bytes.fromhex(
        "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
    )
    info, aad = bytes.fromhex("4f6465206f6e2061204772656369616e2055726e"), b"Count-0"
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    opened = openssl.hpke._decrypt_with_aad(suite, sealed, key, info, aad)
    assert opened == b"Beauty is truth, truth beauty"
