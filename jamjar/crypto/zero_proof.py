"""Proofs that a Pedersen commitment D holds zero, which tell nothing else: Schnorr's proof that D is a multiple of G.

A proof is the challenge c, a hash of context, D and the first message A = s*G - c*D (strong Fiat-Shamir), and s: two
scalars of 32 bytes, from 1 to the order less 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from jamjar.crypto import pedersen
from jamjar.crypto.pedersen import ORDER, SCALAR_BYTES, Point
from jamjar.crypto.transcript import challenge
from jamjar.errors import InvalidInput, VerificationFailed

TAG: Final = "jamjar.zero.1"
SEED_BYTES: Final = 32
PROOF_BYTES: Final = 2 * SCALAR_BYTES


def prove(context: bytes, blinding: int, random_bytes: Callable[[int], bytes]) -> bytes:
    """Return the proof that commit(0, blinding) holds zero, bound to `context`; asks once for `SEED_BYTES`."""
    random = random_bytes(SEED_BYTES)
    if type(random) is not bytes or len(random) != SEED_BYTES or not any(random):
        raise InvalidInput(f"The random source did not give {SEED_BYTES} bytes; use secrets.token_bytes.")
    secret = random + pedersen.scalar_bytes(blinding) + context
    nonce = int.from_bytes(hashlib.shake_256(TAG.encode() + secret).digest(64), "big") % ORDER
    c = _challenge(context, pedersen.of_generator(blinding), pedersen.of_generator(nonce))
    return pedersen.scalar_bytes(c) + pedersen.scalar_bytes(nonce + c * blinding)


def verify(context: bytes, commitment: Point, proof: bytes) -> None:
    """Check that `proof` proves that the commitment holds zero, in this context; raises VerificationFailed if not."""
    if type(proof) is not bytes or len(proof) != PROOF_BYTES:
        raise VerificationFailed("The proof does not have the length of one; ask for the answer again.")
    try:
        c, s = pedersen.scalar_of(proof[:SCALAR_BYTES]), pedersen.scalar_of(proof[SCALAR_BYTES:])
        first = pedersen.total((pedersen.of_generator(s), pedersen.times(commitment, -c)))
        valid = c == _challenge(context, commitment, first)
    except InvalidInput:
        valid = False
    if not valid:
        raise VerificationFailed("The proof does not prove this statement; do not rely on it.")


def _challenge(context: bytes, commitment: Point, first: Point) -> int:
    return challenge(TAG, (context, commitment.format(), first.format()))
