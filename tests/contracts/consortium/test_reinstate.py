"""reinstate: a suspended member has its powers again.

When the number is no member's ... it reverts with MemberUnknown
Given the member is active ... it reverts with MemberNotSuspended
Given the council's suspension has not lapsed
    When another than the governance calls ... it reverts with SuspensionNotLapsed, and the second it lapses at
Given it has lapsed
    When anyone calls, itself too ... the member is active in its roles, and it says so
Given the governance suspended it, or confirmed it
    When another than the governance calls, at any time ... it reverts with SuspensionNotLapsed and 0
When the governance calls ... the member is active
"""

import pytest

from jamjar.protocol.settings import DAY

YEARS = 20 * 365 * DAY


@pytest.mark.parametrize("member", [0, 6, 2**32 - 1])
def test_reverts_when_no_member(member, consortium, governing, stranger, refused):
    with refused("MemberUnknown", member):
        consortium.reinstate(member, stranger)
    with refused("MemberUnknown", member):
        governing("reinstate", member)


def test_reverts_when_active(consortium, governing, stranger, refused):
    with refused("MemberNotSuspended", 2):
        consortium.reinstate(2, stranger)
    with refused("MemberNotSuspended", 2):
        governing("reinstate", 2)


@pytest.mark.parametrize("who", ["stranger", "adviser", "sponsor", "founder"])
def test_reverts_when_not_lapsed(who, consortium, suspended, claimants, people, refused):
    lapses_at = consortium.getMember(suspended)["lapsesAt"]
    with refused("SuspensionNotLapsed", suspended, lapses_at), claimants.at(lapses_at - 1):
        consortium.reinstate(suspended, {"from": getattr(people, who)})


@pytest.mark.parametrize("late", [0, 1, YEARS])
@pytest.mark.parametrize("who", ["stranger", "adviser", "sponsor", "founder"])
def test_reinstates_when_lapsed(who, late, consortium, suspended, claimants, people, events):
    lapses_at, account = consortium.getMember(suspended)["lapsesAt"], getattr(people, who)
    with claimants.at(lapses_at + late):
        tx = consortium.reinstate(suspended, {"from": account})
    assert events(tx) == [("MemberReinstated", {"member": 2, "by": account})]
    assert consortium.isActiveAs(2, consortium.ADVISER())


@pytest.mark.parametrize("began", ["governance", "council"])
def test_reverts_when_it_does_not_lapse(began, consortium, governing, council, people, refused):
    if began == "council":
        consortium.suspend(2, 1, council)
    governing("suspend", 2, 1)
    governing.wait(YEARS)
    for account in (people.stranger, people.adviser, people.sponsor, people.founder):
        with refused("SuspensionNotLapsed", 2, 0):
            consortium.reinstate(2, {"from": account})


@pytest.mark.parametrize("began", ["governance", "council"])
def test_reinstates_by_the_governance(began, consortium, system, governing, council, told):
    if began == "council":
        consortium.suspend(2, 1, council)
    else:
        governing("suspend", 2, 1)
    tx = governing("reinstate", 2)
    assert told(tx) == [("MemberReinstated", {"member": 2, "by": system.governance})]
    assert consortium.isActive(2)
    assert consortium.isActiveAs(2, consortium.ADVISER())
    assert not consortium.isActiveAs(2, consortium.OPERATOR())


def test_a_role_lost_while_suspended_stays_lost(consortium, suspended, governing):
    governing("revokeRole", consortium.ADVISER(), consortium.seatOf(2))
    governing("reinstate", suspended)
    assert consortium.isActive(2)
    assert not consortium.isActiveAs(2, consortium.ADVISER())
