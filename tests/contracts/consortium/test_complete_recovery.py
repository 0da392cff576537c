"""completeRecovery, lapseRecovery: the account that was proposed acts for the member, or the proposal lapses.

When none is proposed, or another account was, or the member objected
    ... completing reverts with RecoveryUnknown and the caller, lapsing with RecoveryUnknown and zero
When it is completed before its delay has passed, or as long again after that ... it reverts with RecoveryNotReady
When it is completed in between
    Given the account acts for a member meanwhile ... it reverts with AccountTaken
    Otherwise ... the account acts for the member, beside those it has, and it says so
When it is to lapse earlier ... it reverts with RecoveryNotLapsed
When it is to lapse later ... it does, whoever calls, and it says so
"""

import brownie
import pytest

from jamjar.protocol.settings import DAY

ZERO = "0x" + 40 * "0"
FORTNIGHT = 14 * DAY
COMPLETED = ["RecoveryCompleted", "AccountAdded"]


@pytest.fixture
def ready_at(consortium, council, spare):
    """A recovery of member 2 to the spare account is proposed; from when on it can be completed."""
    consortium.proposeRecovery(2, spare, council)
    return consortium.recoveryOf(2)["readyAt"]


@pytest.mark.parametrize("member", [0, 3, 6, 2**32 - 1])
def test_reverts_when_none_is_proposed(member, consortium, ready_at, spare, refused):
    with refused("RecoveryUnknown", member, spare.address):
        consortium.completeRecovery(member, {"from": spare})
    with refused("RecoveryUnknown", member, ZERO):
        consortium.lapseRecovery(member, {"from": spare})


@pytest.mark.parametrize("member", [0, 3, 6])
def test_reverts_when_none_is_proposed_and_nobody_calls(member, consortium, ready_at, refused):
    """The zero address signs nothing, but a node answers a call from it; no recovery is not one to it."""
    nobody = brownie.accounts.at(ZERO, force=True)
    with refused("RecoveryUnknown", member, ZERO):
        consortium.completeRecovery.call(member, {"from": nobody})


@pytest.mark.parametrize("who", ["stranger", "adviser", "sponsor", "founder"])
def test_reverts_when_another_account_was_proposed(who, consortium, ready_at, claimants, people, refused):
    account = getattr(people, who)
    with refused("RecoveryUnknown", 2, account.address), claimants.at(ready_at):
        consortium.completeRecovery(2, {"from": account})


def test_reverts_when_objected(consortium, ready_at, claimants, adviser, spare, refused):
    consortium.objectToRecovery(adviser)
    with refused("RecoveryUnknown", 2, spare.address), claimants.at(ready_at):
        consortium.completeRecovery(2, {"from": spare})
    with refused("RecoveryUnknown", 2, ZERO):
        consortium.lapseRecovery(2, {"from": spare})


@pytest.mark.parametrize("after", [1 - FORTNIGHT, -1, FORTNIGHT, FORTNIGHT + 1, 300 * FORTNIGHT])
def test_reverts_when_not_ready(after, consortium, ready_at, claimants, spare, refused):
    with refused("RecoveryNotReady", 2, ready_at, ready_at + FORTNIGHT), claimants.at(ready_at + after):
        consortium.completeRecovery(2, {"from": spare})
    assert consortium.memberOf(spare) == 0


@pytest.mark.parametrize("after", [0, 1, FORTNIGHT - 1])
def test_completes(after, consortium, ready_at, claimants, people, spare, events):
    with claimants.at(ready_at + after):
        tx = consortium.completeRecovery(2, {"from": spare})
    assert events(tx) == [
        ("RecoveryCompleted", {"member": 2, "account": spare}),
        ("AccountAdded", {"member": 2, "account": spare, "by": spare}),
    ]
    assert consortium.memberOf(spare) == consortium.memberOf(people.adviser) == 2
    assert consortium.recoveryOf(2) == (ZERO, 0)
    consortium.removeAccount(people.adviser, {"from": spare})


def test_reverts_when_completed_already(consortium, ready_at, claimants, spare, refused):
    with claimants.at(ready_at):
        consortium.completeRecovery(2, {"from": spare})
    with refused("RecoveryUnknown", 2, spare.address):
        consortium.completeRecovery(2, {"from": spare})


@pytest.mark.parametrize("member", [2, 3])
def test_reverts_when_the_account_is_taken_meanwhile(
    member, consortium, ready_at, governing, claimants, spare, refused
):
    governing.join(member, spare)
    with refused("AccountTaken", spare.address, member), claimants.at(ready_at):
        consortium.completeRecovery(2, {"from": spare})
    assert consortium.recoveryOf(2) == (spare, ready_at)


def test_completes_while_suspended(consortium, ready_at, governing, claimants, spare, events):
    governing.suspend(2)
    with claimants.at(ready_at):
        tx = consortium.completeRecovery(2, {"from": spare})
    assert [name for name, _ in events(tx)] == COMPLETED
    assert not consortium.isActive(2)


def test_completes_what_the_member_offers_too(consortium, ready_at, claimants, adviser, spare):
    consortium.offerAccount(spare, adviser)
    with claimants.at(ready_at):
        consortium.completeRecovery(2, {"from": spare})
    assert not consortium.isOffered(2, spare)


@pytest.mark.parametrize("after", [1 - FORTNIGHT, 0, FORTNIGHT - 1])
@pytest.mark.parametrize("who", ["stranger", "sponsor"])
def test_does_not_lapse_earlier(who, after, consortium, ready_at, claimants, people, refused):
    with refused("RecoveryNotLapsed", 2, ready_at + FORTNIGHT), claimants.at(ready_at + after):
        consortium.lapseRecovery(2, {"from": getattr(people, who)})


@pytest.mark.parametrize("after", [FORTNIGHT, FORTNIGHT + 1, 300 * FORTNIGHT])
@pytest.mark.parametrize("who", ["stranger", "sponsor", "adviser"])
def test_lapses(who, after, consortium, ready_at, claimants, people, spare, events, refused):
    account = getattr(people, who)
    with claimants.at(ready_at + after):
        tx = consortium.lapseRecovery(2, {"from": account})
    assert events(tx) == [("RecoveryLapsed", {"member": 2, "account": spare, "by": account})]
    assert consortium.recoveryOf(2) == (ZERO, 0)
    with refused("RecoveryUnknown", 2, ZERO):
        consortium.lapseRecovery(2, {"from": account})
