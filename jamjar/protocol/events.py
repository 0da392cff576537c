"""The events of the five contracts as dataclasses; the fields are theirs, in their order (see interfaces/)."""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of an event on the ledger; `index` is that of its log in the block."""

    block: int
    transaction: str
    index: int
    contract: str


@dataclass(frozen=True, slots=True)
class Event:
    """The base of all events, with their place on the ledger."""

    origin: Origin

    def arguments(self) -> tuple[Any, ...]:
        """Return the values that the contract emitted, in its order."""
        return tuple(getattr(self, each.name) for each in fields(self) if each.name != "origin")


# ------------------------------------------------------------------ consents, commitments, advice


@dataclass(frozen=True, slots=True)
class ConsentGranted(Event):
    """A claimant granted a consent."""

    consent: str
    recipient: int
    carrier: str
    valid_from: int
    valid_until: int
    reconfirm_by: int
    max_uses: int
    terms_digest: bytes


@dataclass(frozen=True, slots=True)
class ConsentPaused(Event):
    """A claimant paused a consent."""

    consent: str
    carrier: str
    sequence: int


@dataclass(frozen=True, slots=True)
class ConsentResumed(Event):
    """A claimant resumed a consent."""

    consent: str
    carrier: str
    sequence: int


@dataclass(frozen=True, slots=True)
class ConsentReconfirmed(Event):
    """A claimant reconfirmed a consent."""

    consent: str
    carrier: str
    sequence: int
    reconfirm_by: int


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn(Event):
    """A claimant ended a consent permanently."""

    consent: str
    carrier: str


@dataclass(frozen=True, slots=True)
class ConsentReleased(Event):
    """The recipient ended a consent permanently."""

    consent: str
    recipient: int
    account: str


@dataclass(frozen=True, slots=True)
class ConsentUsed(Event):
    """The recipient is going to look at a commitment, for the `uses`th time."""

    consent: str
    recipient: int
    account: str
    commitment: bytes
    uses: int


@dataclass(frozen=True, slots=True)
class GrantRejected(Event):
    """An item of a batch of grants was not recorded; `reason` is decoded by `rejections.decode`."""

    consent: str
    carrier: str
    index: int
    reason: bytes


@dataclass(frozen=True, slots=True)
class WithdrawalRejected(Event):
    """An item of a batch of withdrawals was not recorded."""

    consent: str
    carrier: str
    index: int
    reason: bytes


@dataclass(frozen=True, slots=True)
class UseRejected(Event):
    """An item of a batch of uses was not recorded."""

    consent: str
    account: str
    index: int
    reason: bytes


@dataclass(frozen=True, slots=True)
class Committed(Event):
    """A claimant replaced the head of a consent, which is the root of the `Committed` before this one, if any."""

    consent: str
    carrier: str
    root: bytes


@dataclass(frozen=True, slots=True)
class CommitmentRejected(Event):
    """An item of a batch of commitments was not recorded."""

    consent: str
    carrier: str
    index: int
    reason: bytes


@dataclass(frozen=True, slots=True)
class AdviceRecorded(Event):
    """The recipient recorded advice."""

    consent: str
    recipient: int
    account: str
    commitment: bytes
    advice: bytes


@dataclass(frozen=True, slots=True)
class AdviceAcknowledged(Event):
    """The claimant acknowledged advice."""

    consent: str
    carrier: str
    commitment: bytes
    advice: bytes


@dataclass(frozen=True, slots=True)
class AcknowledgementRejected(Event):
    """An item of a batch of acknowledgements was not recorded."""

    consent: str
    carrier: str
    index: int
    reason: bytes


# ------------------------------------------------------------------ members


@dataclass(frozen=True, slots=True)
class MemberAdmitted(Event):
    """An institution became a member."""

    member: int
    name: str
    by: str


@dataclass(frozen=True, slots=True)
class MemberRenamed(Event):
    """A member has another name."""

    member: int
    name: str
    by: str


@dataclass(frozen=True, slots=True)
class MemberSuspended(Event):
    """A member lost its powers, until `lapses_at` unless it is confirmed; 0 for not lapsing."""

    member: int
    reason: int
    lapses_at: int
    by: str


@dataclass(frozen=True, slots=True)
class MemberReinstated(Event):
    """A suspended member has its powers again."""

    member: int
    by: str


@dataclass(frozen=True, slots=True)
class AccountOffered(Event):
    """A member offers an account to act for it."""

    member: int
    account: str
    by: str


@dataclass(frozen=True, slots=True)
class AccountAdded(Event):
    """An account acts for a member."""

    member: int
    account: str
    by: str


@dataclass(frozen=True, slots=True)
class AccountRemoved(Event):
    """An account no longer acts for a member, or is no longer offered to."""

    member: int
    account: str
    by: str


@dataclass(frozen=True, slots=True)
class EncryptionKeyChanged(Event):
    """A member has a new public encryption key."""

    member: int
    digest: bytes
    key: bytes
    by: str


@dataclass(frozen=True, slots=True)
class RecoveryProposed(Event):
    """The council proposes an account for a member that lost its keys."""

    member: int
    account: str
    ready_at: int
    by: str


@dataclass(frozen=True, slots=True)
class RecoveryObjected(Event):
    """The member objected, and the account that was proposed does not become its."""

    member: int
    account: str
    by: str


@dataclass(frozen=True, slots=True)
class RecoveryCompleted(Event):
    """The account that was proposed acts for the member."""

    member: int
    account: str


@dataclass(frozen=True, slots=True)
class RecoveryLapsed(Event):
    """A recovery was not completed in time."""

    member: int
    account: str
    by: str


# ------------------------------------------------------------------ OpenZeppelin's: AccessControl, TimelockController


@dataclass(frozen=True, slots=True)
class RoleGranted(Event):
    """A member's seat holds a role, or an account holds one of the governance's."""

    role: bytes
    account: str
    sender: str


@dataclass(frozen=True, slots=True)
class RoleRevoked(Event):
    """A member's seat, or an account, no longer holds a role."""

    role: bytes
    account: str
    sender: str


@dataclass(frozen=True, slots=True)
class CallScheduled(Event):
    """A founder proposed a call, which is number `index` of the proposal `id`; `delay` is in seconds."""

    id: bytes
    index: int
    target: str
    value: int
    data: bytes
    predecessor: bytes
    delay: int


@dataclass(frozen=True, slots=True)
class CallSalt(Event):
    """A proposal has a salt."""

    id: bytes
    salt: bytes


@dataclass(frozen=True, slots=True)
class CallExecuted(Event):
    """A call of a proposal was executed."""

    id: bytes
    index: int
    target: str
    value: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cancelled(Event):
    """A member vetoed a proposal."""

    id: bytes


@dataclass(frozen=True, slots=True)
class MinDelayChange(Event):
    """Proposals have another delay from now on, in seconds."""

    old_duration: int
    new_duration: int
