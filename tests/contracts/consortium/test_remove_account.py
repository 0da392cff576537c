"""removeAccount: an account no longer acts for the caller's member, or is no longer offered to.

When the caller acts for no member ... it reverts with NotAMember
When the account is the caller's, be it the last ... it reverts with AccountIsOwn
When the account acts for another member, or for none, or is zero ... it reverts with AccountNotOfMember
Otherwise
    it acts for no member, others go on, and it says so
    Given it was only offered ... the offer is taken back
    Given it is one that acts and another offers ... only what is the caller's ends
    Given the member is suspended ... it removes as ever
"""

import pytest

ZERO = "0x" + 40 * "0"


@pytest.mark.parametrize("who", ["stranger", "founder"])
def test_reverts_when_not_a_member(who, consortium, people, refused):
    account = getattr(people, who)
    with refused("NotAMember", account.address):
        consortium.removeAccount(people.adviser, {"from": account})


def test_reverts_when_it_is_the_governance(system, governing, people, refused):
    with refused("NotAMember", system.governance.address):
        governing("removeAccount", people.adviser)


@pytest.mark.parametrize("others", [False, True], ids=["the last", "one of two"])
def test_reverts_when_its_own(others, consortium, governing, people, spare, adviser, refused):
    if others:
        governing.join(2, spare)
    with refused("AccountIsOwn", people.adviser.address):
        consortium.removeAccount(people.adviser, adviser)


@pytest.mark.parametrize("who", ["other_adviser", "sponsor", "stranger"])
def test_reverts_when_the_account_is_not_the_members(who, consortium, people, adviser, refused):
    account = getattr(people, who)
    with refused("AccountNotOfMember", account.address, 2):
        consortium.removeAccount(account, adviser)


def test_reverts_when_the_account_is_zero(consortium, adviser, refused):
    with refused("AccountNotOfMember", ZERO, 2):
        consortium.removeAccount(ZERO, adviser)


def test_reverts_when_another_offers_it(consortium, people, spare, adviser, refused):
    consortium.offerAccount(spare, {"from": people.other_adviser})
    with refused("AccountNotOfMember", spare.address, 2):
        consortium.removeAccount(spare, adviser)
    assert consortium.isOffered(3, spare)


def test_reverts_when_removed_already(consortium, governing, people, spare, refused):
    governing.leave(2, spare)
    with refused("AccountNotOfMember", people.adviser.address, 2):
        consortium.removeAccount(people.adviser, {"from": spare})


@pytest.mark.parametrize("standing", ["active", "suspended"])
def test_removes(standing, consortium, governing, people, spare, events):
    governing.join(2, spare)
    if standing == "suspended":
        governing.suspend(2)
    tx = consortium.removeAccount(people.adviser, {"from": spare})
    assert events(tx) == [("AccountRemoved", {"member": 2, "account": people.adviser, "by": spare})]
    assert (consortium.memberOf(people.adviser), consortium.memberOf(spare)) == (0, 2)


def test_takes_an_offer_back(consortium, people, spare, adviser, events):
    consortium.offerAccount(spare, adviser)
    tx = consortium.removeAccount(spare, adviser)
    assert events(tx) == [("AccountRemoved", {"member": 2, "account": spare, "by": people.adviser})]
    assert not consortium.isOffered(2, spare)


def test_takes_an_offer_back_from_anothers_account(consortium, people, spare, adviser):
    """The account acts for member 3 by now, and goes on doing so."""
    for member in (2, 3):
        consortium.offerAccount(spare, {"from": people[member]})
    consortium.acceptAccount(3, {"from": spare})
    consortium.removeAccount(spare, adviser)
    assert consortium.memberOf(spare) == 3
    assert not consortium.isOffered(2, spare)


def test_two_that_remove_each_other_leave_one(consortium, governing, people, spare, adviser, refused):
    governing.join(2, spare)
    consortium.removeAccount(people.adviser, {"from": spare})
    with refused("NotAMember", people.adviser.address):
        consortium.removeAccount(spare, adviser)
    with refused("AccountIsOwn", spare.address):
        consortium.removeAccount(spare, {"from": spare})
