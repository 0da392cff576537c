"""The contracts' state after events: a pure fold, from emitted events to stored values.

`replay(state, events)` is the state that the contracts' views must return once these events follow `state` on the
ledger. A `Fold` does the same one event at a time, and stores no event.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any, Final

from jamjar.errors import InvalidInput
from jamjar.model.state import (
    ADMINISTRATION,
    NOBODY,
    AdviceStage,
    Consent,
    Emitted,
    LedgerState,
    Member,
    Stage,
    Standing,
)
from jamjar.protocol.events import Event


def emitted(event: Event) -> Emitted:
    """Return an event read from the ledger as its contract emitted it, without its origin."""
    kind = type(event)
    return Emitted(kind.__name__, tuple(getattr(event, name) for name in _arguments(kind)))  # type: ignore[arg-type]  # classes are hashable


@cache
def _arguments(kind: type[Event]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.name != "origin")


def replay(state: LedgerState, events: Iterable[Emitted]) -> LedgerState:
    """Return the state after events, in their order; the given state is not changed.

    Raises InvalidInput for an event that none of the contracts emits.
    """
    fold = Fold(state)
    for event in events:
        fold.add(event)
    return fold.state


UNCHANGING: Final = frozenset(
    {
        "GrantRejected",
        "WithdrawalRejected",
        "UseRejected",
        "CommitmentRejected",
        "AcknowledgementRejected",
    }
)
"""The events that change no state."""


class Fold:
    """A mutable state, in which an event costs the same regardless of the size of the record."""

    __slots__ = ("_accounts", "_advice", "_consents", "_heads", "_members", "state")

    state: LedgerState
    """The state after the events added. Warning: its mappings change with the fold; do not store a reference."""

    def __init__(self, state: LedgerState) -> None:
        """Begin with a state, which is not changed."""
        self._members = dict(state.members)
        self._accounts = dict(state.accounts)
        self._consents = dict(state.consents)
        self._heads = dict(state.heads)
        self._advice = dict(state.advice)
        parts = (self._members, self._accounts, self._consents, self._heads, self._advice)
        self.state = LedgerState(state.rules, state.administration, *parts)

    def add(self, event: Emitted) -> None:
        """Make the change that an event records; raises InvalidInput for one that none of the contracts emits."""
        if event.name in _CHANGES:
            _CHANGES[event.name](self, *event.arguments)
        elif event.name not in UNCHANGING:
            raise InvalidInput(f"No contract of ours emits {event.name}; replay the events of one deployment only.")

    def _member(self, number: int, **changes: Any) -> None:
        self._members[number] = replace(self._members.get(number, Member()), **changes)

    def _consent(self, address: str, **changes: Any) -> None:
        self._consents[address] = replace(self._consents.get(address, Consent()), **changes)

    def _administer(self, **changes: Any) -> None:
        self.state = replace(self.state, administration=replace(self.state.administration, **changes))

    # ------------------------------------------------------------------ Consortium

    def _member_admitted(self, member: int, name: str, _administrator: str) -> None:
        self._member(member, standing=Standing.ACTIVE, name=name)

    def _member_suspended(self, member: int, _administrator: str) -> None:
        self._member(member, standing=Standing.SUSPENDED)

    def _member_reinstated(self, member: int, _administrator: str) -> None:
        self._member(member, standing=Standing.ACTIVE)

    def _account_added(self, member: int, account: str, _administrator: str) -> None:
        self._accounts[account] = member

    def _account_removed(self, _member: int, account: str, _administrator: str) -> None:
        self._accounts.pop(account, None)

    def _encryption_key_changed(self, member: int, digest: bytes, _key: bytes, _administrator: str) -> None:
        self._member(member, key_digest=digest)

    def _role_granted(self, role: bytes, account: str, _sender: str) -> None:
        if role == ADMINISTRATION:
            self._administer(holder=account, next_holder=NOBODY, next_after=0)
        else:
            number = int(account, 16)  # a role is held by a member's seat: its number as an address
            self._member(number, roles=self._members.get(number, Member()).roles | {role})

    def _role_revoked(self, role: bytes, account: str, _sender: str) -> None:
        if role == ADMINISTRATION:
            self._administer(holder=NOBODY, next_holder=NOBODY, next_after=0)
        else:
            number = int(account, 16)
            self._member(number, roles=self._members.get(number, Member()).roles - {role})

    def _default_admin_transfer_scheduled(self, new_admin: str, accept_schedule: int) -> None:
        self._administer(next_holder=new_admin, next_after=accept_schedule)

    def _default_admin_transfer_canceled(self) -> None:
        self._administer(next_holder=NOBODY, next_after=0)

    def _default_admin_delay_change_scheduled(self, new_delay: int, effect_schedule: int) -> None:
        now = self.state.administration
        if now.next_delay_after:  # not cancelled, so it has taken effect
            self._administer(delay=now.next_delay)
        self._administer(next_delay=new_delay, next_delay_after=effect_schedule)

    def _default_admin_delay_change_canceled(self) -> None:
        self._administer(next_delay=0, next_delay_after=0)

    # ------------------------------------------------------------------ ConsentRegistry

    def _consent_granted(  # noqa: PLR0917 - the arguments of the event
        self, consent: str, recipient: int, _carrier: str,
        valid_from: int, valid_until: int, reconfirm_by: int, max_uses: int, _terms_digest: bytes,
    ) -> None:  # fmt: skip
        self._consents[consent] = Consent(
            recipient, valid_from, valid_until, reconfirm_by, max_uses=max_uses, stage=Stage.GRANTED
        )

    def _consent_paused(self, consent: str, _carrier: str, sequence: int) -> None:
        self._consent(consent, stage=Stage.PAUSED, sequence=sequence + 1)

    def _consent_resumed(self, consent: str, _carrier: str, sequence: int) -> None:
        self._consent(consent, stage=Stage.GRANTED, sequence=sequence + 1)

    def _consent_reconfirmed(self, consent: str, _carrier: str, sequence: int, reconfirm_by: int) -> None:
        self._consent(consent, reconfirm_by=reconfirm_by, sequence=sequence + 1)

    def _consent_withdrawn(self, consent: str, _carrier: str) -> None:
        self._consent(consent, stage=Stage.WITHDRAWN)

    def _consent_released(self, consent: str, _recipient: int, _account: str) -> None:
        self._consent(consent, stage=Stage.RELEASED)

    def _consent_used(self, consent: str, _recipient: int, _account: str, _commitment: bytes, uses: int) -> None:
        self._consent(consent, uses=uses)

    # ------------------------------------------------------------------ CommitmentRegistry, AdviceLog

    def _committed(self, consent: str, _carrier: str, root: bytes) -> None:
        self._heads[consent] = root

    def _advice_recorded(self, consent: str, _recipient: int, _account: str, commitment: bytes, advice: bytes) -> None:
        self._advice[consent, commitment, advice] = AdviceStage.RECORDED

    def _advice_acknowledged(self, consent: str, _carrier: str, commitment: bytes, advice: bytes) -> None:
        self._advice[consent, commitment, advice] = AdviceStage.ACKNOWLEDGED


_CHANGES: Final[Mapping[str, Callable[..., None]]] = {
    "MemberAdmitted": Fold._member_admitted,
    "MemberSuspended": Fold._member_suspended,
    "MemberReinstated": Fold._member_reinstated,
    "AccountAdded": Fold._account_added,
    "AccountRemoved": Fold._account_removed,
    "EncryptionKeyChanged": Fold._encryption_key_changed,
    "RoleGranted": Fold._role_granted,
    "RoleRevoked": Fold._role_revoked,
    "DefaultAdminTransferScheduled": Fold._default_admin_transfer_scheduled,
    "DefaultAdminTransferCanceled": Fold._default_admin_transfer_canceled,
    "DefaultAdminDelayChangeScheduled": Fold._default_admin_delay_change_scheduled,
    "DefaultAdminDelayChangeCanceled": Fold._default_admin_delay_change_canceled,
    "ConsentGranted": Fold._consent_granted,
    "ConsentPaused": Fold._consent_paused,
    "ConsentResumed": Fold._consent_resumed,
    "ConsentReconfirmed": Fold._consent_reconfirmed,
    "ConsentWithdrawn": Fold._consent_withdrawn,
    "ConsentReleased": Fold._consent_released,
    "ConsentUsed": Fold._consent_used,
    "Committed": Fold._committed,
    "AdviceRecorded": Fold._advice_recorded,
    "AdviceAcknowledged": Fold._advice_acknowledged,
}
