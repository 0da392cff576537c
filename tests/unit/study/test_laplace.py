"""Discrete Laplace noise: its probabilities, exactly, by every way that the source of chance can go.

`make noise` compares with OpenDP.
"""

from fractions import Fraction
from math import exp, inf

import pytest

from jamjar.errors import InvalidInput
from jamjar.study import laplace
from jamjar.study.laplace import discrete_laplace

LITTLE = 1e-13
"""Ways less probable than this are not followed."""


class NextDraw(Exception):
    """The script has no draw left; `chances` are those of what can come."""

    def __init__(self, chances):
        self.chances = chances


class Again(Exception):
    """The sampler begins again."""


def probabilities(act):
    """The probability of each result of what draws from a function of chances; of None where it begins again."""
    found, ways = {}, [((), 1.0)]
    while ways:
        script, chance = ways.pop()
        coming = iter(script)

        def draw(chances, coming=coming):
            for each in coming:
                return each
            raise NextDraw(chances)

        try:
            result = act(draw)
        except NextDraw as asked:
            new = [((*script, each), chance * p) for each, p in asked.chances.items()]
            ways += [way for way in new if way[1] >= LITTLE]
        except Again:
            found[None] = found.get(None, 0.0) + chance
        else:
            found[result] = found.get(result, 0.0) + chance
    return found


class Compared:
    """A uniform number below n that is compared, once: only the answer is drawn."""

    def __init__(self, n, draw):
        self.n, self.draw = n, draw

    def __lt__(self, bound):
        return self.draw({True: bound / self.n, False: 1 - bound / self.n})


@pytest.mark.parametrize("fraction", [(0, 1), (1, 1), (1, 2), (5, 7), (262142, 262143)])
def test_exact_coins(fraction):
    found = probabilities(lambda draw: laplace._bernoulli_exp(*fraction, lambda n: Compared(n, draw)))
    assert sum(found.values()) == pytest.approx(1, abs=1e-11)
    assert found[True] == pytest.approx(exp(-fraction[0] / fraction[1]), abs=1e-11)


def attempt(scale):
    """One attempt of the sampler, whose coins are exact, as they were just shown to be."""

    def act(draw):
        coins, numbers = [], []

        def coin(numerator, denominator, _):
            heads = exp(-numerator / denominator)
            coins.append(draw({True: heads, False: 1 - heads}))
            return coins[-1]

        def below(n):
            if numbers and (not coins[0] or len(numbers) == 2):
                raise Again
            numbers.append(draw(dict.fromkeys(range(n), 1 / n)))
            return numbers[-1]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(laplace, "_bernoulli_exp", coin)
            return laplace.discrete_laplace(scale, below)

    return act


@pytest.mark.parametrize("scale", [Fraction(1), Fraction(3, 2), Fraction(1, 2), Fraction(7, 3), Fraction(20)])
def test_exact_probabilities(scale):
    found = probabilities(attempt(scale))
    ended = sum(found.values()) - found.pop(None)
    q = exp(-1 / scale)
    for number in range(-40, 41):
        exact = (1 - q) / (1 + q) * q ** abs(number)
        assert found.get(number, 0) / ended == pytest.approx(exact, abs=1e-9)


def test_integers_alone():
    """Nothing that is asked of the source, and nothing that comes out, is a float."""
    asked = []

    def below(n):
        asked.append(n)
        return n // 2

    assert type(discrete_laplace(Fraction(262143, 7), below)) is int
    assert {type(n) for n in asked} == {int}


@pytest.mark.parametrize("scale", [Fraction(0), Fraction(-1, 3)])
def test_no_scale(scale):
    with pytest.raises(InvalidInput, match="scale"):
        discrete_laplace(scale, lambda n: 0)


def sum_of(members, scale, width):
    """The probabilities of the sum of this many samples, by number."""
    q = exp(-1 / scale)
    one = {n: (1 - q) / (1 + q) * q ** abs(n) for n in range(-width, width + 1)}
    found = {0: 1.0}
    for _ in range(members):
        added = {}
        for a, p in found.items():
            for b, r in one.items():
                added[a + b] = added.get(a + b, 0.0) + p * r
        found = added
    return found


def test_the_range_holds_95_percent():
    """The stated range is no narrower than 95 %, and hardly wider, from the least scale of a study on."""
    from jamjar.study.result import RANGE

    for scale in (1.5, 6.0):
        bound = RANGE * Fraction(scale) + 1
        within = sum(p for n, p in sum_of(3, scale, int(8 * scale)).items() if abs(n) <= bound)
        assert 0.95 <= within < 0.98, (scale, within)
    u = float(RANGE)
    assert 0.0485 < (8 + 5 * u + u * u) / 8 * exp(-u) <= 0.05
    assert inf > bound > 0
