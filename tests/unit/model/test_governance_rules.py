"""governance_rules: proposals to the second, and who may do what, as IGovernance and TimelockController say.

Given a proposal        executed at its time and not before, once; vetoed while it is pending; named by what it calls
Given a delay           it is the constructor's event that says it
Given founders          the governance alone makes and removes them; one gives itself up
When any other role is granted, revoked or renounced       RoleFixed, whoever asks for it and may
"""

import pytest
from eth_abi import encode
from eth_utils import keccak

from jamjar.model import governance_rules
from jamjar.model.decision import Outcome, Revert
from jamjar.model.state import NOBODY, NOTHING, LedgerState, Proposal
from jamjar.protocol.roles import ADMINISTRATION, EXECUTOR, FOUNDER
from tests.unit.model.governed import (
    DELAY,
    DESK,
    FRESH,
    GOVERNANCE,
    JUDGE,
    NOW,
    OTHER_ROLE,
    STATE,
    STRANGER,
    done,
    event,
)  # fmt: skip

CALL = (DESK, 0, b"call")
NAME, OTHER = b"n" * 32, b"o" * 32
CANCELLER = keccak(text="CANCELLER_ROLE")
UNSET, READY, PENDING = ((1).to_bytes(32, "big"), (4).to_bytes(32, "big"), (6).to_bytes(32, "big"))


def scheduled(state: LedgerState, *, delay: int = DELAY, after: bytes = NOTHING, index: int = 0) -> Outcome:
    return governance_rules.scheduled(state, NOW, NAME, index, *CALL, after, delay)


@pytest.fixture
def pending() -> LedgerState:
    return done(STATE, scheduled(STATE))


def test_a_proposal(pending: LedgerState) -> None:
    assert scheduled(STATE, delay=DELAY - 1) == Revert("TimelockInsufficientDelay", (DELAY - 1, DELAY))
    assert scheduled(pending) == Revert("TimelockUnexpectedOperationState", (NAME, UNSET))
    assert pending.governance.proposals == {NAME: Proposal((CALL,), ready=NOW + DELAY)}


def test_it_is_executed_at_its_time_and_once(pending: LedgerState) -> None:
    refused = Revert("TimelockUnexpectedOperationState", (NAME, READY))
    assert governance_rules.executed(pending, NOW + DELAY - 1, NAME, 0, *CALL) == refused
    assert governance_rules.executed(pending, NOW + DELAY, NAME, 0, DESK, 0, b"other") == refused
    assert governance_rules.executed(pending, NOW + DELAY, OTHER, 0, *CALL).name == refused.name
    outcome = governance_rules.executed(pending, NOW + DELAY, NAME, 0, *CALL)
    assert outcome == (event("CallExecuted", NAME, 0, *CALL),)
    executed = done(pending, outcome)
    assert governance_rules.executed(executed, NOW + DELAY, NAME, 0, *CALL) == refused
    assert governance_rules.cancelled(executed, NOW, NAME) == Revert(
        "TimelockUnexpectedOperationState", (NAME, PENDING)
    )


def test_another_comes_first() -> None:
    state = done(STATE, scheduled(STATE, after=OTHER))
    assert governance_rules.executed(state, NOW + DELAY, NAME, 0, *CALL) == Revert(
        "TimelockUnexecutedPredecessor", (OTHER,)
    )


def test_it_is_vetoed(pending: LedgerState) -> None:
    outcome = governance_rules.cancelled(pending, NOW + 10 * DELAY, NAME)
    assert outcome == (event("Cancelled", NAME),)
    vetoed = done(pending, outcome)
    assert isinstance(governance_rules.executed(vetoed, NOW + DELAY, NAME, 0, *CALL), Revert)
    assert isinstance(governance_rules.cancelled(vetoed, NOW, NAME), Revert)
    assert scheduled(vetoed) == (event("CallScheduled", NAME, 0, *CALL, NOTHING, DELAY),)  # as if it never was


