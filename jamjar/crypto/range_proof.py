"""Proofs that a Pedersen commitment D holds a number from 0 to 2**n - 1, which tell nothing else about it.

Rules:

1. There is a commitment C_i to each bit, with sum(2**i * C_i) = D. C_0 is not sent: it is what is left of D.
2. Each bit has an OR-proof (Cramer, Damgaard, Schoenmakers 1994) that C_i or C_i - H is a multiple of G: first messages
   A_0 = s_0*G - e_0*C_i and A_1 = s_1*G - e_1*(C_i - H), and e_0 + e_1 = c.
3. All bits share one challenge c: the hash of context, n, D, every C_i and every A (strong Fiat-Shamir). It is sent
   instead of the A, which the verifier computes again.
4. A proof is c, then C_1 to C_(n-1), then e_0, s_0, s_1 for each bit from the lowest: 129*n - 1 bytes. Points are
   compressed, scalars are 32 bytes from 1 to the order less 1, so that a proof has one form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

from jamjar.crypto import pedersen
from jamjar.crypto.pedersen import ORDER, POINT_BYTES, SCALAR_BYTES, VALUE_GENERATOR, Point
from jamjar.crypto.transcript import challenge
from jamjar.errors import InvalidInput, VerificationFailed

TAG: Final = "jamjar.range.1"
SEED_BYTES: Final = 32
MOST_BITS: Final = 64
_MINUS_H: Final = pedersen.negated(VALUE_GENERATOR)
_TRIPLE: Final = 3 * SCALAR_BYTES
_DRAWN: Final = 64
"""Bytes from which a scalar is reduced, so that its bias is negligible."""


def proof_bytes(bits: int) -> int:
    """Return how long every proof for this number of bits is."""
    return SCALAR_BYTES + (bits - 1) * POINT_BYTES + bits * _TRIPLE


def prove(context: bytes, value: int, blinding: int, bits: int, random_bytes: Callable[[int], bytes]) -> bytes:
    """Return the proof that commit(value, blinding) holds a number of `bits` bits (1 to 64).

    context       all that the proof is bound to
    random_bytes  a CSPRNG, asked once for `SEED_BYTES`. What is drawn also depends on all that is secret or stated, so
                  that a source that repeats itself does not reveal the blinding.

    Raises InvalidInput for a number that is not in the range: there is no proof of what is false.
    """
    if not 1 <= bits <= MOST_BITS or not 0 <= value < 1 << bits:
        raise InvalidInput("The number is not in the range, so there is no proof of it; check the statement.")
    draw = _drawing(context, value, blinding, bits, random_bytes(SEED_BYTES))
    blindings = [0, *(draw() for _ in range(bits - 1))]
    blindings[0] = (blinding - sum(each << i for i, each in enumerate(blindings))) % ORDER
    digits = [value >> i & 1 for i in range(bits)]
    points = [pedersen.commit(digit, each) for digit, each in zip(digits, blindings, strict=True)]
    nonces, firsts, simulated = list[int](), list[bytes](), list[tuple[int, int]]()
    for digit, point in zip(digits, points, strict=True):
        nonce, e, s = draw(), draw(), draw()
        other = point if digit else pedersen.total((point, _MINUS_H))
        pair = [pedersen.of_generator(nonce).format(), _first(other, e, s)]
        nonces.append(nonce)
        simulated.append((e, s))
        firsts += reversed(pair) if digit else pair
    c = _challenge(context, bits, pedersen.commit(value, blinding), points, firsts)
    answers = list[bytes]()
    for digit, nonce, each, (e, s) in zip(digits, nonces, blindings, simulated, strict=True):
        own = (c - e) % ORDER
        answer = nonce + own * each
        answers += map(pedersen.scalar_bytes, (e, s, answer) if digit else (own, answer, s))
    return b"".join((pedersen.scalar_bytes(c), *(point.format() for point in points[1:]), *answers))


def verify(context: bytes, commitment: Point, proof: bytes, bits: int) -> None:
    """Check that `proof` proves that the commitment holds a number of `bits` bits, in this context.

    Raises VerificationFailed when it does not, whatever it consists of.
    """
    if type(proof) is not bytes or not 1 <= bits <= MOST_BITS or len(proof) != proof_bytes(bits):
        raise VerificationFailed("The proof does not have the length of one; ask for the answer again.")
    try:
        valid = _is_valid(context, commitment, proof, bits)
    except InvalidInput:
        valid = False
    if not valid:
        raise VerificationFailed("The proof does not prove this statement; do not rely on it.")


def _is_valid(context: bytes, commitment: Point, proof: bytes, bits: int) -> bool:
    c = pedersen.scalar_of(proof[:SCALAR_BYTES])
    answers_at = SCALAR_BYTES + (bits - 1) * POINT_BYTES
    sent = [pedersen.point_of(proof[at : at + POINT_BYTES]) for at in range(SCALAR_BYTES, answers_at, POINT_BYTES)]
    points = [_lowest(commitment, sent), *sent]
    firsts = list[bytes]()
    for i, point in enumerate(points):
        at = answers_at + i * _TRIPLE
        e, s, other_s = (pedersen.scalar_of(proof[at + j : at + j + SCALAR_BYTES]) for j in range(0, _TRIPLE, 32))
        firsts.append(_first(point, e, s))
        firsts.append(_first(pedersen.total((point, _MINUS_H)), c - e, other_s))
    return c == _challenge(context, bits, commitment, points, firsts)


def _lowest(commitment: Point, sent: Sequence[Point]) -> Point:
    """Return C_0 = D - sum(2**i * C_i)."""
    if not sent:
        return commitment
    doubled = sent[-1]
    for point in reversed(sent[:-1]):
        doubled = pedersen.total((point, doubled, doubled))
    return pedersen.total((commitment, pedersen.negated(pedersen.total((doubled, doubled)))))


def _first(point: Point, e: int, s: int) -> bytes:
    """Return s*G - e*point, compressed."""
    return pedersen.total((pedersen.of_generator(s), pedersen.times(point, -e))).format()


def _challenge(context: bytes, bits: int, commitment: Point, points: Sequence[Point], firsts: Sequence[bytes]) -> int:
    stated = (context, bits.to_bytes(1, "big"), commitment.format())
    return challenge(TAG, (*stated, *(point.format() for point in points), *firsts))


def _drawing(context: bytes, value: int, blinding: int, bits: int, random: bytes) -> Callable[[], int]:
    """Return what draws the scalars of one proof: SHAKE256 of what is secret, stated and random, cut into pieces."""
    if type(random) is not bytes or len(random) != SEED_BYTES or not any(random):
        raise InvalidInput(f"The random source did not give {SEED_BYTES} bytes; use secrets.token_bytes.")
    secret = b"".join((random, pedersen.scalar_bytes(blinding), value.to_bytes(8, "big"), bytes([bits]), context))
    stream = hashlib.shake_256(TAG.encode() + secret).digest(4 * bits * _DRAWN)
    pieces = iter(range(0, len(stream), _DRAWN))

    def draw() -> int:
        at = next(pieces)
        return int.from_bytes(stream[at : at + _DRAWN], "big") % ORDER

    return draw
