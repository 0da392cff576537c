"""audit.history: a fold that asks the rules before every event.

When an event is one that no call could have recorded there    ImpossibleEvent, which names it and the rule
When the message is another, or another's                      ImpossibleEvent: NotSignedByConsent
When a rejected item was one that is to be recorded            ImpossibleEvent
Given a history that the rules allow                           the state that replay makes of it
"""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from jamjar.audit.findings import rule_of
from jamjar.audit.history import ImpossibleEvent, LedgerHistory
from jamjar.model.decision import SignedBy
from jamjar.model.replay import emitted, replay
from jamjar.model.state import NOBODY, Emitted
from jamjar.protocol.settings import DAY
from jamjar.protocol.typed_data import Commit, Pause
from tests.unit.audit import made
from tests.unit.audit.made import (
    CARRIER,
    CONFIRMED,
    CONSENTS,
    DEPLOYMENT,
    DESK,
    EXECUTED,
    GOVERNANCE,
    GRANTED,
    NEXT,
    ROOTS,
    SCHEDULED,
    START,
    USED,
    WITHDRAWN,
    event,
    history,
)

C, OTHER, ROOT = CONSENTS[0], CONSENTS[1], ROOTS[0]
COMMITTED = Emitted("Committed", (C, CARRIER, ROOT))


@pytest.mark.parametrize(
    ("before", "told", "now", "why", "rule"),
    [
        ([], USED, 100, "NotTheRecipient", "impossible-order"),
        ([GRANTED], USED, 201, "ConsentNotLive", "not-live"),
        ([GRANTED], USED, 151, "ConsentNotLive", "not-live"),
        ([GRANTED, USED], replace(USED, arguments=(*USED.arguments[:4], 2)), 100, "ConsentExhausted", "not-live"),
        ([GRANTED], replace(USED, arguments=(*USED.arguments[:4], 2)), 100, "NotWhatTheRulesRecord",
         "impossible-order"),
        ([GRANTED, WITHDRAWN], COMMITTED, 100, "ConsentNotLive", "not-live"),
        ([GRANTED, COMMITTED], COMMITTED, 100, "RootUnchanged", "impossible-order"),
        ([GRANTED, WITHDRAWN], WITHDRAWN, 100, "ConsentNotOpen", "impossible-order"),
        ([GRANTED], GRANTED, 100, "ConsentExists", "impossible-order"),
        ([], replace(GRANTED, arguments=(C, 1, *GRANTED.arguments[2:])), 100, "RecipientNotActiveAdviser",
         "impossible-order"),
        ([GRANTED], Emitted("ConsentPaused", (C, CARRIER, 1)), 100, "SequenceMismatch", "impossible-order"),
        ([GRANTED], Emitted("ConsentResumed", (C, CARRIER, 0)), 100, "ConsentNotPaused", "impossible-order"),
        ([GRANTED], Emitted("AdviceRecorded", (C, 2, CARRIER, ROOT, ROOT)), 100, "NotTheRecipient",
         "impossible-order"),
        ([], Emitted("AdviceAcknowledged", (C, CARRIER, ROOT, ROOT)), 100, "AdviceUnknown", "impossible-order"),
        ([], Emitted("ConsentWithdrawn", (NOBODY, CARRIER)), 100, "MessageInvalid", "impossible-order"),
        ([], Emitted("MemberAdmitted", (3, "Name", DESK)), 100, "AccessControlUnauthorizedAccount", "not-governed"),
        ([], Emitted("MemberAdmitted", (3, "Name", GOVERNANCE)), 100, "NotExecuted", "not-governed"),
        ([], CONFIRMED, 100, "NotExecuted", "not-governed"),
        ([], Emitted("MemberSuspended", (2, 1, 14 * DAY + 101, CARRIER)), 100, "NotWhatTheRulesRecord",
         "impossible-order"),
        ([], Emitted("MemberSuspended", (1, 1, 14 * DAY + 100, DESK)), 100, "NotOfTheCouncil", "not-governed"),
        ([], Emitted("MemberSuspended", (2, 5, 14 * DAY + 100, CARRIER)), 100, r"\(\)", "impossible-order"),
        ([], Emitted("AccountAdded", (1, NEXT, CARRIER)), 100, "AccountNotOffered", "not-governed"),
        ([], Emitted("AccountAdded", (1, NEXT, NEXT)), 100, "AccountNotOffered", "not-governed"),
        ([], Emitted("MemberRenamed", (2, "Carrier", DESK)), 100, r"NameTaken\(1\)", "impossible-order"),
        ([SCHEDULED], EXECUTED, 100, "NotExecuted", "not-governed"),
        ([SCHEDULED], SCHEDULED, 100, "TimelockUnexpectedOperationState", "impossible-order"),
        ([], replace(SCHEDULED, arguments=(*SCHEDULED.arguments[:-1], 7 * DAY - 1)), 100,
         "TimelockInsufficientDelay", "impossible-order"),
        ([], Emitted("Cancelled", (ROOT,)), 100, "TimelockUnexpectedOperationState", "impossible-order"),
        ([], Emitted("MinDelayChange", (7 * DAY, 1)), 100, "DelayFixed", "not-governed"),
    ],
)  # fmt: skip
def test_what_cannot_have_happened(before, told, now, why, rule):
    tried = history(*before)
    with pytest.raises(ImpossibleEvent, match=f"{told.name} in log 0 of block 77 .*{why}") as impossible:
        tried.add(event(told, 77), now)
    assert impossible.value.event == event(told, 77)
    assert rule_of(impossible.value.refused.name) == rule
    after = replay(START, [*made.admitted(), *before], 100)
    assert tried.state == replay(after, [told], now)  # the contracts hold it now


@pytest.mark.parametrize(
    "signed",
    [
        SignedBy(Commit(C, ROOT, bytes(32)), OTHER),
        SignedBy(Commit(C, ROOT, bytes(32)), ""),
        SignedBy(Commit(C, ROOT, ROOTS[1]), C),
        SignedBy(Commit(OTHER, ROOT, bytes(32)), C),
        SignedBy(Pause(C, 0), C),
    ],
)
def test_what_was_not_signed(signed):
    with pytest.raises(ImpossibleEvent, match="NotSignedByConsent"):
        history(GRANTED).add(event(COMMITTED, 77), 100, signed)
    history(GRANTED).add(event(COMMITTED, 77), 100, SignedBy(Commit(C, ROOT, bytes(32)), C))


def test_what_was_rejected():
    rejected = event(Emitted("CommitmentRejected", (C, CARRIER, 0, b"")), 77)
    history(GRANTED).add(rejected, 100)
    history(GRANTED).add(rejected, 100, SignedBy(Commit(C, ROOT, ROOTS[1]), C))
    with pytest.raises(ImpossibleEvent, match="NothingAgainstTheItem"):
        history(GRANTED).add(rejected, 100, SignedBy(Commit(C, ROOT, bytes(32)), C))
    with pytest.raises(ImpossibleEvent, match="NotTheItem"):
        history(GRANTED).add(rejected, 100, SignedBy(Commit(OTHER, ROOT, bytes(32)), C))


@settings(max_examples=150)
@given(made.histories())
def test_what_the_rules_allow(told):
    tried, state = LedgerHistory(DEPLOYMENT, START), START
    for events, now in told:
        made.add(tried, events, now)
        state = replay(state, [emitted(each) for each in events], now)
    assert tried.state == state
    assert tried.is_founded
