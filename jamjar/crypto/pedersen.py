"""Pedersen commitments on secp256k1, C = r*G + v*H: they hide v perfectly, and bind to it computationally.

G is the generator of SEC 2 (section 2.4.1). H is the point of which BIP-341 ("Constructing and spending Taproot
outputs") gives the x coordinate, SHA-256 of the uncompressed G: nobody knows its logarithm. Its y is even, as in
libsecp256k1-zkp's generator module, so that commitments are those of Elements.

Points are never the one at infinity: an operation that would give it is refused.

Warning: these operations take longer or shorter with the secret scalars. Make commitments and proofs on the claimant's
own machine, and send none at the moment at which it is made to somebody who could measure that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from coincurve import PublicKey

from jamjar.errors import InvalidInput

Point: TypeAlias = PublicKey
"""A point of secp256k1."""

ORDER: Final = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
"""The order of the group (SEC 2, section 2.4.1)."""
POINT_BYTES: Final = 33
"""Of a compressed point."""
SCALAR_BYTES: Final = 32
"""Of a scalar."""
_ONE: Final = (1).to_bytes(SCALAR_BYTES, "big")
GENERATOR: Final = PublicKey.from_secret(_ONE)
"""G."""
VALUE_GENERATOR: Final = PublicKey(bytes.fromhex("0250929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0"))
"""H, compressed (SEC 1, section 2.3.3)."""


def point_of(data: bytes) -> Point:
    """Read a compressed point of 33 bytes (SEC 1, section 2.3.4); raises InvalidInput for anything else."""
    if type(data) is not bytes or len(data) != POINT_BYTES:
        raise InvalidInput(f"A point is not {POINT_BYTES} bytes; ask for the proof again.")
    try:
        return PublicKey(data)
    except ValueError:
        raise InvalidInput("A point is not on the curve; ask for the proof again.") from None


def scalar_of(data: bytes) -> int:
    """Read a scalar of 32 bytes, from 1 to the order less 1, so that each has one form; InvalidInput otherwise."""
    if type(data) is not bytes or len(data) != SCALAR_BYTES or not 0 < int.from_bytes(data, "big") < ORDER:
        raise InvalidInput("A scalar is not 32 bytes from 1 to the order of the group less 1; ask for the proof again.")
    return int.from_bytes(data, "big")


def scalar_bytes(scalar: int) -> bytes:
    """Return a scalar, reduced by the order, as 32 bytes."""
    return (scalar % ORDER).to_bytes(SCALAR_BYTES, "big")


def of_generator(scalar: int) -> Point:
    """Return scalar*G; raises InvalidInput for a multiple of the order."""
    try:
        return PublicKey.from_secret(scalar_bytes(scalar))
    except ValueError:
        raise InvalidInput("A scalar is zero, so there is no point; draw fresh randomness.") from None


def times(point: Point, scalar: int) -> Point:
    """Return scalar*point; raises InvalidInput for a multiple of the order."""
    try:
        return point.multiply(scalar_bytes(scalar))
    except ValueError:
        raise InvalidInput("A scalar is zero, so there is no point; draw fresh randomness.") from None


def total(points: Iterable[Point]) -> Point:
    """Return the sum of points; raises InvalidInput when it is the point at infinity."""
    try:
        return PublicKey.combine_keys(list(points))
    except ValueError:
        raise InvalidInput("The sum of the points is the one at infinity; ask for another proof.") from None


def commit(value: int, blinding: int) -> Point:
    """Return blinding*G + value*H; both are taken modulo the order, and the blinding must not be a multiple of it."""
    blinded = of_generator(blinding)
    return total((blinded, times(VALUE_GENERATOR, value))) if value % ORDER else blinded


def shifted(point: Point, amount: int) -> Point:
    """Return point - amount*H: a commitment to `amount` less, with the same blinding."""
    return total((point, times(VALUE_GENERATOR, -amount))) if amount % ORDER else point


def negated(point: Point) -> Point:
    """Return -point."""
    data = point.format()
    return PublicKey(bytes([data[0] ^ 1]) + data[1:])
