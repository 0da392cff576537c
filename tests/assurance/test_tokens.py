"""Attackers with an admitter's transcript of 1,000 issuances: which tokens came of them? The seed is fixed.

Given wallets as they are                     no attacker is better than chance, and every pair is possible
Given blindings that are small, or none, or an order that is kept    one of them finds all
"""

import random

import pytest

from assurance.privacy import tokens
from assurance.privacy.tokens import BY_CHANCE, Transcript, issued

ISSUANCES = 1000


@pytest.fixture(scope="module")
def seen() -> Transcript:
    return issued(ISSUANCES, 20261129)


def test_no_attacker_is_better_than_chance(seen: Transcript):
    found = tokens.found(seen)
    assert found.keys() == tokens.ATTACKERS.keys()
    assert {name: count for name, count in found.items() if count > BY_CHANCE} == {}


def test_every_issuance_may_have_made_every_token(seen: Transcript):
    chance = random.Random(1)  # noqa: S311 - the same in every run
    pairs = [(chance.randrange(ISSUANCES), chance.randrange(ISSUANCES)) for _ in range(500)]
    assert all(tokens.possible(seen, *pair) for pair in pairs)


@pytest.mark.parametrize(
    ("changes", "attacker"),
    [
        ({"blinding": tokens.small_blinding}, "smallest blinding"),
        ({"blinding": tokens.no_blinding}, "bits"),
        ({"shuffled": False}, "order"),
    ],
)
def test_what_a_wallet_must_not_do_is_found(changes: dict, attacker: str):
    assert tokens.found(issued(100, 1, **changes))[attacker] == 100
