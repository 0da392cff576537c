"""The rules of the Consortium for suspensions and recoveries, from the text of its interface alone.

The shape is that of `consent_rules`.
"""

from jamjar.model.decision import Outcome, decided, first
from jamjar.model.member_rules import no_member, taken, unknown
from jamjar.model.state import NOBODY, Emitted, LedgerState, Reason


def suspend(state: LedgerState, now: int, caller: str, number: int, reason: int) -> Outcome:
    """Decide on `suspend`, by the council or by the governance."""
    member, lasts = state.member(number), state.rules.suspension
    by_governance = caller == state.rules.governance
    again = member.lapses_at + lasts if member.lapses_at else 0
    confirms = by_governance and member.lapses_at != 0
    refused = first(
        (reason > max(Reason), ""),  # Solidity's own refusal of what is no value of an enum, without error data
        (not by_governance and not state.is_council(caller), "NotOfTheCouncil", caller),
        unknown(state, number),
        (reason == Reason.NONE, "ReasonMissing", number),
        (not state.is_active(number) and not confirms, "MemberNotActive", number),
        (not by_governance and now < again, "SuspendedLately", number, again),
    )
    lapses_at = 0 if by_governance else now + lasts
    return decided(refused, Emitted("MemberSuspended", (number, reason, lapses_at, caller)))


def reinstate(state: LedgerState, now: int, caller: str, number: int) -> Outcome:
    """Decide on `reinstate`, by the governance, or by anyone once a suspension by the council lapsed."""
    lapses_at = state.member(number).lapses_at
    lasts = caller != state.rules.governance and (lapses_at == 0 or now < lapses_at)
    refused = first(
        unknown(state, number),
        (state.is_active(number), "MemberNotSuspended", number),
        (lasts, "SuspensionNotLapsed", number, lapses_at),
    )
    return decided(refused, Emitted("MemberReinstated", (number, caller)))


def propose_recovery(state: LedgerState, now: int, caller: str, number: int, account: str) -> Outcome:
    """Decide on `proposeRecovery`."""
    refused = first(
        (not state.is_council(caller), "NotOfTheCouncil", caller), unknown(state, number), taken(state, account)
    )
    return decided(refused, Emitted("RecoveryProposed", (number, account, now + state.rules.recovery, caller)))


def object_to_recovery(state: LedgerState, _now: int, caller: str) -> Outcome:
    """Decide on `objectToRecovery`."""
    number = state.member_of(caller)
    account = state.recovery(number).account
    refused = first(no_member(state, caller), (account == NOBODY, "RecoveryUnknown", number, account))
    return decided(refused, Emitted("RecoveryObjected", (number, account, caller)))


def complete_recovery(state: LedgerState, now: int, caller: str, number: int) -> Outcome:
    """Decide on `completeRecovery`."""
    recovery = state.recovery(number)
    since, until = recovery.ready_at, recovery.ready_at + state.rules.recovery
    refused = first(
        (recovery.account != caller, "RecoveryUnknown", number, caller),
        (not since <= now < until, "RecoveryNotReady", number, since, until),
        taken(state, caller),
    )
    return decided(
        refused,
        Emitted("RecoveryCompleted", (number, caller)),
        Emitted("AccountAdded", (number, caller, caller)),
    )


def lapse_recovery(state: LedgerState, now: int, caller: str, number: int) -> Outcome:
    """Decide on `lapseRecovery`."""
    recovery = state.recovery(number)
    since = recovery.ready_at + state.rules.recovery
    refused = first(
        (recovery.account == NOBODY, "RecoveryUnknown", number, NOBODY),
        (now < since, "RecoveryNotLapsed", number, since),
    )
    return decided(refused, Emitted("RecoveryLapsed", (number, recovery.account, caller)))
