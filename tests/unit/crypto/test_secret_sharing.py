"""Verifiable secret sharing.

├── Any number of fitting shares as there are openers opens what was dealt, and no fewer
├── A share, or any sum of shares, fits its commitment alone
├── One member's share can be simulated without the secret: it is consistent with every secret
└── Two who collude where two open know all
"""

import random
from itertools import combinations, product

import pytest

from jamjar.crypto import pedersen, secret_sharing
from jamjar.crypto.pedersen import ORDER
from jamjar.crypto.secret_sharing import SecretShare, added, deal, fits, opened, signed
from jamjar.errors import InvalidInput

SECRETS = [(0, 5), (53214, ORDER - 1), (-77, 2**255)]


def drawn(label):
    return random.Random(label).randbytes  # noqa: S311


@pytest.mark.parametrize(("value", "blinding"), SECRETS)
@pytest.mark.parametrize("openers", [2, 3])
def test_what_opens(value, blinding, openers):
    dealt = deal(value, blinding, openers, 3, drawn("a"))
    shares = dict(enumerate(dealt.shares, 1))
    for some in combinations(shares, openers):
        found = opened({member: shares[member] for member in some})
        assert (signed(found.value), found.blinding) == (value, blinding)
    for few in combinations(shares, openers - 1):
        assert signed(opened({member: shares[member] for member in few}).value) != value


@pytest.mark.parametrize("openers", [2, 3])
def test_what_fits(openers):
    commitment = pedersen.commit(7, 11)
    dealt = deal(7, 11, openers, 3, drawn("b"))
    for member, share in enumerate(dealt.shares, 1):
        for place, other in product((1, 2, 3), (commitment, pedersen.commit(8, 11), pedersen.commit(7, 12))):
            is_it = (place, other) == (member, commitment)
            assert fits(share, place, other, dealt.coefficients) is is_it
        for wrong in (SecretShare(share.value + 1, share.blinding), SecretShare(share.value, share.blinding + 1)):
            assert not fits(wrong, member, commitment, dealt.coefficients)
        assert not fits(share, member, commitment, dealt.coefficients[:-1])


def test_sums():
    figures = [(3, 100), (20, 7), (-9, 55)]
    dealt = [deal(*figure, 2, 3, drawn(str(figure))) for figure in figures]
    commitment = pedersen.total(pedersen.commit(*figure) for figure in figures)
    coefficients = [pedersen.total(each.coefficients[0] for each in dealt)]
    sums = {member: added(each.shares[member - 1] for each in dealt) for member in (1, 2, 3)}
    assert all(fits(share, member, commitment, coefficients) for member, share in sums.items())
    assert [signed(opened({a: sums[a], b: sums[b]}).value) for a, b in ((1, 2), (1, 3), (2, 3))] == [14] * 3


def simulated(member, share, commitment):
    """What member sees, made without the secret: a share at random, and the coefficient that makes it fit."""
    left = pedersen.total((pedersen.commit(share.value, share.blinding), pedersen.negated(commitment)))
    return pedersen.times(left, pow(member, -1, ORDER))


@pytest.mark.parametrize("member", [1, 2, 3])
def test_one_member_sees_what_can_be_simulated(member):
    """The simulation from C alone is what the dealer sent: for each share there is one coefficient that fits."""
    commitment = pedersen.commit(53214, 99)
    dealt = deal(53214, 99, 2, 3, drawn("c"))
    made = simulated(member, dealt.shares[member - 1], commitment)
    assert made.format() == dealt.coefficients[0].format()
    other = SecretShare(12345, 6789)  # uniform, as the dealer's are
    assert fits(other, member, commitment, [simulated(member, other, commitment)])


@pytest.mark.parametrize("guess", [0, 1, 53214, 100_000])
def test_one_share_is_consistent_with_every_secret(guess):
    share, member = deal(53214, 99, 2, 3, drawn("d")).shares[0], 1
    slope = (share.value - guess) * pow(member, -1, ORDER) % ORDER
    line = {member: share, 2: SecretShare((guess + 2 * slope) % ORDER, 0)}
    assert opened(line).value == guess


def test_two_who_collude_know_all():
    shares = deal(53214, 99, 2, 3, drawn("e")).shares
    assert opened({1: shares[0], 3: shares[2]}) == SecretShare(53214, 99)
    three = deal(53214, 99, 3, 3, drawn("e")).shares
    assert opened({1: three[0], 3: three[2]}).value != 53214


@pytest.mark.parametrize("source", [bytes, lambda size: b"\1" * (size - 1), lambda _: None])
def test_a_bad_source_deals_nothing(source):
    with pytest.raises(InvalidInput, match="random source"):
        deal(1, 1, 2, 3, source)


@pytest.mark.parametrize("openers", [0, 1, 4])
def test_openers(openers):
    with pytest.raises(InvalidInput, match="openers"):
        deal(1, 1, openers, 3, drawn("f"))


@pytest.mark.parametrize(
    "data", [b"", bytes(63), bytes(65), ORDER.to_bytes(32, "big") + bytes(32), bytes(32) + b"\xff" * 32, None]
)
def test_bytes_that_are_no_share(data):
    with pytest.raises(InvalidInput):
        SecretShare.from_bytes(data)


def test_a_share_has_one_form():
    share = SecretShare(1, ORDER - 1)
    assert SecretShare.from_bytes(share.to_bytes()) == share
    assert "1" not in repr(share)
    assert len(share.to_bytes()) == secret_sharing.SHARE_BYTES
