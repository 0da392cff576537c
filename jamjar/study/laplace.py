"""Exact samples of the discrete Laplace distribution, in integers alone, so that no rounding tells what noise hides.

After C. Canonne, G. Kamath, T. Steinke, "The Discrete Gaussian for Differential Privacy", NeurIPS 2020 (arXiv
2004.00010): algorithms 1 (Bernoulli of exp(-x)) and 2 (discrete Laplace). The probability of z is
(1 - q) / (1 + q) * q**abs(z) with q = exp(-1 / scale).

Warning: the time that a sample takes tells something of it; send none at the moment at which it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from jamjar.errors import InvalidInput

Below: TypeAlias = Callable[[int], int]
"""A source of uniform integers from 0 to less than what it is given: `secrets.randbelow`."""


def discrete_laplace(scale: Fraction, below: Below) -> int:
    """Return a sample of the discrete Laplace distribution with this scale, which is more than 0."""
    if scale <= 0:
        raise InvalidInput("The scale of the noise is not more than zero; give a bound and an epsilon above zero.")
    while True:
        fraction = below(scale.numerator)
        if not _bernoulli_exp(fraction, scale.numerator, below):
            continue
        whole = 0
        while _bernoulli_exp(1, 1, below):
            whole += 1
        magnitude = (fraction + scale.numerator * whole) // scale.denominator
        if below(2) == 0:
            return magnitude
        if magnitude:  # or zero would be drawn twice as often
            return -magnitude


def _bernoulli_exp(numerator: int, denominator: int, below: Below) -> bool:
    """Return True with the probability exp(-numerator / denominator), for a fraction from 0 to 1."""
    k = 1
    while below(denominator * k) < numerator:
        k += 1
    return k % 2 == 1
