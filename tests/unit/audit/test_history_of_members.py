"""audit.history: the events that a call or a constructor must emit, one after another.

Given a proposal that is executed           its call's events, at its time and not before
When events of its call are others          ImpossibleEvent
When its id is that of another call         a sentence says so
When calls are executed in another order    ImpossibleEvent
When a call's last event is missing         a sentence says so
When it changes the delay, or a fixed role  ImpossibleEvent
When the constructors' events are others    ImpossibleEvent
Given they are read in parts                the same state
"""

from dataclasses import replace

import pytest

from jamjar.audit.findings import rule_of
from jamjar.audit.history import ImpossibleEvent, LedgerHistory
from jamjar.model.state import NOBODY, Emitted
from jamjar.protocol.roles import ADMINISTRATION, EXECUTOR
from jamjar.protocol.settings import DAY
from tests.unit.audit import made
from tests.unit.audit.made import (
    CARRIER,
    CONFIRMED,
    DEPLOYMENT,
    DESK,
    EXECUTED,
    GOVERNANCE,
    NEXT,
    ROOT,
    SCHEDULED,
    START,
    event,
    history,
    proposed,
)  # fmt: skip


def test_a_proposal_that_is_executed():
    early, tried = history(SCHEDULED), history(SCHEDULED)
    together = [event(CONFIRMED, 77), event(EXECUTED, 77)]
    made.add(tried, together, 100 + 7 * DAY)
    assert not tried.state.is_active(2)
    early.begin(together)
    early.add(together[0], 99 + 7 * DAY)
    with pytest.raises(ImpossibleEvent, match="TimelockUnexpectedOperationState"):
        early.add(together[1], 99 + 7 * DAY)


@pytest.mark.parametrize("told", [[EXECUTED], [replace(CONFIRMED, arguments=(1, 3, 0, GOVERNANCE)), EXECUTED]])
def test_a_proposal_with_other_events(told):
    tried, events = history(SCHEDULED), [event(each, 77) for each in told]
    tried.begin(events)
    with pytest.raises(ImpossibleEvent, match=r"EventMissing\(MemberSuspended\)|NotWhatTheRulesRecord"):
        tried.add(events[0], 100 + 7 * DAY)


@pytest.mark.parametrize(
    ("function", "arguments", "told", "why"),
    [
        ("grantRole", (EXECUTOR, DESK), ("RoleGranted", EXECUTOR, DESK, GOVERNANCE), "RoleFixed"),
        ("revokeRole", (EXECUTOR, NOBODY), ("RoleRevoked", EXECUTOR, NOBODY, GOVERNANCE), "RoleFixed"),
        ("renounceRole", (ADMINISTRATION, GOVERNANCE), ("RoleRevoked", ADMINISTRATION, GOVERNANCE, GOVERNANCE),
         "RoleFixed"),
        ("updateDelay", (1,), ("MinDelayChange", 7 * DAY, 1), "DelayFixed"),
    ],
)  # fmt: skip
def test_a_proposal_of_what_is_fixed(function, arguments, told, why):
    """It can be made and wait its time; that it was executed, with or without its event, is impossible."""
    name, call = proposed("Governance", function, *arguments)
    scheduled = Emitted("CallScheduled", (name, 0, *call, bytes(32), 7 * DAY))
    executed = event(Emitted("CallExecuted", (name, 0, *call)), 77)
    together = [event(Emitted(told[0], told[1:]), 77, GOVERNANCE), executed]
    for events in (together, [executed]):
        tried = history(scheduled)
        tried.begin(events)
        for each in events:
            with pytest.raises(ImpossibleEvent, match=f"{type(each).__name__} .*{why}") as impossible:
                tried.add(each, 100 + 7 * DAY)
            assert rule_of(impossible.value.refused.name) == "not-governed"


def test_a_proposal_of_another_call_than_its_id_says():
    tried, told = history(), replace(SCHEDULED, arguments=(ROOT, *SCHEDULED.arguments[1:]))
    tried.begin()
    tried.add(event(told, 77), 100)
    assert list(tried.end()) == [f"Proposal 0x{ROOT.hex()} calls something else than its id says."]


def test_calls_in_another_order():
    """Three calls of nobody's contract, which emits nothing."""
    calls = [(NEXT, 0, bytes([each])) for each in range(3)]
    tried, later = history(), 100 + 7 * DAY
    for n, call in enumerate(calls):
        tried.add(event(Emitted("CallScheduled", (ROOT, n, *call, bytes(32), 7 * DAY)), 77), 100)
    executed = [event(Emitted("CallExecuted", (ROOT, n, *calls[n])), 78) for n in (0, 2)]
    tried.begin(executed)
    tried.add(executed[0], later)
    with pytest.raises(ImpossibleEvent, match="CallsOutOfOrder"):
        tried.add(executed[1], later)


def test_a_call_without_the_rest_of_its_events():
    tried = history(Emitted("RecoveryProposed", (2, NEXT, 100 + 14 * DAY, CARRIER)))
    tried.begin()
    tried.add(event(Emitted("RecoveryCompleted", (2, NEXT)), 77), 100 + 14 * DAY)
    assert list(tried.end()) == ["RecoveryCompleted is not followed by AccountAdded."]


def test_another_founder_than_the_file_names():
    *rest, last = made.founded()
    tried = LedgerHistory(DEPLOYMENT, START)
    for each in rest:
        made.add(tried, [each], 100)
    with pytest.raises(ImpossibleEvent, match="NotAsDeployed"):
        tried.add(replace(last, account=NEXT), 100)
    with pytest.raises(ImpossibleEvent, match="NotAsDeployed"):
        LedgerHistory(DEPLOYMENT, START).add(rest[1], 100)


def test_two_deployers():
    *rest, last = made.founded()
    tried = LedgerHistory(DEPLOYMENT, START)
    for each in rest:
        made.add(tried, [each], 100)
    with pytest.raises(ImpossibleEvent, match="NotAsDeployed"):
        tried.add(replace(last, sender=CARRIER), 100)


def test_a_deployment_that_is_read_in_parts():
    events, state = made.founded(), START
    for seen, each in enumerate(events):
        tried = LedgerHistory(DEPLOYMENT, state, seen)
        tried.add(each, 100)
        state = tried.state
    assert state == history().state
