"""offerAccount: a member offers an account to act for it.

When the caller acts for no member, as an account that was offered or removed ... it reverts with NotAMember
When the account is zero, or acts for a member, the caller's too ... it reverts with AccountTaken
Otherwise
    the account acts for nobody until it accepts, and it says so
    Given the offer stands, or another's offer does ... it stands as well
    Given the member is suspended ... it offers as ever
"""

import pytest

ZERO = "0x" + 40 * "0"


@pytest.mark.parametrize("who", ["stranger", "founder"])
def test_reverts_when_not_a_member(who, consortium, people, spare, refused):
    account = getattr(people, who)
    with refused("NotAMember", account.address):
        consortium.offerAccount(spare, {"from": account})


def test_reverts_when_it_is_the_governance(consortium, system, governing, spare, refused):
    with refused("NotAMember", system.governance.address):
        governing("offerAccount", spare)


def test_reverts_when_only_offered(consortium, people, spare, adviser, refused):
    consortium.offerAccount(spare, adviser)
    with refused("NotAMember", spare.address):
        consortium.offerAccount(people.stranger, {"from": spare})


def test_reverts_when_removed(consortium, governing, people, spare, adviser, refused):
    governing.leave(2, spare)
    with refused("NotAMember", people.adviser.address):
        consortium.offerAccount(people.stranger, adviser)


@pytest.mark.parametrize(("who", "member"), [("other_adviser", 3), ("adviser", 2)])
def test_reverts_when_the_account_is_a_members(who, member, consortium, people, adviser, refused):
    account = getattr(people, who)
    with refused("AccountTaken", account.address, member):
        consortium.offerAccount(account, adviser)


def test_reverts_when_the_account_is_zero(consortium, adviser, refused):
    with refused("AccountTaken", ZERO, 0):
        consortium.offerAccount(ZERO, adviser)


@pytest.mark.parametrize("standing", ["active", "suspended", "suspended by the governance"])
def test_offers(standing, consortium, governing, people, spare, adviser, events):
    if standing == "suspended":
        governing.suspend(2)
    elif standing != "active":
        governing("suspend", 2, 1)
    tx = consortium.offerAccount(spare, adviser)
    assert events(tx) == [("AccountOffered", {"member": 2, "account": spare, "by": people.adviser})]
    assert consortium.isOffered(2, spare)
    assert not consortium.isOffered(3, spare)
    assert consortium.memberOf(spare) == 0


def test_offers_again(consortium, people, spare, adviser, events):
    consortium.offerAccount(spare, adviser)
    assert events(consortium.offerAccount(spare, adviser)) != []
    assert consortium.isOffered(2, spare)


def test_offers_what_another_offered(consortium, people, spare, adviser):
    """Squatting on an address is of no use: it chooses itself whom to act for."""
    consortium.offerAccount(spare, {"from": people.other_adviser})
    consortium.offerAccount(spare, adviser)
    consortium.acceptAccount(2, {"from": spare})
    assert consortium.memberOf(spare) == 2
