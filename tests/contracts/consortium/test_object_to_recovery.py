"""objectToRecovery: a member ends the recovery that the council proposed for it.

When the caller acts for no member, be it the account proposed ... it reverts with NotAMember
Given none is proposed for the caller's member ... it reverts with RecoveryUnknown
Otherwise, at any time until it is completed, suspended or not
    the recovery is over, the account completes nothing, and it says so
    Given the council proposes again ... it objects again
"""

import pytest

from jamjar.protocol.settings import DAY

ZERO = "0x" + 40 * "0"
FORTNIGHT = 14 * DAY


@pytest.fixture
def ready_at(consortium, council, spare):
    """A recovery of member 2 to the spare account is proposed; from when on it can be completed."""
    consortium.proposeRecovery(2, spare, council)
    return consortium.recoveryOf(2)["readyAt"]


def test_reverts_when_not_a_member(consortium, ready_at, people, spare, refused):
    for account in (people.stranger, people.founder, spare):
        with refused("NotAMember", account.address):
            consortium.objectToRecovery({"from": account})


@pytest.mark.parametrize(("who", "member"), [("other_adviser", 3), ("sponsor", 4), ("auditor", 5)])
def test_reverts_when_it_is_anothers(who, member, consortium, ready_at, people, refused):
    with refused("RecoveryUnknown", member, ZERO):
        consortium.objectToRecovery({"from": getattr(people, who)})


def test_reverts_when_none_is_proposed(consortium, adviser, refused):
    with refused("RecoveryUnknown", 2, ZERO):
        consortium.objectToRecovery(adviser)


@pytest.mark.parametrize("standing", ["active", "suspended", "suspended by the governance"])
@pytest.mark.parametrize("after", [1, FORTNIGHT - 1, FORTNIGHT, 2 * FORTNIGHT - 1, 3 * FORTNIGHT])
def test_objects(after, standing, consortium, claimants, governing, council, people, adviser, spare, events, refused):
    if standing == "suspended":
        governing.suspend(2)
    elif standing != "active":
        governing("suspend", 2, 1)
    proposed = consortium.proposeRecovery(2, spare, council).timestamp
    with claimants.at(proposed + after):
        tx = consortium.objectToRecovery(adviser)
    assert events(tx) == [("RecoveryObjected", {"member": 2, "account": spare, "by": people.adviser})]
    assert consortium.recoveryOf(2) == (ZERO, 0)
    with refused("RecoveryUnknown", 2, spare.address):
        consortium.completeRecovery(2, {"from": spare})


def test_objects_by_any_of_its_accounts(consortium, ready_at, governing, people, events):
    governing.join(2, people.stranger)
    consortium.objectToRecovery({"from": people.stranger})
    assert consortium.recoveryOf(2) == (ZERO, 0)


def test_objects_again_and_again(consortium, council, adviser, spare):
    for _ in range(3):
        consortium.proposeRecovery(2, spare, council)
        consortium.objectToRecovery(adviser)
    assert consortium.recoveryOf(2) == (ZERO, 0)


def test_reverts_when_objected_already(consortium, ready_at, adviser, refused):
    consortium.objectToRecovery(adviser)
    with refused("RecoveryUnknown", 2, ZERO):
        consortium.objectToRecovery(adviser)
