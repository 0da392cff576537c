"""A prover that does all that the honest one does, for bits and sums that are not what it says."""

from jamjar.crypto import pedersen
from jamjar.crypto.pedersen import ORDER, VALUE_GENERATOR
from jamjar.crypto.range_proof import TAG
from jamjar.crypto.transcript import challenge


def commit_to(value, blinding):
    """A commitment, also to field elements that are no numbers of pence."""
    return pedersen.total((pedersen.of_generator(blinding), pedersen.times(VALUE_GENERATOR, value)))


def forged(context, commitment, digits, chance, c=None):
    """What looks like a proof about `commitment`, for these "bits", hashed as the verifier will.

    The lowest point is what is left of the commitment, whatever that holds. For a digit that is neither 0 nor 1 both
    branches are simulated, each with challenges of the forger's choice; given the challenge before, they add up to it.
    """
    bits = len(digits)
    points = [pedersen.commit(digit, chance.randrange(1, ORDER)) for digit in digits]
    summed = pedersen.total(pedersen.times(point, 1 << i) for i, point in enumerate(points) if i)
    points[0] = pedersen.total((commitment, pedersen.negated(summed)))
    drawn = [[chance.randrange(1, ORDER) for _ in range(4)] for _ in digits]
    if c is not None:
        drawn = [(e, s, (c - e) % ORDER, other_s) for e, s, _, other_s in drawn]
    firsts = []
    for point, (e, s, other_e, other_s) in zip(points, drawn, strict=True):
        for branch, its_e, its_s in ((point, e, s), (pedersen.shifted(point, 1), other_e, other_s)):
            firsts.append(pedersen.total((pedersen.of_generator(its_s), pedersen.times(branch, -its_e))).format())
    stated = (context, bits.to_bytes(1, "big"), commitment.format())
    c = c or challenge(TAG, (*stated, *(point.format() for point in points), *firsts))
    answers = [scalar for e, s, _, other_s in drawn for scalar in (e, s, other_s)]
    parts = (pedersen.scalar_bytes(c), *(point.format() for point in points[1:]))
    return b"".join((*parts, *map(pedersen.scalar_bytes, answers)))
