"""suspend: a member loses its powers.

When the caller is not the administrator ... it reverts with AccessControlUnauthorizedAccount
When the number is no member's ... it reverts with MemberUnknown
Given the member is suspended ... it reverts with MemberNotActive
Otherwise
    it ends the member's standing, and that member's alone, and says so
    it leaves roles, accounts, name and key as they were, for the day of its reinstatement
"""

import pytest


def test_reverts_when_not_the_administrator(consortium, not_administrator, unauthorized):
    with unauthorized(not_administrator):
        consortium.suspend(2, {"from": not_administrator})


@pytest.mark.parametrize("member", [0, 6, 2**32 - 1])
def test_reverts_when_no_member(member, consortium, administrator, refused):
    with refused("MemberUnknown", member):
        consortium.suspend(member, administrator)


def test_reverts_when_suspended(consortium, suspended, administrator, refused):
    with refused("MemberNotActive", suspended):
        consortium.suspend(suspended, administrator)


def test_suspends(consortium, administrator, people, events):
    tx = consortium.suspend(2, administrator)
    assert events(tx) == [("MemberSuspended", {"member": 2, "administrator": people.administrator})]
    assert [consortium.isActive(member) for member in range(1, 6)] == [True, False, True, True, True]
    assert not consortium.isActiveAs(2, consortium.ADVISER())


def test_keeps_what_was_the_members(consortium, administrator, people):
    before = consortium.getMember(2)
    consortium.suspend(2, administrator)
    after = consortium.getMember(2)
    assert (before["standing"], after["standing"]) == (1, 2)
    assert (after["name"], after["encryptionKeyDigest"]) == (before["name"], before["encryptionKeyDigest"])
    assert consortium.hasRole(consortium.ADVISER(), consortium.seatOf(2))
    assert consortium.memberOf(people.adviser) == 2
