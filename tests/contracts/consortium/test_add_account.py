"""addAccount: one more account acts for a member.

When the caller is not the administrator ... it reverts with AccessControlUnauthorizedAccount
When the number is no member's ... it reverts with MemberUnknown
When the account is zero, or acts for this or another member ... it reverts with AccountTaken
Otherwise
    it acts for the member beside those before it, and it says so
    Given the member is suspended ... the same: the account has no power yet
    Given the account was removed from another member ... the same
"""

import pytest

ZERO = "0x" + 40 * "0"


def test_reverts_when_not_the_administrator(consortium, not_administrator, spare, unauthorized):
    with unauthorized(not_administrator):
        consortium.addAccount(2, spare, {"from": not_administrator})


@pytest.mark.parametrize("member", [0, 6])
def test_reverts_when_no_member(member, consortium, administrator, spare, refused):
    with refused("MemberUnknown", member):
        consortium.addAccount(member, spare, administrator)


def test_reverts_when_the_account_is_zero(consortium, administrator, refused):
    with refused("AccountTaken", ZERO, 0):
        consortium.addAccount(2, ZERO, administrator)


@pytest.mark.parametrize("member", [2, 3])
def test_reverts_when_the_account_acts_for_a_member(member, consortium, administrator, people, refused):
    with refused("AccountTaken", people.adviser.address, 2):
        consortium.addAccount(member, people.adviser, administrator)


def test_reverts_when_the_account_acts_for_a_suspended_member(consortium, suspended, administrator, people, refused):
    with refused("AccountTaken", people.adviser.address, suspended):
        consortium.addAccount(3, people.adviser, administrator)


def test_adds(consortium, administrator, spare, people, events):
    tx = consortium.addAccount(2, spare, administrator)
    assert events(tx) == [("AccountAdded", {"member": 2, "account": spare, "administrator": people.administrator})]
    assert consortium.memberOf(spare) == consortium.memberOf(people.adviser) == 2


def test_adds_to_a_suspended_member(consortium, suspended, administrator, spare):
    consortium.addAccount(suspended, spare, administrator)
    assert consortium.memberOf(spare) == suspended
    assert not consortium.isActive(suspended)


def test_adds_an_account_removed_from_another_member(consortium, administrator, people):
    consortium.removeAccount(2, people.adviser, administrator)
    consortium.addAccount(3, people.adviser, administrator)
    assert consortium.memberOf(people.adviser) == 3


def test_the_administrators_account_may_act_for_a_member(consortium, administrator, people):
    consortium.addAccount(1, people.administrator, administrator)
    assert consortium.memberOf(people.administrator) == 1
    assert consortium.defaultAdmin() == people.administrator
