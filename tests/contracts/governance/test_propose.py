"""schedule, scheduleBatch: a founder proposes.

When another than a founder proposes, as a member, one of the council, or nobody ... it reverts
When the delay is below the governance's ... it reverts with TimelockInsufficientDelay
Given the same was proposed, or executed ... it reverts with TimelockUnexpectedOperationState
When a batch has no call ... it reverts with ProposalEmpty
When a batch's lists differ in length ... it reverts with TimelockInvalidOperationLength
Otherwise ... the proposal waits for its delay, and everyone sees what it is
"""

import pytest

from jamjar.protocol.settings import DAY

UNSET, WAITING, READY, DONE = range(4)


@pytest.mark.parametrize("who", ["stranger", "operator", "sponsor", "auditor"])
def test_reverts_when_not_a_founder(who, governance, governing, operation, people, unauthorized):
    account = getattr(people, who)
    with unauthorized(account, "PROPOSER_ROLE"):
        governing.propose(operation, by=account)
    batch = [operation.target], [0], [operation.data], bytes(32), bytes(32), 7 * DAY
    with unauthorized(account, "PROPOSER_ROLE"):
        governance.scheduleBatch(*batch, {"from": account})


@pytest.mark.parametrize("delay", [0, 7 * DAY - 1])
def test_reverts_when_too_soon(delay, governing, operation, refused):
    with refused("TimelockInsufficientDelay", delay, 7 * DAY):
        governing.propose(operation, delay=delay)


def test_reverts_when_proposed_already(governing, operation, proposed, unexpected):
    with unexpected(proposed, UNSET):
        governing.propose(operation)


def test_reverts_when_executed_already(governing, operation, proposed, unexpected):
    governing.wait(7 * DAY)
    governing.execute(operation)
    with unexpected(proposed, UNSET):
        governing.propose(operation)


def test_reverts_when_the_lists_differ(governance, people, operation, refused):
    batch = [operation.target], [0, 0], [operation.data], bytes(32), bytes(32), 7 * DAY
    with refused("TimelockInvalidOperationLength", 1, 1, 2):
        governance.scheduleBatch(*batch, {"from": people.founder})


@pytest.mark.parametrize(("values", "payloads"), [([], []), ([0], [b""])])
@pytest.mark.parametrize("who", ["founder", "stranger"])
def test_reverts_when_empty(who, values, payloads, governance, governing, people, refused, unexpected):
    """It would emit no event, and so be executed without anyone having seen it."""
    batch = [], values, payloads, bytes(32), bytes(32)
    with refused("ProposalEmpty"):
        governance.scheduleBatch(*batch, 7 * DAY, {"from": getattr(people, who)})
    governing.wait(7 * DAY)
    if not values:
        with unexpected(bytes(governance.hashOperationBatch(*batch)), READY):
            governance.executeBatch(*batch, {"from": people.stranger})


@pytest.mark.parametrize("delay", [7 * DAY, 7 * DAY + 1, 400 * DAY])
def test_proposes(delay, governance, operation, people, events):
    tx = governance.schedule(*operation, delay, {"from": people.founder})
    identifier = governance.hashOperation(*operation)
    scheduled = {"id": identifier, "index": 0, "target": operation.target, "value": 0, "data": operation.data}
    assert events(tx) == [
        ("CallScheduled", scheduled | {"predecessor": "0x" + 64 * "0", "delay": delay}),
        ("CallSalt", {"id": identifier, "salt": "0x" + operation.salt.hex()}),
    ]
    assert governance.getTimestamp(identifier) == tx.timestamp + delay
    assert governance.getOperationState(identifier) == WAITING
    assert governance.isOperation(identifier)
    assert governance.isOperationPending(identifier)
    assert not governance.isOperationReady(identifier)
    assert not governance.isOperationDone(identifier)


def test_proposes_a_batch(governance, governing, system, people, events):
    calls = [governing.operation("suspend", member, 1) for member in (2, 3)]
    batch = [each.target for each in calls], [0, 0], [each.data for each in calls], bytes(32), bytes(32)
    tx = governance.scheduleBatch(*batch, 7 * DAY, {"from": people.founder})
    assert [name for name, _ in events(tx)] == ["CallScheduled"] * 2
    governing.wait(7 * DAY)
    governance.executeBatch(*batch, {"from": people.stranger})
    assert [system.consortium.isActive(member) for member in range(1, 6)] == [True, False, False, True, True]
    assert governance.isOperationDone(governance.hashOperationBatch(*batch))
