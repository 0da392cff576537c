"""Pedersen commitments: those of Elements for 1,000 random pairs, sums, and no point at infinity."""

import hashlib
import random

import pytest
import wallycore

from jamjar.crypto import pedersen
from jamjar.crypto.pedersen import GENERATOR, ORDER, VALUE_GENERATOR
from jamjar.errors import InvalidInput

FIELD = 2**256 - 2**32 - 977
"""The prime of secp256k1 (SEC 2, section 2.4.1)."""
PAIRS = 1_000


def elements_form(point, square_prefix):
    """A point as Elements writes it: the prefix says whether y is a square."""
    y = int.from_bytes(point.format(compressed=False)[33:], "big")
    is_square = pow(y, (FIELD - 1) // 2, FIELD) == 1
    return bytes([square_prefix + (not is_square)]) + point.format()[1:]


class TestTheGenerators:
    def test_g_is_the_standard_one_and_h_is_made_of_it_as_in_bip_341(self):
        x = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
        assert GENERATOR.format().hex() == "02" + x
        assert VALUE_GENERATOR.format()[1:] == hashlib.sha256(GENERATOR.format(compressed=False)).digest()

    def test_h_is_that_of_libsecp256k1_zkp_with_its_y(self):
        y = "31d3c6863973926e049e637cb1b5f40a36dac28af1766968c30c2313f3a38904"
        assert VALUE_GENERATOR.format(compressed=False)[33:].hex() == y


def test_wallycore_makes_the_same_commitments():
    chance = random.Random(20261129)  # noqa: S311 - the same pairs in each run
    generator = elements_form(VALUE_GENERATOR, 0x0A)
    for _ in range(PAIRS):
        value = chance.choice([0, 1, chance.randrange(10**8), chance.randrange(2**62)])
        blinding = chance.randrange(1, ORDER)
        theirs = bytes(wallycore.asset_value_commitment(value, blinding.to_bytes(32, "big"), generator))
        assert elements_form(pedersen.commit(value, blinding), 0x08) == theirs


class TestSums:
    def test_a_sum_of_commitments_is_the_commitment_to_the_sum(self):
        parts = [(5, 7), (-3, 11), (2**63, ORDER - 1)]
        summed = pedersen.commit(sum(value for value, _ in parts), sum(blinding for _, blinding in parts))
        assert pedersen.total(pedersen.commit(*part) for part in parts).format() == summed.format()

    def test_the_opposite_and_a_shift(self):
        assert pedersen.negated(pedersen.commit(5, 7)).format() == pedersen.commit(-5, -7).format()
        assert pedersen.shifted(pedersen.commit(5, 7), 9).format() == pedersen.commit(-4, 7).format()
        assert pedersen.shifted(pedersen.commit(5, 7), 0).format() == pedersen.commit(5, 7).format()


class TestWhatIsRefused:
    @pytest.mark.parametrize("blinding", [0, ORDER, -ORDER])
    def test_a_blinding_that_hides_nothing(self, blinding):
        with pytest.raises(InvalidInput, match="scalar is zero"):
            pedersen.commit(5, blinding)

    def test_the_point_at_infinity(self):
        one = pedersen.commit(5, 7)
        with pytest.raises(InvalidInput, match="at infinity"):
            pedersen.total((one, pedersen.negated(one)))
        with pytest.raises(InvalidInput, match="scalar is zero"):
            pedersen.times(one, ORDER)

    @pytest.mark.parametrize(
        "data",
        [b"", bytes(33), b"\0", b"\2" + bytes(32), b"\2" + b"\xff" * 32, b"\5" + GENERATOR.format()[1:],
         GENERATOR.format(compressed=False), GENERATOR.format() + b"\0", bytearray(GENERATOR.format())],
    )  # fmt: skip
    def test_bytes_that_are_no_compressed_point(self, data):
        with pytest.raises(InvalidInput, match="A point is not"):
            pedersen.point_of(data)

    @pytest.mark.parametrize("scalar", [b"", bytes(32), ORDER.to_bytes(32, "big"), b"\xff" * 32, b"\1" * 31, 1])
    def test_scalars_of_another_form(self, scalar):
        with pytest.raises(InvalidInput, match="A scalar is not"):
            pedersen.scalar_of(scalar)
