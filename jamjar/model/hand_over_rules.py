"""The rules of handing over the administration: OpenZeppelin's AccessControlDefaultAdminRules, 5.x.

The shape is that of `consent_rules`.
"""

from typing import Final

from jamjar.model.decision import Outcome, decided, first
from jamjar.model.member_rules import unauthorised
from jamjar.model.state import ADMINISTRATION, NOBODY, Administration, Emitted, LedgerState
from jamjar.protocol.settings import DAY

LONGEST_WAIT: Final = 5 * DAY
"""The most seconds until a longer delay takes effect."""


def begin(state: LedgerState, now: int, caller: str, successor: str) -> Outcome:
    """Decide on `beginDefaultAdminTransfer`."""
    after = now + state.administration.delay_at(now)
    events = (*_called_off(state.administration), Emitted("DefaultAdminTransferScheduled", (successor, after)))
    return decided(first(unauthorised(state, caller)), *events)


def cancel(state: LedgerState, _now: int, caller: str) -> Outcome:
    """Decide on `cancelDefaultAdminTransfer`."""
    return decided(first(unauthorised(state, caller)), *_called_off(state.administration))


def accept(state: LedgerState, now: int, caller: str) -> Outcome:
    """Decide on `acceptDefaultAdminTransfer`."""
    old = state.administration
    refused = first(
        (caller != old.next_holder, "AccessControlInvalidDefaultAdmin", caller),
        (not 0 < old.next_after < now, "AccessControlEnforcedDefaultAdminDelay", old.next_after),
    )
    revoked = [] if old.holder == NOBODY else [Emitted("RoleRevoked", (ADMINISTRATION, old.holder, caller))]
    return decided(refused, *revoked, Emitted("RoleGranted", (ADMINISTRATION, caller, caller)))


def renounce(state: LedgerState, now: int, caller: str, account: str) -> Outcome:
    """Decide on `renounceRole` of the administration: only once a hand-over to nobody could be accepted."""
    old = state.administration
    ready = old.next_holder == NOBODY and 0 < old.next_after < now
    refused = first(
        (account == old.holder and not ready, "AccessControlEnforcedDefaultAdminDelay", old.next_after),
        (caller != account, "AccessControlBadConfirmation"),
    )
    held = account == old.holder
    return decided(refused, *([Emitted("RoleRevoked", (ADMINISTRATION, account, caller))] if held else []))


def change_delay(state: LedgerState, now: int, caller: str, delay: int) -> Outcome:
    """Decide on `changeDefaultAdminDelay`: a shorter one waits for the difference, a longer one for itself."""
    old = state.administration.delay_at(now)
    wait = min(delay, LONGEST_WAIT) if delay > old else old - delay
    events = (
        *_delay_called_off(state.administration, now),
        Emitted("DefaultAdminDelayChangeScheduled", (delay, now + wait)),
    )
    return decided(first(unauthorised(state, caller)), *events)


def roll_back_delay(state: LedgerState, now: int, caller: str) -> Outcome:
    """Decide on `rollbackDefaultAdminDelay`."""
    return decided(first(unauthorised(state, caller)), *_delay_called_off(state.administration, now))


def _called_off(old: Administration) -> list[Emitted]:
    return [Emitted("DefaultAdminTransferCanceled", ())] if old.next_after else []


def _delay_called_off(old: Administration, now: int) -> list[Emitted]:
    return [Emitted("DefaultAdminDelayChangeCanceled", ())] if old.next_delay_after >= now else []
