"""The events of Consortium as dataclasses; the fields are the contract's, in its order (see IConsortium)."""

from dataclasses import dataclass

from jamjar.protocol.event import Event


@dataclass(frozen=True, slots=True)
class MemberAdmitted(Event):
    """An institution became a member."""

    member: int
    name: str
    administrator: str


@dataclass(frozen=True, slots=True)
class MemberSuspended(Event):
    """A member lost its powers."""

    member: int
    administrator: str


@dataclass(frozen=True, slots=True)
class MemberReinstated(Event):
    """A suspended member has its powers again."""

    member: int
    administrator: str


@dataclass(frozen=True, slots=True)
class AccountAdded(Event):
    """An account acts for a member."""

    member: int
    account: str
    administrator: str


@dataclass(frozen=True, slots=True)
class AccountRemoved(Event):
    """An account no longer acts for a member."""

    member: int
    account: str
    administrator: str


@dataclass(frozen=True, slots=True)
class EncryptionKeyChanged(Event):
    """A member has a new public encryption key."""

    member: int
    digest: bytes
    key: bytes
    administrator: str


@dataclass(frozen=True, slots=True)
class RoleGranted(Event):
    """A member's seat, or the administrator, holds a role."""

    role: bytes
    account: str
    sender: str


@dataclass(frozen=True, slots=True)
class RoleRevoked(Event):
    """A member's seat, or a former administrator, no longer holds a role."""

    role: bytes
    account: str
    sender: str


@dataclass(frozen=True, slots=True)
class DefaultAdminTransferScheduled(Event):
    """A hand-over of the administration began; it can be accepted after a time."""

    new_admin: str
    accept_schedule: int


@dataclass(frozen=True, slots=True)
class DefaultAdminTransferCanceled(Event):
    """A hand-over of the administration was called off."""


@dataclass(frozen=True, slots=True)
class DefaultAdminDelayChangeScheduled(Event):
    """Hand-overs will have another delay from a time on."""

    new_delay: int
    effect_schedule: int


@dataclass(frozen=True, slots=True)
class DefaultAdminDelayChangeCanceled(Event):
    """A change of the delay was called off."""
