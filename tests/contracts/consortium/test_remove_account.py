"""removeAccount: an account no longer acts for a member.

When the caller is not the administrator ... it reverts with AccessControlUnauthorizedAccount
When the number is no member's ... it reverts with MemberUnknown
When the account acts for another member, or for none ... it reverts with AccountNotOfMember
Otherwise
    it acts for no member, others go on, and it says so
    Given it is the last ... the member stands, with nobody to act for it, until it has another
"""

import pytest

ZERO = "0x" + 40 * "0"


def test_reverts_when_not_the_administrator(consortium, not_administrator, people, unauthorized):
    with unauthorized(not_administrator):
        consortium.removeAccount(2, people.adviser, {"from": not_administrator})


@pytest.mark.parametrize("member", [0, 6])
def test_reverts_when_no_member(member, consortium, administrator, spare, refused):
    with refused("MemberUnknown", member):
        consortium.removeAccount(member, spare, administrator)


@pytest.mark.parametrize("who", ["other_adviser", "stranger"])
def test_reverts_when_the_account_is_not_the_members(who, consortium, administrator, people, refused):
    account = getattr(people, who)
    with refused("AccountNotOfMember", account.address, 2):
        consortium.removeAccount(2, account, administrator)


def test_reverts_when_the_account_is_zero(consortium, administrator, refused):
    with refused("AccountNotOfMember", ZERO, 2):
        consortium.removeAccount(2, ZERO, administrator)


def test_reverts_when_removed_already(consortium, administrator, people, refused):
    consortium.removeAccount(2, people.adviser, administrator)
    with refused("AccountNotOfMember", people.adviser.address, 2):
        consortium.removeAccount(2, people.adviser, administrator)


def test_removes(consortium, administrator, spare, people, events):
    consortium.addAccount(2, spare, administrator)
    tx = consortium.removeAccount(2, people.adviser, administrator)
    assert events(tx) == [
        ("AccountRemoved", {"member": 2, "account": people.adviser, "administrator": people.administrator})
    ]
    assert (consortium.memberOf(people.adviser), consortium.memberOf(spare)) == (0, 2)


def test_removes_the_last(consortium, administrator, people):
    consortium.removeAccount(2, people.adviser, administrator)
    assert consortium.isActiveAs(2, consortium.ADVISER())
    consortium.addAccount(2, people.adviser, administrator)
    assert consortium.memberOf(people.adviser) == 2


def test_removes_from_a_suspended_member(consortium, suspended, administrator, people):
    consortium.removeAccount(suspended, people.adviser, administrator)
    assert consortium.memberOf(people.adviser) == 0
