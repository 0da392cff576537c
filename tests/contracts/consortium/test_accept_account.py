"""acceptAccount: an account acts for a member that offers it to.

When nobody offered, another member did, another account was offered, or the offer was taken back or used
    ... it reverts with AccountNotOffered
Given it acts for a member meanwhile, this one or another ... it reverts with AccountTaken
Otherwise
    it acts for the member at once, with the same powers, and it says so
    Given the member is suspended ... it acts, with as few powers
"""

import pytest


@pytest.fixture
def offered(consortium, spare, adviser):
    consortium.offerAccount(spare, adviser)
    return spare


@pytest.mark.parametrize("member", [0, 2, 6, 2**32 - 1])
def test_reverts_when_nobody_offered(member, consortium, people, stranger, refused):
    with refused("AccountNotOffered", people.stranger.address, member):
        consortium.acceptAccount(member, stranger)


@pytest.mark.parametrize("member", [0, 1, 3, 2**32 - 1])
def test_reverts_when_another_offered(member, consortium, offered, refused):
    with refused("AccountNotOffered", offered.address, member):
        consortium.acceptAccount(member, {"from": offered})


@pytest.mark.parametrize("who", ["stranger", "adviser", "other_adviser"])
def test_reverts_when_another_account_was_offered(who, consortium, offered, people, refused):
    account = getattr(people, who)
    with refused("AccountNotOffered", account.address, 2):
        consortium.acceptAccount(2, {"from": account})


def test_reverts_when_taken_back(consortium, offered, adviser, refused):
    consortium.removeAccount(offered, adviser)
    with refused("AccountNotOffered", offered.address, 2):
        consortium.acceptAccount(2, {"from": offered})


def test_reverts_when_accepted_and_removed(consortium, offered, adviser, refused):
    """An offer is used once: who was put out does not come back by it."""
    consortium.acceptAccount(2, {"from": offered})
    with refused("AccountNotOffered", offered.address, 2):
        consortium.acceptAccount(2, {"from": offered})
    consortium.removeAccount(offered, adviser)
    with refused("AccountNotOffered", offered.address, 2):
        consortium.acceptAccount(2, {"from": offered})


def test_reverts_when_it_acts_for_another_meanwhile(consortium, offered, people, refused):
    consortium.offerAccount(offered, {"from": people.other_adviser})
    consortium.acceptAccount(3, {"from": offered})
    with refused("AccountTaken", offered.address, 3):
        consortium.acceptAccount(2, {"from": offered})
    assert consortium.isOffered(2, offered)


def test_an_older_offer_stands_when_it_is_free_again(consortium, offered, people):
    """Until the member takes it back, which it can."""
    consortium.offerAccount(offered, {"from": people.other_adviser})
    consortium.acceptAccount(3, {"from": offered})
    consortium.removeAccount(offered, {"from": people.other_adviser})
    consortium.acceptAccount(2, {"from": offered})
    assert consortium.memberOf(offered) == 2


@pytest.mark.parametrize("standing", ["active", "suspended"])
def test_accepts(standing, consortium, offered, governing, events):
    if standing == "suspended":
        governing.suspend(2)
    tx = consortium.acceptAccount(2, {"from": offered})
    assert events(tx) == [("AccountAdded", {"member": 2, "account": offered, "by": offered})]
    assert consortium.memberOf(offered) == 2
    assert not consortium.isOffered(2, offered)
    consortium.changeEncryptionKey(b"n" * 32, {"from": offered})


def test_powers_are_the_members(system, claimants, offered, governing, refused):
    system.consortium.acceptAccount(2, {"from": offered})
    system.consents.grant(claimants.grant(claimants.key()), {"from": offered})
    governing.suspend(2)
    with refused("CarrierNotActiveMember", offered.address):
        system.consents.grant(claimants.grant(claimants.key()), {"from": offered})
