"""network.ballot: who may vote and who did, by several nodes' word, and what would follow from a vote.

Given nodes differ                              the furthest is believed, and each of its own votes
Given votes passed, and what they did is undone it is said that one more does it again
Given a change of who seals                     it is said when blocks would stand still, or nearly
"""

from dataclasses import replace

import pytest

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.network.ballot import Ballot, ballot, risk
from jamjar.network.geth import CLIQUE
from jamjar.network.kaia import ISTANBUL
from jamjar.network.qbft import QBFT
from jamjar.network.voting import Vote, Voting, majority
from tests.unit.network.answers import A, B, C, D, X, clique, silent


def test_the_furthest_is_believed() -> None:
    behind = clique([A, B], [], {X: True}, height=5)
    ahead = clique([A, B, C], [{"signer": B, "address": X, "authorize": True}], {}, height=9)
    found = ballot(CLIQUE, {A: behind, B: ahead, C: silent()})
    assert (found.validators, found.needed) == ((A, B, C), 2)
    assert (found.waiting, found.counted) == ((Vote(A, X, True),), (Vote(B, X, True),))
    assert (found.voters(X, adds=True), found.voters(X, adds=False), found.voters(A, adds=True)) == (
        {A, B},
        set(),
        set(),
    )
    with pytest.raises(NodeUnavailable, match="No node answers"):
        ballot(CLIQUE, {A: silent()})


def test_what_was_decided_and_is_not_so() -> None:
    """Kaia counts votes after they passed: whoever was voted in, and out again, is in by one vote more."""
    passed = tuple(Vote(each, X, True) for each in (A, B))
    found = Ballot((A, B, C), (), 2, (), (*passed, Vote(A, D, True), Vote(A, B, False), Vote(B, C, True)))
    assert found.decided() == ((X, True),)
    assert replace(found, validators=(A, B, C, X)).decided() == ()


def risky(voting: Voting, running: str, address: str, *, adds: bool, of: str = "ABCD") -> tuple[bool, bool]:
    names = dict(zip("ABCD", (A, B, C, D), strict=True))
    found = Ballot(tuple(names[n] for n in of), tuple(names[n] for n in running), majority(len(of)), (), ())
    said = risk(voting, found, address, adds=adds)
    return said.halts, bool(said.sentence)


@pytest.mark.parametrize(
    ("running", "address", "adds", "expected"),
    [
        ("ABCD", D, False, (False, True)),  # three are left, of whom Istanbul needs all
        ("ABC", D, False, (False, True)),
        ("ABC", A, False, (True, True)),
        ("ABCD", X, True, (False, True)),  # of five, four are needed, and the new one does not run yet
        ("ABC", X, True, (True, True)),
    ],
)
def test_what_would_follow(running: str, address: str, adds: bool, expected: tuple[bool, bool]) -> None:
    assert risky(ISTANBUL, running, address, adds=adds) == expected


def test_nothing_would_follow() -> None:
    assert risky(CLIQUE, "ABCD", D, adds=False) == (False, False)
    assert risky(CLIQUE, "ABC", A, adds=False) == (False, True)
    with pytest.raises(InvalidInput, match="the only validator"):
        risky(QBFT, "A", A, adds=False, of="A")
