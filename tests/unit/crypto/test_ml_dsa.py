"""ML-DSA-44 by the vectors of Wycheproof.

When a vector is valid, or is not           it is judged so
When a seed has a known key                 it makes that key, and signs under it
When a byte, or the context, is another     the signature is not its own
"""

import json
from base64 import b64decode
from pathlib import Path

import pytest

from jamjar.crypto.ml_dsa import PUBLIC_BYTES, SIGNATURE_BYTES, MlDsaKey, is_signed

VECTORS = json.loads((Path(__file__).parent / "files" / "ml_dsa_44.json").read_text())
PARTS = ("key", "message", "signature", "context")


def parts(vector: dict[str, str]) -> list[bytes]:
    return [b64decode(vector[part]) for part in PARTS]


@pytest.mark.parametrize("vector", VECTORS["verify"], ids=lambda vector: f"{vector['id']}")
def test_wycheproofs_signatures(vector: dict[str, str]) -> None:
    assert is_signed(*parts(vector)) is vector["valid"]


def test_both_results_occur() -> None:
    assert {vector["valid"] for vector in VECTORS["verify"]} == {True, False}


@pytest.mark.parametrize("vector", VECTORS["seeds"], ids=lambda vector: f"{vector['id']}")
def test_wycheproofs_seeds(vector: dict[str, str]) -> None:
    key = MlDsaKey(b64decode(vector["seed"]))
    public, message, signature, context = parts(vector)
    assert (key.public_bytes, key.private_bytes_raw()) == (public, b64decode(vector["seed"]))
    assert is_signed(public, message, signature, context)
    assert is_signed(public, message, key.sign(message, context), context)


def test_what_is_changed_is_not_signed() -> None:
    key = MlDsaKey(bytes(range(32)))
    made = key.sign(b"message", b"context")
    assert (len(key.public_bytes), len(made)) == (PUBLIC_BYTES, SIGNATURE_BYTES)
    assert is_signed(key.public_bytes, b"message", made, b"context")
    for message, context in ((b"massage", b"context"), (b"message", b""), (b"message", b"contexT")):
        assert not is_signed(key.public_bytes, message, made, context)
    for at in (0, 700, SIGNATURE_BYTES - 1):
        changed = bytearray(made)
        changed[at] ^= 1
        assert not is_signed(key.public_bytes, b"message", bytes(changed), b"context")
    assert not is_signed(key.public_bytes[:-1], b"message", made, b"context")
    assert repr(key) == "MlDsaKey()"
