"""Pedersen's verifiable secret sharing: what a commitment holds, dealt to members, each of whom checks its share.

After T. Pedersen, "Non-Interactive and Information-Theoretic Secure Verifiable Secret Sharing", CRYPTO '91, section 4.

Rules:

1. The dealer of C = r*G + v*H draws a_k and b_k, k = 1 to `openers` - 1, and publishes A_k = b_k*G + a_k*H. The share
   of member j, which is 1, 2, ..., is f(j) = v + sum(a_k * j**k) and g(j) = r + sum(b_k * j**k).
2. A share fits when g(j)*G + f(j)*H = C + sum(j**k * A_k).
3. Shares, commitments and coefficients of several dealings add up, each by itself, to those of one dealing of the sum.
4. `openers` fitting shares open v and r (Lagrange); fewer tell nothing about v, whatever is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jamjar.crypto import pedersen
from jamjar.crypto.pedersen import ORDER, SCALAR_BYTES, Point
from jamjar.errors import InvalidInput

DRAWN_BYTES = 64
"""Bytes from which a scalar is reduced, so that its bias is negligible."""
SHARE_BYTES = 2 * SCALAR_BYTES


@dataclass(frozen=True, slots=True)
class SecretShare:
    """One member's share, or a sum of its shares: a number and a blinding, both modulo the order of the group."""

    value: int = field(repr=False)
    blinding: int = field(repr=False)

    def to_bytes(self) -> bytes:
        """Return the 64 bytes of value and blinding."""
        return pedersen.scalar_bytes(self.value) + pedersen.scalar_bytes(self.blinding)

    @classmethod
    def from_bytes(cls, data: bytes) -> SecretShare:
        """Read what `to_bytes` wrote; raises InvalidInput for another length, and scalars that are not reduced."""
        if type(data) is not bytes or len(data) != SHARE_BYTES:
            raise InvalidInput(f"A share is not {SHARE_BYTES} bytes; ask its dealer for another.")
        value, blinding = (int.from_bytes(data[at : at + SCALAR_BYTES], "big") for at in (0, SCALAR_BYTES))
        if value >= ORDER or blinding >= ORDER:
            raise InvalidInput("A scalar of a share is not below the order of the group; ask its dealer for another.")
        return cls(value, blinding)


@dataclass(frozen=True, slots=True)
class SecretDealing:
    """The commitments to the coefficients, which everybody may see, and a share for each member, in their order."""

    coefficients: tuple[Point, ...]
    shares: tuple[SecretShare, ...] = field(repr=False)


def deal(value: int, blinding: int, openers: int, members: int, random_bytes: Callable[[int], bytes]) -> SecretDealing:
    """Deal what commit(value, blinding) holds among `members`, of whom any `openers`, at least 2, can open it.

    `random_bytes` is a CSPRNG, asked for `DRAWN_BYTES` for each scalar.
    """
    if not 2 <= openers <= members:
        raise InvalidInput("The openers are not from 2 to the number of members; choose again.")
    polynomials = [
        [secret % ORDER, *(_drawn(random_bytes) for _ in range(openers - 1))] for secret in (value, blinding)
    ]
    coefficients = tuple(pedersen.commit(a, b) for a, b in zip(*(each[1:] for each in polynomials), strict=True))
    shares = (SecretShare(*(_at(member, each) for each in polynomials)) for member in range(1, members + 1))
    return SecretDealing(coefficients, tuple(shares))


def fits(share: SecretShare, member: int, commitment: Point, coefficients: Sequence[Point]) -> bool:
    """Return whether a share of member 1, 2, ... is of this commitment, and of the polynomial of these coefficients."""
    try:
        raised = (pedersen.times(each, member**k) for k, each in enumerate(coefficients, 1))
        expected = pedersen.total((commitment, *raised))
        return pedersen.commit(share.value, share.blinding).format() == expected.format()
    except InvalidInput:
        return False


def added(shares: Iterable[SecretShare]) -> SecretShare:
    """Return the sum of shares of one member."""
    value, blinding = 0, 0
    for each in shares:
        value, blinding = value + each.value, blinding + each.blinding
    return SecretShare(value % ORDER, blinding % ORDER)


def opened(shares: Mapping[int, SecretShare]) -> SecretShare:
    """Return what the shares of members 1, 2, ... open, as many as there are openers, by interpolation at zero.

    Warning: fewer shares, and shares that do not fit, give another number; compare its commitment.
    """
    weights = {member: _weight(member, shares) for member in shares}
    return SecretShare(
        sum(each.value * weights[member] for member, each in shares.items()) % ORDER,
        sum(each.blinding * weights[member] for member, each in shares.items()) % ORDER,
    )


def signed(value: int) -> int:
    """Return a number modulo the order as the integer nearest to zero."""
    return value - ORDER if value > ORDER // 2 else value


def _drawn(random_bytes: Callable[[int], bytes]) -> int:
    drawn = random_bytes(DRAWN_BYTES)
    if type(drawn) is not bytes or len(drawn) != DRAWN_BYTES or not any(drawn):
        raise InvalidInput(f"The random source did not give {DRAWN_BYTES} bytes; use secrets.token_bytes.")
    return int.from_bytes(drawn, "big") % ORDER


def _at(member: int, coefficients: Sequence[int]) -> int:
    total = 0
    for each in reversed(coefficients):
        total = (total * member + each) % ORDER
    return total


def _weight(member: int, members: Iterable[int]) -> int:
    weight = 1
    for other in members:
        if other != member:
            weight = weight * other * pow(other - member, -1, ORDER) % ORDER
    return weight
