"""The challenge of a proof (strong Fiat-Shamir): a hash of everything that is stated and sent before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from jamjar.crypto.pedersen import ORDER


def challenge(tag: str, parts: Iterable[bytes]) -> int:
    """Return SHA-512 over the tag and each part, each after its length in 4 bytes, modulo the order of secp256k1.

    512 bits make the bias of the reduction smaller than 2**-250.
    """
    hashed = hashlib.sha512()
    for part in (tag.encode("ascii"), *parts):
        hashed.update(len(part).to_bytes(4, "big"))
        hashed.update(part)
    return int.from_bytes(hashed.digest(), "big") % ORDER
