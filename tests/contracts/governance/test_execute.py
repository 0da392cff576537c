"""execute: anyone carries out a proposal whose delay has passed.

When it is early, was not proposed, or was executed ... it reverts with TimelockUnexpectedOperationState
When it waits for another that was not executed ... it reverts with TimelockUnexecutedPredecessor
When ether comes with it ... it reverts with EtherRefused
When the call reverts ... it reverts with the call's own error, or with FailedCall where it has none
When it is on time ... the call is made by the governance, once, whoever executes
"""

import pytest

from jamjar.protocol.settings import DAY

UNSET, WAITING, READY, DONE = range(4)


@pytest.mark.parametrize("early", [1, 7 * DAY - 1])
def test_reverts_when_early(early, governance, governing, operation, proposed, claimants, unexpected):
    due = governance.getTimestamp(proposed)
    with unexpected(proposed, READY), claimants.at(due - early):
        governing.execute(operation)


def test_reverts_when_not_proposed(governance, governing, operation, unexpected):
    with unexpected(bytes(governance.hashOperation(*operation)), READY):
        governing.execute(operation)


def test_reverts_when_it_is_another(governance, governing, operation, proposed, unexpected):
    governing.wait(7 * DAY)
    other = operation._replace(data=governing.operation("suspend", 3, 1).data)
    with unexpected(bytes(governance.hashOperation(*other)), READY):
        governing.execute(other)


@pytest.mark.parametrize("who", ["stranger", "founder", "operator", "adviser"])
@pytest.mark.parametrize("late", [0, 1, 300 * DAY])
def test_executes(late, who, governance, system, operation, proposed, claimants, people, events, unexpected):
    account, due = getattr(people, who), governance.getTimestamp(proposed)
    with claimants.at(due + late):
        tx = governance.execute(*operation, {"from": account})
    executed = {"id": "0x" + proposed.hex(), "index": 0, "target": operation.target, "value": 0, "data": operation.data}
    by = {"member": 2, "reason": 1, "lapsesAt": 0, "by": governance}
    assert events(tx) == [("MemberSuspended", by), ("CallExecuted", executed)]
    assert governance.getOperationState(proposed) == DONE
    with unexpected(proposed, READY):
        governance.execute(*operation, {"from": account})


def test_reverts_before_what_it_waits_for(governing, operation, proposed, refused):
    follows = governing.operation("reinstate", 2)._replace(predecessor=proposed)
    governing.propose(follows)
    governing.wait(7 * DAY)
    with refused("TimelockUnexecutedPredecessor", proposed):
        governing.execute(follows)
    governing.execute(operation)
    governing.execute(follows)


def test_reverts_as_the_call_does(governance, governing, refused):
    operation = governing.operation("reinstate", 2)
    identifier = governing.propose(operation)
    governing.wait(7 * DAY)
    with refused("MemberNotSuspended", 2):
        governing.execute(operation)
    assert governance.isOperationReady(identifier)


def test_reverts_when_there_is_no_such_function(governing, operation, refused):
    unknown = operation._replace(data="0xdeadbeef")
    governing.propose(unknown)
    governing.wait(7 * DAY)
    with refused("FailedCall"):
        governing.execute(unknown)


def test_a_batch_is_all_or_nothing(governance, governing, system, people, refused):
    calls = [governing.operation("suspend", 2, 1), governing.operation("reinstate", 3)]
    batch = [each.target for each in calls], [0, 0], [each.data for each in calls], bytes(32), bytes(32)
    governance.scheduleBatch(*batch, 7 * DAY, {"from": people.founder})
    governing.wait(7 * DAY)
    with refused("MemberNotSuspended", 3):
        governance.executeBatch(*batch, {"from": people.stranger})
    assert system.consortium.isActive(2)


def test_reverts_when_the_lists_of_a_batch_differ(governance, people, operation, refused):
    with refused("TimelockInvalidOperationLength", 1, 2, 1):
        governance.executeBatch([operation.target], [0], [b"", b""], bytes(32), bytes(32), {"from": people.stranger})


def test_reverts_with_ether(governance, governing, operation, people, refused):
    governing.propose(operation)
    governing.wait(7 * DAY)
    with refused("EtherRefused"):
        governance.execute(*operation, {"from": people.stranger, "value": 1})
    with refused("EtherRefused"):
        people.stranger.transfer(governance, 1, gas_price=0)
