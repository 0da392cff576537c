"""replay: what the events of members, council and governance change, and nothing else."""

from dataclasses import replace
from typing import Any

import pytest

from jamjar.model.replay import replay
from jamjar.model.state import DONE, Emitted, Member, Proposal, Recovery, Standing
from tests.unit.model.test_replay import ADVICE, ADVISER, ROOT, SEAT, START, A, B, after


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
