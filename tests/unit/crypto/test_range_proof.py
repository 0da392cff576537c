"""Range proofs: what is true has one, nothing that is false or changed passes, and all that is stated is hashed."""

import random
import secrets

import pytest

from jamjar.crypto import pedersen, range_proof, zero_proof
from jamjar.crypto.pedersen import ORDER
from jamjar.errors import InvalidInput, VerificationFailed
from tests.unit.crypto.cheating import forged

BITS, VALUE, BLINDING, CONTEXT = 4, 11, 0x1234567, b"consent, root, use, question"
COMMITMENT = pedersen.commit(VALUE, BLINDING)
PROOF = range_proof.prove(CONTEXT, VALUE, BLINDING, BITS, lambda size: b"\7" * size)
ZERO = pedersen.commit(0, BLINDING)
ZERO_PROOF = zero_proof.prove(CONTEXT, BLINDING, lambda size: b"\7" * size)


def accepts(proof, commitment=COMMITMENT, context=CONTEXT, bits=BITS):
    try:
        range_proof.verify(context, commitment, proof, bits)
    except VerificationFailed:
        return False
    return True


def accepts_zero(proof, commitment=ZERO, context=CONTEXT):
    try:
        zero_proof.verify(context, commitment, proof)
    except VerificationFailed:
        return False
    return True


def with_scalar(at, change):
    scalar = int.from_bytes(PROOF[at : at + 32], "big")
    return PROOF[:at] + change(scalar).to_bytes(32, "big") + PROOF[at + 32 :]


def scalars_at():
    answers = 32 + (BITS - 1) * 33
    return (0, *range(answers, len(PROOF), 32))


class TestWhenTheNumberIsInTheRange:
    @pytest.mark.parametrize("bits", [1, 2, 27, 37, 64])
    def test_the_least_and_the_greatest_are_proven_in_the_bytes_that_are_said(self, bits):
        for value in (0, (1 << bits) - 1):
            proof = range_proof.prove(CONTEXT, value, BLINDING, bits, secrets.token_bytes)
            assert len(proof) == range_proof.proof_bytes(bits) == 129 * bits - 1
            assert accepts(proof, pedersen.commit(value, BLINDING), bits=bits)

    def test_two_proofs_of_one_number_share_nothing(self):
        other = range_proof.prove(CONTEXT, VALUE, BLINDING, BITS, secrets.token_bytes)
        assert accepts(other)
        assert not {PROOF[i : i + 32] for i in scalars_at()} & {other[i : i + 32] for i in scalars_at()}

    def test_a_source_that_repeats_itself_gives_other_scalars_for_another_context_number_or_blinding(self):
        def draws(**changes):
            given = {"context": CONTEXT, "value": VALUE, "blinding": BLINDING, "bits": BITS} | changes
            return range_proof.prove(**given, random_bytes=lambda size: b"\7" * size)

        others = [draws(context=b"another"), draws(value=VALUE ^ 1), draws(blinding=BLINDING + 1)]
        assert draws() == PROOF
        assert all(other[32:65] != PROOF[32:65] for other in others)


class TestWhenItIsNot:
    @pytest.mark.parametrize("value", [-1, 16, 2**64, ORDER - 1])
    def test_there_is_no_proof(self, value):
        with pytest.raises(InvalidInput, match="not in the range"):
            range_proof.prove(CONTEXT, value, BLINDING, BITS, secrets.token_bytes)

    @pytest.mark.parametrize("random_bytes", [lambda _: b"", bytes, lambda size: "x" * size])
    def test_nor_without_randomness(self, random_bytes):
        for make in (
            lambda: range_proof.prove(CONTEXT, VALUE, BLINDING, BITS, random_bytes),
            lambda: zero_proof.prove(CONTEXT, BLINDING, random_bytes),
        ):
            with pytest.raises(InvalidInput, match="random source"):
                make()

    @pytest.mark.parametrize("bits", [0, 65, 256])
    def test_nor_of_other_widths(self, bits):
        with pytest.raises(InvalidInput, match="not in the range"):
            range_proof.prove(CONTEXT, 0, BLINDING, bits, secrets.token_bytes)
        assert not accepts(PROOF, bits=bits)

    @pytest.mark.parametrize(
        ("value", "digits"),
        [(-1, (1, 1, 1, 1)), (16, (0, 0, 0, 0)), (17, (1, 0, 0, 0)), (ORDER - 16, (0, 0, 0, 0)),
         (16, (0, 0, 0, 2)), (-2, (0, ORDER - 1, 0, 0)), (30, (2, 2, 2, 2))],
    )  # fmt: skip
    def test_wrapped_numbers_and_digits_that_are_no_bits_are_refused(self, value, digits):
        chance = random.Random(value % 997)  # noqa: S311
        false = pedersen.commit(value, BLINDING)
        assert not accepts(forged(CONTEXT, false, digits, chance), false)


