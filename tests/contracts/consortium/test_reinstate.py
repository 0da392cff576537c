"""reinstate: a suspended member has its powers again.

When the caller is not the administrator ... it reverts with AccessControlUnauthorizedAccount
When the number is no member's ... it reverts with MemberUnknown
Given the member is active ... it reverts with MemberNotSuspended
Otherwise ... the member is active in its roles, and it says so
"""

import pytest


def test_reverts_when_not_the_administrator(consortium, suspended, not_administrator, unauthorized):
    with unauthorized(not_administrator):
        consortium.reinstate(suspended, {"from": not_administrator})


@pytest.mark.parametrize("member", [0, 6, 2**32 - 1])
def test_reverts_when_no_member(member, consortium, administrator, refused):
    with refused("MemberUnknown", member):
        consortium.reinstate(member, administrator)


def test_reverts_when_active(consortium, administrator, refused):
    with refused("MemberNotSuspended", 2):
        consortium.reinstate(2, administrator)


def test_reinstates(consortium, suspended, administrator, people, events):
    tx = consortium.reinstate(suspended, administrator)
    assert events(tx) == [("MemberReinstated", {"member": 2, "administrator": people.administrator})]
    assert consortium.isActive(2)
    assert consortium.isActiveAs(2, consortium.ADVISER())
    assert not consortium.isActiveAs(2, consortium.OPERATOR())


def test_a_role_lost_while_suspended_stays_lost(consortium, suspended, administrator):
    consortium.revokeRole(consortium.ADVISER(), consortium.seatOf(2), administrator)
    consortium.reinstate(suspended, administrator)
    assert consortium.isActive(2)
    assert not consortium.isActiveAs(2, consortium.ADVISER())
