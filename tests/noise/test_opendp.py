"""OpenDP judges the noise of studies: its scale gives the stated epsilon, and its samples and ours are of one kind.

The exact probabilities of ours are in `tests/unit/study/test_laplace.py`. A sample of a right program fails here once
in
10**12 runs; ours is the same in each.
"""

import random
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from math import exp

import opendp.prelude as dp
import pytest

from jamjar.study.laplace import discrete_laplace

dp.enable_features("contrib")
SAMPLES = 100_000
CELLS = 24
CRITICAL = 120.0
"""What chi-square of 25 degrees of freedom is beyond once in 10**12 at most (it is at 114.4)."""


def laplace(scale):
    """OpenDP's mechanism for integers, with this scale."""
    return dp.m.make_laplace(dp.atom_domain(T=int), dp.absolute_distance(T=int), scale=float(scale))


@pytest.mark.parametrize(("bits", "hundredths"), [(18, 100), (14, 10), (24, 1000), (4, 1), (18, 37)])
def test_the_scale_gives_the_stated_epsilon(bits, hundredths):
    most = (1 << bits) - 1
    scale = Fraction(most * 100, hundredths)  # Study.scale
    found = laplace(scale).map(d_in=most)
    assert hundredths / 100 <= found <= hundredths / 100 * (1 + 1e-12)


def cells(samples, width):
    """How many samples are in each cell: `width` numbers each, around zero, and one for all further on each side."""
    half = CELLS // 2
    placed = Counter(max(-half - 1, min(half, each // width)) for each in samples)
    return [placed[cell] for cell in range(-half - 1, half + 1)]


def expected(scale, width):
    """The exact probability of each cell."""
    q, half = exp(-1 / scale), CELLS // 2

    def up_to(n):
        """The probability of a number at most n."""
        return 1 - q ** (n + 1) / (1 + q) if n >= 0 else q**-n / (1 + q)

    edges = [up_to(cell * width - 1) for cell in range(-half, half + 1)]
    return [edges[0], *(b - a for a, b in pairwise(edges)), 1 - edges[-1]]


def chi_square(found, probabilities):
    return sum((n - SAMPLES * p) ** 2 / (SAMPLES * p) for n, p in zip(found, probabilities, strict=True))


@pytest.mark.parametrize(("scale", "width"), [(Fraction(3, 2), 1), (Fraction(262143), 60_000), (Fraction(1500, 7), 50)])
def test_samples_of_both_are_of_one_kind(scale, width):
    probabilities = expected(scale, width)
    assert sum(probabilities) == pytest.approx(1)
    chance = random.Random(f"samples {scale}")  # noqa: S311 - the same in each run
    ours = cells((discrete_laplace(scale, chance.randrange) for _ in range(SAMPLES)), width)
    theirs = cells(map(laplace(scale), [0] * SAMPLES), width)
    filled = [i for i, p in enumerate(probabilities) if SAMPLES * p >= 5]
    for found in (ours, theirs):
        assert sum(found) == SAMPLES
        kept = [found[i] for i in filled]
        assert chi_square(kept, [probabilities[i] for i in filled]) < CRITICAL


def test_a_wrong_sampler_is_found():
    """As if zero were drawn from both sides: the test above can fail."""
    scale = Fraction(3, 2)
    chance = random.Random("wrong")  # noqa: S311

    def wrong():
        while True:
            number = discrete_laplace(scale, chance.randrange)
            if number == 0 or chance.randrange(2):
                return number

    assert chi_square(cells((wrong() for _ in range(SAMPLES)), 1), expected(scale, 1)) > CRITICAL