class TestWhenAnythingIsChanged:
    def test_no_bit_of_any_byte(self):
        changed = (PROOF[:i] + bytes([PROOF[i] ^ 1 << i % 8]) + PROOF[i + 1 :] for i in range(len(PROOF)))
        assert not any(accepts(each) for each in changed)
        changed = (ZERO_PROOF[:i] + bytes([ZERO_PROOF[i] ^ 1]) + ZERO_PROOF[i + 1 :] for i in range(len(ZERO_PROOF)))
        assert accepts_zero(ZERO_PROOF)
        assert not any(accepts_zero(each) for each in changed)

    def test_the_context_the_commitment_and_the_width(self):
        assert accepts(PROOF)
        assert not accepts(PROOF, context=CONTEXT + b"\0")
        assert not accepts(PROOF, pedersen.shifted(COMMITMENT, 1))
        assert not accepts(PROOF, pedersen.negated(COMMITMENT))
        assert not accepts(PROOF, bits=BITS + 1)
        assert not accepts_zero(ZERO_PROOF, context=b"")
        assert not accepts_zero(ZERO_PROOF, pedersen.shifted(ZERO, 1))

    @pytest.mark.parametrize("proof", [b"", PROOF[:-1], PROOF + b"\0", bytearray(PROOF), None, PROOF.hex()])
    def test_its_length_or_type(self, proof):
        assert not accepts(proof)
        assert not accepts_zero(proof)

    @pytest.mark.parametrize("change", [lambda _: 0, lambda _: ORDER, lambda scalar: ORDER - scalar])
    def test_scalars_that_are_zero_too_large_or_opposite(self, change):
        assert not any(accepts(with_scalar(at, change)) for at in scalars_at())

    def test_bits_in_another_order(self):
        points = [PROOF[32 + 33 * i : 65 + 33 * i] for i in range(BITS - 1)]
        answers = [PROOF[32 + 33 * (BITS - 1) + 96 * i :][:96] for i in range(BITS)]
        swapped_points = PROOF[:32] + b"".join(reversed(points)) + b"".join(answers)
        swapped_both = PROOF[:32] + b"".join(reversed(points)) + answers[0] + b"".join(reversed(answers[1:]))
        swapped_answers = PROOF[:32] + b"".join(points) + b"".join(reversed(answers))
        assert not any(map(accepts, (swapped_points, swapped_both, swapped_answers)))

    def test_points_that_add_up_to_the_one_at_infinity(self):
        proof = range_proof.prove(CONTEXT, 2, BLINDING, 2, secrets.token_bytes)
        commitment = pedersen.commit(2, BLINDING)
        nothing_left = pedersen.times(commitment, pow(2, -1, ORDER)).format()
        assert accepts(proof, commitment, bits=2)
        assert not accepts(proof[:32] + nothing_left + proof[65:], commitment, bits=2)

    def test_points_that_are_none_or_at_infinity(self):
        for point in (bytes(33), b"\2" + b"\xff" * 32, b"\4" + PROOF[33:65]):
            assert not accepts(PROOF[:32] + point + PROOF[65:])
