"""The state of the record after events: a pure fold, from what the contracts emitted to what they store.

`replay(state, events)` is what the contracts' views must answer once these events are on the ledger after `state`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from jamjar.errors import InvalidInput
from jamjar.event import Event
from jamjar.record import (
    ADMINISTRATION,
    NOBODY,
    Administration,
    AdviceId,
    AdviceStage,
    Consent,
    Emitted,
    Member,
    Rules,
    Stage,
    Standing,
    State,
)


def emitted(event: Event) -> Emitted:
    """Return an event read from the ledger as its contract emitted it, without where it stands."""
    return Emitted(type(event).__name__, tuple(getattr(event, f.name) for f in fields(event) if f.name != "origin"))


def replay(state: State, events: Iterable[Emitted]) -> State:
    """Return the state after events, in their order; the state given stays as it is.

    Raises InvalidInput for an event that none of the contracts emits.
    """
    draft = _Draft(
        state.rules,
        state.administration,
        dict(state.members),
        dict(state.accounts),
        dict(state.consents),
        dict(state.heads),
        dict(state.advice),
    )
    for event in events:
        if event.name in _CHANGES:
            _CHANGES[event.name](draft, *event.arguments)
        elif event.name not in UNCHANGING:
            raise InvalidInput(f"No contract of ours emits {event.name}; replay the events of one deployment alone.")
    return State(*(getattr(draft, f.name) for f in fields(draft)))


UNCHANGING: Final = frozenset(
    {
        "GrantRejected",
        "WithdrawalRejected",
        "UseRejected",
        "CommitmentRejected",
        "AcknowledgementRejected",
    }
)
"""The events that record no change."""


@dataclass(slots=True)
class _Draft:
    """A state that is being changed, so that many events cost no more than one each."""

    rules: Rules
    administration: Administration
    members: dict[int, Member]
    accounts: dict[str, int]
    consents: dict[str, Consent]
    heads: dict[str, bytes]
    advice: dict[AdviceId, AdviceStage]

    def member(self, number: int, **changes: Any) -> None:
        self.members[number] = replace(self.members.get(number, Member()), **changes)

    def consent(self, address: str, **changes: Any) -> None:
        self.consents[address] = replace(self.consents.get(address, Consent()), **changes)

    def administer(self, **changes: Any) -> None:
        self.administration = replace(self.administration, **changes)

    # ------------------------------------------------------------------ Consortium

    def member_admitted(self, member: int, name: str, _administrator: str) -> None:
        self.member(member, standing=Standing.ACTIVE, name=name)

    def member_suspended(self, member: int, _administrator: str) -> None:
        self.member(member, standing=Standing.SUSPENDED)

    def member_reinstated(self, member: int, _administrator: str) -> None:
        self.member(member, standing=Standing.ACTIVE)

    def account_added(self, member: int, account: str, _administrator: str) -> None:
        self.accounts[account] = member

    def account_removed(self, _member: int, account: str, _administrator: str) -> None:
        self.accounts.pop(account, None)

    def encryption_key_changed(self, member: int, digest: bytes, _key: bytes, _administrator: str) -> None:
        self.member(member, key_digest=digest)

    def role_granted(self, role: bytes, account: str, _sender: str) -> None:
        if role == ADMINISTRATION:
            self.administer(holder=account, next_holder=NOBODY, next_after=0)
        else:
            number = int(account, 16)  # a role is held by a member's seat: its number as an address
            self.member(number, roles=self.members.get(number, Member()).roles | {role})

    def role_revoked(self, role: bytes, account: str, _sender: str) -> None:
        if role == ADMINISTRATION:
            self.administer(holder=NOBODY, next_holder=NOBODY, next_after=0)
        else:
            number = int(account, 16)
            self.member(number, roles=self.members.get(number, Member()).roles - {role})

    def default_admin_transfer_scheduled(self, new_admin: str, accept_schedule: int) -> None:
        self.administer(next_holder=new_admin, next_after=accept_schedule)

    def default_admin_transfer_canceled(self) -> None:
        self.administer(next_holder=NOBODY, next_after=0)

    def default_admin_delay_change_scheduled(self, new_delay: int, effect_schedule: int) -> None:
        now = self.administration
        if now.next_delay_after:  # not called off, so it has come into effect
            self.administer(delay=now.next_delay)
        self.administer(next_delay=new_delay, next_delay_after=effect_schedule)

    def default_admin_delay_change_canceled(self) -> None:
        self.administer(next_delay=0, next_delay_after=0)

    # ------------------------------------------------------------------ ConsentRegistry

    def consent_granted(  # noqa: PLR0917 - the arguments of the event
        self, consent: str, recipient: int, _carrier: str,
        valid_from: int, valid_until: int, reconfirm_by: int, max_uses: int, _terms_digest: bytes,
    ) -> None:  # fmt: skip
        self.consents[consent] = Consent(
            recipient, valid_from, valid_until, reconfirm_by, max_uses=max_uses, stage=Stage.GRANTED
        )

    def consent_paused(self, consent: str, _carrier: str, sequence: int) -> None:
        self.consent(consent, stage=Stage.PAUSED, sequence=sequence + 1)

    def consent_resumed(self, consent: str, _carrier: str, sequence: int) -> None:
        self.consent(consent, stage=Stage.GRANTED, sequence=sequence + 1)

    def consent_reconfirmed(self, consent: str, _carrier: str, sequence: int, reconfirm_by: int) -> None:
        self.consent(consent, reconfirm_by=reconfirm_by, sequence=sequence + 1)

    def consent_withdrawn(self, consent: str, _carrier: str) -> None:
        self.consent(consent, stage=Stage.WITHDRAWN)

    def consent_released(self, consent: str, _recipient: int, _account: str) -> None:
        self.consent(consent, stage=Stage.RELEASED)

    def consent_used(self, consent: str, _recipient: int, _account: str, _commitment: bytes, uses: int) -> None:
        self.consent(consent, uses=uses)

    # ------------------------------------------------------------------ CommitmentRegistry, AdviceLog

    def committed(self, consent: str, _carrier: str, root: bytes) -> None:
        self.heads[consent] = root

    def advice_recorded(self, consent: str, _recipient: int, _account: str, commitment: bytes, advice: bytes) -> None:
        self.advice[consent, commitment, advice] = AdviceStage.RECORDED

    def advice_acknowledged(self, consent: str, _carrier: str, commitment: bytes, advice: bytes) -> None:
        self.advice[consent, commitment, advice] = AdviceStage.ACKNOWLEDGED


_CHANGES: Final[Mapping[str, Callable[..., None]]] = {
    "MemberAdmitted": _Draft.member_admitted,
    "MemberSuspended": _Draft.member_suspended,
    "MemberReinstated": _Draft.member_reinstated,
    "AccountAdded": _Draft.account_added,
    "AccountRemoved": _Draft.account_removed,
    "EncryptionKeyChanged": _Draft.encryption_key_changed,
    "RoleGranted": _Draft.role_granted,
    "RoleRevoked": _Draft.role_revoked,
    "DefaultAdminTransferScheduled": _Draft.default_admin_transfer_scheduled,
    "DefaultAdminTransferCanceled": _Draft.default_admin_transfer_canceled,
    "DefaultAdminDelayChangeScheduled": _Draft.default_admin_delay_change_scheduled,
    "DefaultAdminDelayChangeCanceled": _Draft.default_admin_delay_change_canceled,
    "ConsentGranted": _Draft.consent_granted,
    "ConsentPaused": _Draft.consent_paused,
    "ConsentResumed": _Draft.consent_resumed,
    "ConsentReconfirmed": _Draft.consent_reconfirmed,
    "ConsentWithdrawn": _Draft.consent_withdrawn,
    "ConsentReleased": _Draft.consent_released,
    "ConsentUsed": _Draft.consent_used,
    "Committed": _Draft.committed,
    "AdviceRecorded": _Draft.advice_recorded,
    "AdviceAcknowledged": _Draft.advice_acknowledged,
}