def test_its_id_says_what_it_calls() -> None:
    alone = keccak(encode(["address", "uint256", "bytes", "bytes32", "bytes32"], [*CALL, OTHER, NAME]))
    batch = keccak(
        encode(["address[]", "uint256[]", "bytes[]", "bytes32", "bytes32"], [[DESK], [0], [b"call"], OTHER, NAME])
    )
    held = Proposal((CALL,), OTHER, NAME)
    assert governance_rules.is_named(alone, held)
    assert governance_rules.is_named(batch, held)
    assert not governance_rules.is_named(NAME, held)


@pytest.fixture
def founded() -> LedgerState:
    """A governance as its constructor leaves it, with one founder."""
    given = ((ADMINISTRATION, GOVERNANCE), (EXECUTOR, NOBODY), (FOUNDER, DESK))
    return done(STATE, tuple(event("RoleGranted", *each, STRANGER) for each in given))


def test_founders(founded: LedgerState) -> None:
    assert [governance_rules.may_propose(founded, each) for each in (DESK, STRANGER)] == [True, False]
    assert governance_rules.role_granted(founded, NOW, FOUNDER, DESK, GOVERNANCE) == ()
    more = done(founded, governance_rules.role_granted(founded, NOW, FOUNDER, STRANGER, GOVERNANCE))
    assert governance_rules.may_propose(more, STRANGER)
    for by in (DESK, GOVERNANCE):  # by itself, though nobody is left who may propose
        outcome = governance_rules.role_revoked(founded, NOW, FOUNDER, DESK, by)
        assert outcome == (event("RoleRevoked", FOUNDER, DESK, by),)
        assert not governance_rules.may_propose(done(founded, outcome), DESK)
    assert governance_rules.role_revoked(founded, NOW, FOUNDER, STRANGER, STRANGER) == ()


def test_who_makes_founders(founded: LedgerState) -> None:
    for by in (STRANGER, DESK, JUDGE):
        unauthorised = Revert("AccessControlUnauthorizedAccount", (by, ADMINISTRATION))
        for role, account in ((FOUNDER, FRESH), (FOUNDER, NOBODY), (EXECUTOR, FRESH), (OTHER_ROLE, FRESH)):
            assert governance_rules.role_granted(founded, NOW, role, account, by) == unauthorised
            assert governance_rules.role_revoked(founded, NOW, role, account, by) == unauthorised


@pytest.mark.parametrize(
    ("role", "account"),
    [
        (FOUNDER, NOBODY),  # everyone would be one
        (EXECUTOR, DESK),
        (CANCELLER, DESK),
        (CANCELLER, NOBODY),
        (ADMINISTRATION, DESK),
        (ADMINISTRATION, NOBODY),
        (OTHER_ROLE, DESK),
        (OTHER_ROLE, GOVERNANCE),
    ],
)
def test_what_nobody_is_granted(founded: LedgerState, role: bytes, account: str) -> None:
    refused = Revert("RoleFixed", (role, account))
    assert governance_rules.role_granted(founded, NOW, role, account, GOVERNANCE) == refused


@pytest.mark.parametrize("role", [EXECUTOR, CANCELLER, ADMINISTRATION, OTHER_ROLE])
@pytest.mark.parametrize("account", [NOBODY, DESK, GOVERNANCE])
def test_what_is_taken_from_nobody(founded: LedgerState, role: bytes, account: str) -> None:
    """Neither execution from everyone, nor the administration from the governance, even by their holders."""
    refused = Revert("RoleFixed", (role, account))
    for by in {account, GOVERNANCE}:
        assert governance_rules.role_revoked(founded, NOW, role, account, by) == refused


def test_what_the_constructors_gave_is_granted_again_in_vain(founded: LedgerState) -> None:
    for role, account in ((EXECUTOR, NOBODY), (ADMINISTRATION, GOVERNANCE)):
        assert governance_rules.role_granted(founded, NOW, role, account, GOVERNANCE) == ()
