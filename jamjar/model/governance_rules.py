"""The rules of the governance, event by event: OpenZeppelin's TimelockController 5.x, with what IGovernance says of it.

Its events do not name their caller. What a proposal calls is decided by the rules of the contract that it calls.
"""

from typing import Any, Final

from jamjar.model.decision import Outcome, decided, first
from jamjar.model.state import DONE, NOBODY, NOTHING, Emitted, LedgerState, Proposal
from jamjar.protocol.calldata import proposal_ids
from jamjar.protocol.roles import ADMINISTRATION, EXECUTOR, FOUNDER

# The states that a call requires, as TimelockController says them in its error: one bit for each of its OperationState.
_UNSET: Final = (1 << 0).to_bytes(32, "big")
_READY: Final = (1 << 2).to_bytes(32, "big")
_PENDING: Final = (1 << 1 | 1 << 2).to_bytes(32, "big")


def may_propose(state: LedgerState, caller: str) -> bool:
    """Return whether an account is a founder's."""
    return (FOUNDER, caller) in state.governance.roles


def is_named(name: bytes, proposal: Proposal) -> bool:
    """Return whether a proposal's id is the digest of what it calls."""
    return name in proposal_ids(proposal.calls, proposal.predecessor, proposal.salt)


def scheduled(  # noqa: PLR0917 - the arguments of the event
    state: LedgerState, _now: int, name: bytes, index: int, target: str, value: int, data: bytes,
    predecessor: bytes, delay: int,
) -> Outcome:  # fmt: skip
    """Decide on CallScheduled: of a new proposal, or the next call of the one that has just been made."""
    calls, least = len(_proposal(state, name).calls), state.governance.delay
    refused = first(
        (index not in {0, calls} or (index == 0 and calls), "TimelockUnexpectedOperationState", name, _UNSET),
        (delay < least, "TimelockInsufficientDelay", delay, least),
    )
    return decided(refused, Emitted("CallScheduled", (name, index, target, value, data, predecessor, delay)))


def salted(state: LedgerState, _now: int, name: bytes, salt: bytes) -> Outcome:
    """Decide on CallSalt."""
    return decided(first(_not_pending(state, name)), Emitted("CallSalt", (name, salt)))


def executed(  # noqa: PLR0917 - the arguments of the event
    state: LedgerState, now: int, name: bytes, index: int, target: str, value: int, data: bytes
) -> Outcome:
    """Decide on CallExecuted: of a proposal whose time has come, and with the call that was proposed."""
    held = _proposal(state, name)
    due = held.calls[index : index + 1] == ((target, value, data),)
    is_ready = held.ready == DONE if index else held.ready != DONE and held.ready <= now
    after = held.predecessor != NOTHING and _proposal(state, held.predecessor).ready != DONE
    refused = first(
        (not (due and is_ready), "TimelockUnexpectedOperationState", name, _READY),
        (after, "TimelockUnexecutedPredecessor", held.predecessor),
    )
    return decided(refused, Emitted("CallExecuted", (name, index, target, value, data)))


def cancelled(state: LedgerState, _now: int, name: bytes) -> Outcome:
    """Decide on Cancelled."""
    return decided(first(_not_pending(state, name)), Emitted("Cancelled", (name,)))


def role_granted(state: LedgerState, _now: int, role: bytes, account: str, by: str) -> Outcome:
    """Decide on RoleGranted of a role of the governance's, which only the governance grants; none if it is held."""
    refused = first(_not_itself(state, by), (not _is_changeable(state, role, account), "RoleFixed", role, account))
    held = (role, account) in state.governance.roles
    return decided(refused, *([] if held else [Emitted("RoleGranted", (role, account, by))]))


def role_revoked(state: LedgerState, _now: int, role: bytes, account: str, by: str) -> Outcome:
    """Decide on RoleRevoked of the governance's: by itself, or renounced by the holder; none if it is not held."""
    unasked = () if by == account else (_not_itself(state, by),)
    refused = first(*unasked, (role != FOUNDER, "RoleFixed", role, account))
    held = (role, account) in state.governance.roles
    return decided(refused, *([Emitted("RoleRevoked", (role, account, by))] if held else []))


def _is_changeable(state: LedgerState, role: bytes, account: str) -> bool:
    """Return whether a role may be an account's: a founder's, or one that the constructors give."""
    given = {(EXECUTOR, NOBODY), (ADMINISTRATION, state.rules.governance)}
    return (role == FOUNDER and account != NOBODY) or (role, account) in given


def _proposal(state: LedgerState, name: bytes) -> Proposal:
    return state.governance.proposals.get(name, Proposal())


def _not_pending(state: LedgerState, name: bytes) -> tuple[Any, ...]:
    return _proposal(state, name).ready in {0, DONE}, "TimelockUnexpectedOperationState", name, _PENDING


def _not_itself(state: LedgerState, by: str) -> tuple[Any, ...]:
    return by != state.rules.governance, "AccessControlUnauthorizedAccount", by, ADMINISTRATION
