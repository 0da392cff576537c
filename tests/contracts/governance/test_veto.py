"""cancel: an account of any active member vetoes a proposal.

When it is nobody's account, a founder's that is no member, or a suspended or removed one's ... it reverts
Given it was not proposed, was vetoed already, or executed ... it reverts with TimelockUnexpectedOperationState
Otherwise, until it is executed ... it is as if it had never been proposed, and can be proposed again
"""

import pytest

from jamjar.protocol.settings import DAY

UNSET, WAITING, READY, DONE = range(4)
MEMBERS = ["operator", "adviser", "other_adviser", "sponsor", "auditor"]


@pytest.mark.parametrize("who", ["stranger", "founder"])
def test_reverts_when_not_a_member(who, governance, proposed, people, unauthorized):
    account = getattr(people, who)
    with unauthorized(account, "CANCELLER_ROLE"):
        governance.cancel(proposed, {"from": account})
    assert governance.isOperationPending(proposed)


def test_reverts_when_suspended(governance, governing, proposed, people, unauthorized):
    governing.suspend(2)
    with unauthorized(people.adviser, "CANCELLER_ROLE"):
        governance.cancel(proposed, {"from": people.adviser})


def test_reverts_when_the_account_was_removed(governance, governing, proposed, people, spare, unauthorized):
    governing.leave(2, spare)
    with unauthorized(people.adviser, "CANCELLER_ROLE"):
        governance.cancel(proposed, {"from": people.adviser})
    governance.cancel(proposed, {"from": spare})


def test_reverts_when_not_proposed(governance, people, unexpected):
    for identifier in (bytes(32), b"\x01" * 32):
        with unexpected(identifier, WAITING, READY):
            governance.cancel(identifier, {"from": people.adviser})


def test_reverts_when_executed(governance, governing, operation, proposed, people, unexpected):
    governing.wait(7 * DAY)
    governing.execute(operation)
    with unexpected(proposed, WAITING, READY):
        governance.cancel(proposed, {"from": people.operator})


@pytest.mark.parametrize("after", [1, 7 * DAY, 300 * DAY], ids=["waiting", "ready", "long ready"])
@pytest.mark.parametrize("who", MEMBERS)
def test_vetoes(who, after, governance, governing, operation, proposed, people, events, unexpected):
    governing.wait(after)
    tx = governance.cancel(proposed, {"from": getattr(people, who)})
    assert events(tx) == [("Cancelled", {"id": "0x" + proposed.hex()})]
    assert governance.getOperationState(proposed) == UNSET
    governing.wait(7 * DAY)
    with unexpected(proposed, READY):
        governing.execute(operation)
    with unexpected(proposed, WAITING, READY):
        governance.cancel(proposed, {"from": people.operator})


def test_is_proposed_again(governance, governing, operation, proposed, people, system):
    governance.cancel(proposed, {"from": people.adviser})
    governing.propose(operation)
    governing.wait(7 * DAY)
    governing.execute(operation)
    assert not system.consortium.isActive(2)


def test_nobody_holds_the_role_by_name(governance, people, system):
    """CANCELLER_ROLE is what the consortium says: of every account of an active member, and of no other."""
    role = governance.CANCELLER_ROLE()
    holders = [who for who in people._fields if governance.hasRole(role, getattr(people, who))]
    assert holders == MEMBERS
    assert not governance.hasRole(role, "0x" + 40 * "0")
    assert not governance.hasRole(role, system.consortium.seatOf(2))
