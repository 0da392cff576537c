"""proposeRecovery: the council proposes an account for a member that lost all its keys.

When the caller is no account of an active member of the council, be it the governance ... NotOfTheCouncil
When the number is no member's ... it reverts with MemberUnknown
When the account is zero, or acts for a member ... it reverts with AccountTaken
Otherwise
    it says from when on the account can complete it, and nothing else changes
    Given one was proposed before ... the new one takes its place, and waits from the start
    Given the member is suspended, or has an offer of its own to the account ... it is proposed as ever
"""

import pytest

from jamjar.protocol.settings import DAY

ZERO = "0x" + 40 * "0"
FORTNIGHT = 14 * DAY


@pytest.mark.parametrize("who", ["stranger", "operator", "adviser", "founder"])
def test_reverts_when_not_of_the_council(who, consortium, people, spare, refused):
    account = getattr(people, who)
    with refused("NotOfTheCouncil", account.address):
        consortium.proposeRecovery(2, spare, {"from": account})


def test_reverts_when_suspended_itself(consortium, people, council, spare, refused):
    consortium.suspend(5, 1, council)
    with refused("NotOfTheCouncil", people.auditor.address):
        consortium.proposeRecovery(2, spare, {"from": people.auditor})


def test_reverts_when_it_is_the_governance(system, governing, spare, refused):
    with refused("NotOfTheCouncil", system.governance.address):
        governing("proposeRecovery", 2, spare)


@pytest.mark.parametrize("member", [0, 6, 2**32 - 1])
def test_reverts_when_no_member(member, consortium, council, spare, refused):
    with refused("MemberUnknown", member):
        consortium.proposeRecovery(member, spare, council)


@pytest.mark.parametrize(("who", "member"), [("adviser", 2), ("other_adviser", 3), ("sponsor", 4)])
def test_reverts_when_the_account_is_a_members(who, member, consortium, people, council, refused):
    account = getattr(people, who)
    with refused("AccountTaken", account.address, member):
        consortium.proposeRecovery(2, account, council)


def test_reverts_when_the_account_is_zero(consortium, council, refused):
    with refused("AccountTaken", ZERO, 0):
        consortium.proposeRecovery(2, ZERO, council)


@pytest.mark.parametrize("standing", ["active", "suspended", "offering"])
def test_proposes(standing, consortium, people, governing, council, adviser, spare, events):
    if standing == "suspended":
        governing.suspend(2)
    if standing == "offering":
        consortium.offerAccount(spare, adviser)
    before = consortium.getMember(2)
    tx = consortium.proposeRecovery(2, spare, council)
    ready_at = tx.timestamp + FORTNIGHT
    proposed = {"member": 2, "account": spare, "readyAt": ready_at, "by": people.sponsor}
    assert events(tx) == [("RecoveryProposed", proposed)]
    assert consortium.recoveryOf(2) == (spare, ready_at)
    assert consortium.recoveryOf(3) == (ZERO, 0)
    assert consortium.memberOf(spare) == 0
    assert consortium.getMember(2) == before


def test_takes_the_place_of_another(consortium, claimants, people, council, spare, refused):
    first = consortium.proposeRecovery(2, spare, council).timestamp
    with claimants.at(first + FORTNIGHT - 1):
        consortium.proposeRecovery(2, people.stranger, {"from": people.auditor})
    assert consortium.recoveryOf(2) == (people.stranger, first + 2 * FORTNIGHT - 1)
    with refused("RecoveryUnknown", 2, spare.address):
        consortium.completeRecovery(2, {"from": spare})


def test_the_same_again_waits_from_the_start(consortium, governing, council, spare, refused):
    consortium.proposeRecovery(2, spare, council)
    governing.wait(FORTNIGHT)
    again = consortium.proposeRecovery(2, spare, council).timestamp
    with refused("RecoveryNotReady", 2, again + FORTNIGHT, again + 2 * FORTNIGHT):
        consortium.completeRecovery(2, {"from": spare})
