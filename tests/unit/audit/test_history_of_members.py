"""audit.history: the events that a call or a constructor must emit, one after another.

Given a proposal that is executed           its call's events, at its time and not before
When events of its call are others          ImpossibleEvent
When the constructors' events are others    ImpossibleEvent
Given they are read in parts                the same state
"""

from dataclasses import replace

import pytest

from jamjar.audit.history import ImpossibleEvent, LedgerHistory
from jamjar.protocol.settings import DAY
from tests.unit.audit import made
from tests.unit.audit.made import CONFIRMED, DEPLOYMENT, EXECUTED, GOVERNANCE, NEXT, SCHEDULED, START, event, history


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


def test_another_founder_than_the_file_names():
    *rest, last = made.founded()
    tried = LedgerHistory(DEPLOYMENT, START)
    for each in rest:
        made.add(tried, [each], 100)
    with pytest.raises(ImpossibleEvent, match="NotAsDeployed"):
        tried.add(replace(last, account=NEXT), 100)
    with pytest.raises(ImpossibleEvent, match="NotAsDeployed"):
        LedgerHistory(DEPLOYMENT, START).add(rest[1], 100)


def test_a_deployment_that_is_read_in_parts():
    events, state = made.founded(), START
    for seen, each in enumerate(events):
        tried = LedgerHistory(DEPLOYMENT, state, seen)
        tried.add(each, 100)
        state = tried.state
    assert state == history().state
