"""suspend: the council cannot keep a member suspended by doing it again and again.

Given the council's suspension lapsed and ended
    When the council suspends it again before as long again has passed ... it reverts with SuspendedLately
    When it does so at that second ... it suspends
Given the governance reinstated it at once
    When the council suspends it again too soon ... it reverts with SuspendedLately
Given the governance suspended it, or confirmed the suspension, and reinstated it
    When the council suspends it ... it suspends
    When the governance suspends it ... it suspends at any time
"""

import pytest

from jamjar.protocol.settings import DAY

FORTNIGHT = 14 * DAY


@pytest.fixture
def lapses_at(consortium, suspended):
    return consortium.getMember(suspended)["lapsesAt"]


@pytest.mark.parametrize("early", [1, FORTNIGHT - 1])
@pytest.mark.parametrize("who", ["sponsor", "auditor"])
def test_reverts_too_soon(who, early, consortium, lapses_at, claimants, people, refused, stranger):
    with claimants.at(lapses_at):
        consortium.reinstate(2, stranger)
    again = lapses_at + FORTNIGHT
    with refused("SuspendedLately", 2, again), claimants.at(again - early):
        consortium.suspend(2, 1, {"from": getattr(people, who)})


def test_suspends_once_as_long_has_passed(consortium, lapses_at, claimants, council, stranger):
    with claimants.at(lapses_at):
        consortium.reinstate(2, stranger)
    with claimants.at(lapses_at + FORTNIGHT):
        consortium.suspend(2, 1, council)
    assert consortium.getMember(2)[:2] == (2, lapses_at + 2 * FORTNIGHT)


def test_reverts_too_soon_given_the_governance_ended_it(consortium, lapses_at, governing, council, refused):
    governing("reinstate", 2)
    with refused("SuspendedLately", 2, lapses_at + FORTNIGHT):
        consortium.suspend(2, 1, council)


@pytest.mark.parametrize("began", ["governance", "council"])
def test_suspends_given_the_governance_did_or_confirmed(began, consortium, governing, council):
    if began == "council":
        consortium.suspend(2, 1, council)
    governing("suspend", 2, 1)
    governing("reinstate", 2)
    consortium.suspend(2, 1, council)
    assert not consortium.isActive(2)


def test_the_governance_suspends_at_any_time(consortium, suspended, governing):
    suspends = governing.ready("suspend", suspended, 1)
    governing("reinstate", suspended)
    suspends()
    assert consortium.getMember(2)[:2] == (2, 0)
