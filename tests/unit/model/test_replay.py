"""replay: the state after events, from the events alone.

When an event is one of the contracts'      its change, and nothing else
When it records no change                   the state as it was
When no contract emits it                   InvalidInput
"""

from dataclasses import fields, replace
from typing import Any

import pytest

from jamjar.errors import InvalidInput
from jamjar.model.replay import UNCHANGING, emitted, replay
from jamjar.model.state import (
    DONE,
    AdviceStage,
    Consent,
    DeploymentRules,
    Emitted,
    LedgerState,
    Member,
    Proposal,
    Recovery,
    Stage,
    Standing,
)
from jamjar.protocol import event_decoding
from jamjar.protocol.abi import abi_of
from jamjar.protocol.deployment import CONTRACTS
from jamjar.protocol.events import Origin

C, SEAT, A, B = "0x" + "c" * 40, "0x" + "0" * 39 + "2", "0x" + "a" * 40, "0x" + "b" * 40
ROOT, ADVICE, ADVISER = b"r" * 32, b"a" * 32, b"A" * 32
RULES = DeploymentRules(frozenset({ADVISER}), ADVISER, 1000, 500, 9, 256)
START = LedgerState(RULES)
ABI = {e["name"]: e for name in CONTRACTS for e in abi_of(name) if e["type"] == "event"}
GRANTED = ("ConsentGranted", C, 2, A, 100, 200, 150, 3, ROOT)


def after(*events: tuple[Any, ...], state: LedgerState = START) -> LedgerState:
    return replay(state, [Emitted(name, tuple(arguments)) for name, *arguments in events])


@pytest.mark.parametrize("name", sorted(event_decoding.CLASSES))
def test_every_event_of_the_contracts_is_known(name: str) -> None:
    """P6.1: a change is there for every event but those that record none."""
    kinds = {"address": C, "bytes32": ROOT, "string": "Name", "bytes": b"key"}
    values = [kinds.get(argument["type"], 3) for argument in ABI[name]["inputs"]]
    plain = after(GRANTED)
    rich = after(
        ("RoleGranted", ROOT, C, C),
        ("AccountAdded", 3, C, C),
        ("AccountOffered", 3, C, C),
        ("RecoveryProposed", 3, C, 9, C),
        ("CallScheduled", ROOT, 0, C, 3, b"key", ROOT, 3),
    )
    changed = any(after((name, *values), state=state) != state for state in (plain, rich))
    assert changed == (name not in UNCHANGING)


def test_an_event_of_nobody() -> None:
    with pytest.raises(InvalidInput, match="Transfer"):
        after(("Transfer", A, B, 1))


@pytest.mark.parametrize("name", sorted(event_decoding.CLASSES))
def test_an_event_as_it_was_emitted(name: str) -> None:
    cls = event_decoding.CLASSES[name]
    values = tuple(range(len(fields(cls)) - 1))
    assert emitted(cls(Origin(1, "0x", 2, A), *values)) == Emitted(name, values)
    assert len(values) == len(ABI[name]["inputs"])


def test_the_state_given_stays_as_it_is() -> None:
    before = after(GRANTED, ("Committed", C, A, ROOT))
    kept = replace(before, consents=dict(before.consents), heads=dict(before.heads))
    after(("ConsentWithdrawn", C, A), ("Committed", C, A, ADVICE), state=before)
    assert before == kept


def test_a_member() -> None:
    admitted = (("MemberAdmitted", 2, "Advice", A), ("RoleGranted", ADVISER, SEAT, A), ("AccountAdded", 2, B, A))
    key = ("EncryptionKeyChanged", 2, ROOT, b"key", A)
    state = after(*admitted, key)
    assert state.members == {2: Member(Standing.ACTIVE, "Advice", ROOT, frozenset({ADVISER}))}
    assert (state.accounts, state.names) == ({B: 2}, {"Advice": 2})
    assert after(("RoleRevoked", ADVISER, SEAT, A), state=state).member(2).roles == frozenset()
    assert after(("AccountRemoved", 2, B, A), state=state).accounts == {}
    renamed = after(("MemberRenamed", 2, "Other", B), state=state)
    assert (renamed.member(2).name, renamed.names) == ("Other", {"Advice": 2, "Other": 2})


