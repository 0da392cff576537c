"""governance_rules: proposals to the second, and who may do what, as IGovernance and TimelockController say.

Given a proposal        executed at its time and not before, once; vetoed while it is pending; named by what it calls
Given the roles         the governance alone grants them; a founder gives up its own
"""

import pytest
from eth_abi import encode
from eth_utils import keccak

from jamjar.model import governance_rules
from jamjar.model.decision import Outcome, Revert
from jamjar.model.state import NOBODY, NOTHING, LedgerState, Proposal
from jamjar.protocol.roles import ADMINISTRATION, EXECUTOR, FOUNDER
from tests.unit.model.governed import DELAY, DESK, GOVERNANCE, NOW, OTHER_ROLE, STATE, STRANGER, done, event

CALL = (DESK, 0, b"call")
NAME, OTHER = b"n" * 32, b"o" * 32
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
    longer = done(STATE, (event("MinDelayChange", 0, 90),))
    assert scheduled(longer, delay=89) == Revert("TimelockInsufficientDelay", (89, 90))


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


def test_roles() -> None:
    granted = done(STATE, governance_rules.role_granted(STATE, NOW, FOUNDER, DESK, GOVERNANCE))
    assert governance_rules.may_propose(granted, DESK)
    assert not governance_rules.may_propose(granted, STRANGER)
    assert governance_rules.role_granted(granted, NOW, FOUNDER, DESK, GOVERNANCE) == ()
    for role, account in ((ADMINISTRATION, DESK), (OTHER_ROLE, DESK)):
        refused = governance_rules.role_granted(STATE, NOW, role, account, GOVERNANCE)
        assert refused == Revert("RoleNotForAccount", (role, account))
    unauthorised = Revert("AccessControlUnauthorizedAccount", (STRANGER, ADMINISTRATION))
    assert governance_rules.role_granted(STATE, NOW, FOUNDER, STRANGER, STRANGER) == unauthorised
    assert governance_rules.role_revoked(granted, NOW, FOUNDER, DESK, STRANGER) == unauthorised
    for by in (DESK, GOVERNANCE):
        assert governance_rules.role_revoked(granted, NOW, FOUNDER, DESK, by) == (
            event("RoleRevoked", FOUNDER, DESK, by),
        )


def test_anyone_executes_while_the_zero_address_may() -> None:
    everyone = done(STATE, governance_rules.role_granted(STATE, NOW, EXECUTOR, NOBODY, GOVERNANCE))
    one = done(STATE, governance_rules.role_granted(STATE, NOW, EXECUTOR, DESK, GOVERNANCE))
    assert [governance_rules.may_execute(state, STRANGER) for state in (everyone, one)] == [True, False]
    assert governance_rules.may_execute(one, DESK)
