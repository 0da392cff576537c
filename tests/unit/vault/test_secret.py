"""ConsentSecret.derive

When the secret is not 32 bytes, or the label or length cannot be     InvalidInput
When it is shown, copied or pickled                                   nothing of it is seen, or it is refused
When it derives                                                       what HKDF-SHA256 gives (RFC 5869)
"""

import copy
import hmac
import pickle
import secrets
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.errors import InvalidInput
from jamjar.vault.secret import ConsentSecret

SECRET = ConsentSecret(bytes(range(32)))


def hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869, sections 2.2 and 2.3, written out."""
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    block, found = b"", b""
    for number in range(1, 256):
        block = hmac.digest(extracted, block + info + bytes([number]), "sha256")
        found += block
    return found[:length]


# RFC 5869, appendices A.1 to A.3: key, salt, info, what comes out.
VECTORS = [
    (b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)),
     "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"),
    (bytes(range(0x50)), bytes(range(0x60, 0xB0)), bytes(range(0xB0, 0x100)),
     "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
     "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"),
    (b"\x0b" * 22, b"", b"",
     "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
]  # fmt: skip


@pytest.mark.parametrize("secret", [b"", bytes(31), bytes(33), bytearray(32), "s" * 32, None])
def test_no_secret(secret: Any) -> None:
    with pytest.raises(InvalidInput, match="is not 32 bytes; generate"):
        ConsentSecret(secret)


@pytest.mark.parametrize("label", ["", None, b"jamjar/1/key", "jamjar/1/schlüssel"])
def test_no_label(label: Any) -> None:
    with pytest.raises(InvalidInput, match="not ASCII text"):
        SECRET.derive(label)


@pytest.mark.parametrize("length", [0, -1, 8161, 1.0, True, None])
def test_no_length(length: Any) -> None:
    with pytest.raises(InvalidInput, match="1 to 8160 bytes"):
        SECRET.derive("jamjar/1/key", length)


def test_it_is_not_shown() -> None:
    assert repr(SECRET) == str(SECRET) == "ConsentSecret(...)"
    for act in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match="keep it in the vault"):
            act(SECRET)


@pytest.mark.parametrize(("key", "salt", "info", "expected"), VECTORS)
def test_the_reference_is_the_rfc(key: bytes, salt: bytes, info: bytes, expected: str) -> None:
    assert hkdf(key, salt, info, len(expected) // 2).hex() == expected


@settings(max_examples=20)
@given(secret=st.binary(min_size=32, max_size=32), number=st.integers(0, 2**32), length=st.integers(1, 8160))
def test_it_derives_as_the_rfc_says(secret: bytes, number: int, length: int) -> None:
    label = f"jamjar/1/commitment/{number}"
    assert ConsentSecret(secret).derive(label, length) == hkdf(secret, b"", label.encode(), length)


def test_each_secret_and_label_gives_its_own() -> None:
    other = ConsentSecret.generate(secrets.token_bytes)
    labels = ["jamjar/1/key", "jamjar/1/terms-salt", "jamjar/1/commitment/1", "jamjar/1/commitment/11"]
    assert len({secret.derive(label) for secret in (SECRET, other) for label in labels}) == 8
    assert ConsentSecret(other.to_bytes()).derive("jamjar/1/key") == other.derive("jamjar/1/key")