def test_a_suspension() -> None:
    """Its time to lapse stays with the member when it is reinstated: the council cannot repeat it for a while."""
    admitted = ("MemberAdmitted", 2, "Advice", A)
    suspended = after(admitted, ("MemberSuspended", 2, 1, 500, A))
    assert suspended.member(2) == Member(Standing.SUSPENDED, "Advice", lapses_at=500)
    assert after(("MemberSuspended", 2, 1, 0, A), state=suspended).member(2).lapses_at == 0
    assert after(("MemberReinstated", 2, A), state=suspended).member(2) == Member(
        Standing.ACTIVE, "Advice", lapses_at=500
    )


def test_an_offer() -> None:
    offered = after(("AccountOffered", 2, B, A), ("AccountOffered", 3, B, A))
    assert set(offered.offers) == {(2, B), (3, B)}
    accepted = after(("AccountAdded", 2, B, B), state=offered)
    assert (set(accepted.offers), accepted.accounts) == ({(3, B)}, {B: 2})  # another member's offer stays
    withdrawn = after(("AccountRemoved", 3, B, A), state=accepted)
    assert (withdrawn.offers, withdrawn.accounts) == ({}, {B: 2})


@pytest.mark.parametrize(
    "ending", [("RecoveryObjected", 2, B, A), ("RecoveryCompleted", 2, B), ("RecoveryLapsed", 2, B, A)]
)
def test_a_recovery(ending: tuple[Any, ...]) -> None:
    proposed = after(("RecoveryProposed", 2, A, 40, A), ("RecoveryProposed", 2, B, 50, A))
    assert proposed.recoveries == {2: Recovery(B, 50)}
    assert after(ending, state=proposed).recoveries == {}


def test_a_proposal() -> None:
    first = ("CallScheduled", ROOT, 0, A, 0, b"one", ADVICE, 70)
    second = ("CallScheduled", ROOT, 1, B, 5, b"two", ADVICE, 70)
    events = [Emitted(name, tuple(rest)) for name, *rest in (first, second, ("CallSalt", ROOT, ADVISER))]
    state = replay(START, events, 1000)
    made = Proposal(((A, 0, b"one"), (B, 5, b"two")), ADVICE, ADVISER, 1070)
    assert state.governance.proposals == {ROOT: made}
    executed = after(("CallExecuted", ROOT, 0, A, 0, b"one"), state=state)
    assert executed.governance.proposals == {ROOT: replace(made, ready=DONE)}
    assert after(("Cancelled", ROOT), state=state).governance.proposals == {}


def test_the_governance() -> None:
    founded = after(("RoleGranted", ROOT, A, B), ("MinDelayChange", 0, 7))
    assert (founded.governance.roles, founded.governance.delay) == (frozenset({(ROOT, A)}), 7)
    assert after(("RoleRevoked", ROOT, A, A), state=founded).governance.roles == frozenset()


def test_a_consent() -> None:
    granted = Consent(2, 100, 200, 150, max_uses=3, stage=Stage.GRANTED)
    lives: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
        (GRANTED, {}),
        (("ConsentPaused", C, A, 0), {"stage": Stage.PAUSED, "sequence": 1}),
        (("ConsentResumed", C, A, 1), {"stage": Stage.GRANTED, "sequence": 2}),
        (("ConsentReconfirmed", C, A, 2, 180), {"reconfirm_by": 180, "sequence": 3}),
        (("ConsentUsed", C, 2, B, ROOT, 1), {"uses": 1}),
        (("ConsentReleased", C, 2, B), {"stage": Stage.RELEASED}),
        (("ConsentWithdrawn", C, A), {"stage": Stage.WITHDRAWN}),
    ]
    state, expected = START, granted
    for event, changes in lives:
        state, expected = after(event, state=state), replace(expected, **changes)
        assert state == replace(START, consents={C: expected})
    assert state == after(*(event for event, _ in lives))  # in parts or at once


def test_withdrawn_before_it_was_granted() -> None:
    assert after(("ConsentWithdrawn", C, A)).consent(C) == Consent(stage=Stage.WITHDRAWN)


def test_heads_and_advice() -> None:
    advice = (C, ROOT, ADVICE)
    state = after(("Committed", C, A, ROOT), ("AdviceRecorded", C, 2, B, ROOT, ADVICE))
    assert (state.head(C), state.stage_of(advice)) == (ROOT, AdviceStage.RECORDED)
    state = after(("Committed", C, A, ADVICE), ("AdviceAcknowledged", C, A, ROOT, ADVICE), state=state)
    assert (state.head(C), state.stage_of(advice)) == (ADVICE, AdviceStage.ACKNOWLEDGED)
