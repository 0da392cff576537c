"""The contracts' state after events: a pure fold, from emitted events to stored values.

`replay(state, events, now)` is the state that the contracts' views must return once these events follow `state` on the
ledger. A `Fold` does the same one event at a time, and stores no event.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from jamjar.errors import InvalidInput
from jamjar.model.state import (
    DONE,
    AdviceStage,
    Consent,
    Emitted,
    LedgerState,
    Member,
    Proposal,
    Recovery,
    Stage,
    Standing,
)
from jamjar.protocol.events import Event


def emitted(event: Event) -> Emitted:
    """Return an event read from the ledger as its contract emitted it, without its origin."""
    return Emitted(type(event).__name__, event.arguments())


def replay(state: LedgerState, events: Iterable[Emitted], now: int = 0) -> LedgerState:
    """Return the state after events, in their order; the given state is not changed.

    now  the time of their block, in Unix seconds; only the governance's events depend on it

    Raises InvalidInput for an event that none of the contracts emits.
    """
    fold = Fold(state)
    for event in events:
        fold.add(event, now)
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

    __slots__ = (
        "_accounts", "_advice", "_consents", "_heads", "_members", "_names", "_now", "_offers", "_proposals",
        "_recoveries", "state",
    )  # fmt: skip

    state: LedgerState
    """The state after the events added. Warning: its mappings change with the fold; do not store a reference."""

    def __init__(self, state: LedgerState) -> None:
        """Begin with a state, which is not changed."""
        self._members = dict(state.members)
        self._accounts = dict(state.accounts)
        self._names = dict(state.names)
        self._offers = dict(state.offers)
        self._recoveries = dict(state.recoveries)
        self._proposals = dict(state.governance.proposals)
        self._now = 0
        self._consents = dict(state.consents)
        self._heads = dict(state.heads)
        self._advice = dict(state.advice)
        members = (self._members, self._accounts, self._names, self._offers, self._recoveries)
        governance = replace(state.governance, proposals=self._proposals)
        self.state = LedgerState(state.rules, governance, *members, self._consents, self._heads, self._advice)

    def add(self, event: Emitted, now: int = 0) -> None:
        """Make the change that an event records, in a block of this time in Unix seconds.

        Raises InvalidInput for an event that none of the contracts emits.
        """
        self._now = now
        if event.name in _CHANGES:
            _CHANGES[event.name](self, *event.arguments)
        elif event.name not in UNCHANGING:
            raise InvalidInput(f"No contract of ours emits {event.name}; replay the events of one deployment only.")

    def _member(self, number: int, **changes: Any) -> None:
        self._members[number] = replace(self._members.get(number, Member()), **changes)

    def _consent(self, address: str, **changes: Any) -> None:
        self._consents[address] = replace(self._consents.get(address, Consent()), **changes)

    def _govern(self, **changes: Any) -> None:
        self.state = replace(self.state, governance=replace(self.state.governance, **changes))

    # ------------------------------------------------------------------ Consortium, Governance

    def _member_admitted(self, member: int, name: str, _by: str) -> None:
        self._member(member, standing=Standing.ACTIVE, name=name)
        self._names[name] = member

    def _member_renamed(self, member: int, name: str, _by: str) -> None:
        self._member(member, name=name)
        self._names[name] = member

    def _member_suspended(self, member: int, _reason: int, lapses_at: int, _by: str) -> None:
        self._member(member, standing=Standing.SUSPENDED, lapses_at=lapses_at)

    def _member_reinstated(self, member: int, _by: str) -> None:
        self._member(member, standing=Standing.ACTIVE)

    def _account_offered(self, member: int, account: str, _by: str) -> None:
        self._offers[member, account] = True

    def _account_added(self, member: int, account: str, _by: str) -> None:
        self._accounts[account] = member
        self._offers.pop((member, account), None)

    def _account_removed(self, member: int, account: str, _by: str) -> None:
        if self._accounts.get(account) == member:
            del self._accounts[account]
        self._offers.pop((member, account), None)

    def _encryption_key_changed(self, member: int, digest: bytes, _key: bytes, _by: str) -> None:
        self._member(member, key_digest=digest)

    def _recovery_proposed(self, member: int, account: str, ready_at: int, _by: str) -> None:
        self._recoveries[member] = Recovery(account, ready_at)

    def _recovery_ended(self, member: int, _account: str, _by: str = "") -> None:
        self._recoveries.pop(member, None)

    def _role_granted(self, role: bytes, account: str, _sender: str) -> None:
        if role in self.state.rules.roles:
            number = int(account, 16)  # a role is held by a member's seat: its number as an address
            self._member(number, roles=self._members.get(number, Member()).roles | {role})
        else:
            self._govern(roles=self.state.governance.roles | {(role, account)})

    def _role_revoked(self, role: bytes, account: str, _sender: str) -> None:
        if role in self.state.rules.roles:
            number = int(account, 16)
            self._member(number, roles=self._members.get(number, Member()).roles - {role})
        else:
            self._govern(roles=self.state.governance.roles - {(role, account)})

    def _call_scheduled(  # noqa: PLR0917 - the arguments of the event
        self, name: bytes, index: int, target: str, value: int, data: bytes, predecessor: bytes, delay: int
    ) -> None:
        before = () if index == 0 else self._proposals.get(name, Proposal()).calls
        calls = (*before, (target, value, data))
        self._proposals[name] = Proposal(calls, predecessor, ready=self._now + delay)

    def _call_salt(self, name: bytes, salt: bytes) -> None:
        self._proposals[name] = replace(self._proposals.get(name, Proposal()), salt=salt)

    def _call_executed(self, name: bytes, _index: int, _target: str, _value: int, _data: bytes) -> None:
        self._proposals[name] = replace(self._proposals.get(name, Proposal()), ready=DONE)

    def _cancelled(self, name: bytes) -> None:
        self._proposals.pop(name, None)

    def _min_delay_change(self, _old_duration: int, new_duration: int) -> None:
        self._govern(delay=new_duration)

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
    "MemberRenamed": Fold._member_renamed,
    "MemberSuspended": Fold._member_suspended,
    "MemberReinstated": Fold._member_reinstated,
    "AccountOffered": Fold._account_offered,
    "AccountAdded": Fold._account_added,
    "AccountRemoved": Fold._account_removed,
    "EncryptionKeyChanged": Fold._encryption_key_changed,
    "RecoveryProposed": Fold._recovery_proposed,
    "RecoveryObjected": Fold._recovery_ended,
    "RecoveryCompleted": Fold._recovery_ended,
    "RecoveryLapsed": Fold._recovery_ended,
    "RoleGranted": Fold._role_granted,
    "RoleRevoked": Fold._role_revoked,
    "CallScheduled": Fold._call_scheduled,
    "CallSalt": Fold._call_salt,
    "CallExecuted": Fold._call_executed,
    "Cancelled": Fold._cancelled,
    "MinDelayChange": Fold._min_delay_change,
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
