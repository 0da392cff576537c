"""The contracts' state as values, after their interfaces: members, consents, heads and advice.

Addresses have the EIP-55 checksum, times are Unix seconds, roles are the contracts' ids (32 bytes). The rules in
`consent_rules`, `member_rules` and `hand_over_rules` decide which events may follow a state, and `replay` applies them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final, TypeAlias

NOBODY: Final = "0x" + 40 * "0"
"""The zero address."""
NOTHING: Final = bytes(32)
"""The zero word: no root, no digest."""
ADMINISTRATION: Final = bytes(32)
"""The administrator's role, DEFAULT_ADMIN_ROLE of AccessControl."""


class Standing(IntEnum):
    """The standing of a member: IConsortium.Standing."""

    NONE = 0
    ACTIVE = 1
    SUSPENDED = 2


class Stage(IntEnum):
    """The stored stage of a consent: IConsentRegistry.Stage."""

    NONE = 0
    GRANTED = 1
    PAUSED = 2
    RELEASED = 3
    WITHDRAWN = 4


class Status(IntEnum):
    """The status of a consent at a time: IConsentRegistry.Status."""

    NONE = 0
    SCHEDULED = 1
    ACTIVE = 2
    PAUSED = 3
    STALE = 4
    EXHAUSTED = 5
    EXPIRED = 6
    RELEASED = 7
    WITHDRAWN = 8


class AdviceStage(IntEnum):
    """The stage of a piece of advice: IAdviceLog.Stage."""

    NONE = 0
    RECORDED = 1
    ACKNOWLEDGED = 2


LIVE: Final = (Status.ACTIVE, Status.EXHAUSTED)
ENDED: Final = (Status.EXPIRED, Status.RELEASED, Status.WITHDRAWN)
OPEN: Final = tuple(status for status in Status if status not in (Status.NONE, *ENDED))

AdviceId: TypeAlias = tuple[str, bytes, bytes]
"""A piece of advice: its consent, the commitment it is about, its digest."""


@dataclass(frozen=True, slots=True)
class DeploymentRules:
    """The parameters that a deployment fixes permanently; times in seconds, lengths in bytes."""

    roles: frozenset[bytes]
    adviser: bytes
    longest_validity: int
    longest_reconfirmation: int
    most_uses: int
    most_items: int
    most_roles: int = 4
    name_bytes: tuple[int, int] = (1, 64)
    key_bytes: tuple[int, int] = (32, 4096)


@dataclass(frozen=True, slots=True)
class Administration:
    """The administrator and the delay of a hand-over; the next of each, and the time after which it can follow."""

    holder: str = NOBODY
    delay: int = 0
    next_holder: str = NOBODY
    next_after: int = 0
    next_delay: int = 0
    next_delay_after: int = 0

    def delay_at(self, now: int) -> int:
        """Return the seconds between beginning and accepting a hand-over that begins at `now`."""
        return self.next_delay if 0 < self.next_delay_after < now else self.delay


@dataclass(frozen=True, slots=True)
class Member:
    """A member: its standing, name, key digest and roles."""

    standing: Standing = Standing.NONE
    name: str = ""
    key_digest: bytes = NOTHING
    roles: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent as stored: IConsentRegistry.Consent."""

    recipient: int = 0
    valid_from: int = 0
    valid_until: int = 0
    reconfirm_by: int = 0
    sequence: int = 0
    max_uses: int = 0
    uses: int = 0
    stage: Stage = Stage.NONE

    def __post_init__(self) -> None:
        object.__setattr__(self, "stage", Stage(self.stage))  # as read from the contract it is a number

    def status(self, now: int) -> Status:
        """Return the status at `now`: the first that applies, in the order that IConsentRegistry.Status states."""
        applies = (
            (Status.NONE, self.stage is Stage.NONE),
            (Status.WITHDRAWN, self.stage is Stage.WITHDRAWN),
            (Status.RELEASED, self.stage is Stage.RELEASED),
            (Status.EXPIRED, now > self.valid_until),
            (Status.PAUSED, self.stage is Stage.PAUSED),
            (Status.SCHEDULED, now < self.valid_from),
            (Status.STALE, now > self.reconfirm_by),
            (Status.EXHAUSTED, self.uses >= self.max_uses),
        )
        return next((status for status, true in applies if true), Status.ACTIVE)


@dataclass(frozen=True, slots=True)
class LedgerState:
    """The state of all four contracts: administration, members, the member of each account, consents, heads, advice."""

    rules: DeploymentRules
    administration: Administration = field(default_factory=Administration)
    members: Mapping[int, Member] = field(default_factory=dict)
    accounts: Mapping[str, int] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    heads: Mapping[str, bytes] = field(default_factory=dict)
    advice: Mapping[AdviceId, AdviceStage] = field(default_factory=dict)

    def member(self, number: int) -> Member:
        """Return a member, all empty for an unknown one."""
        return self.members.get(number, Member())

    def member_of(self, account: str) -> int:
        """Return the number of the member an account acts for, 0 if none."""
        return self.accounts.get(account, 0)

    def is_active(self, number: int) -> bool:
        """Return whether a member is admitted and not suspended."""
        return self.member(number).standing is Standing.ACTIVE

    def is_adviser(self, number: int) -> bool:
        """Return whether a member is active and an adviser."""
        return self.is_active(number) and self.rules.adviser in self.member(number).roles

    def acts_now(self, account: str) -> bool:
        """Return whether an account acts for an active member."""
        return self.is_active(self.member_of(account))

    def consent(self, address: str) -> Consent:
        """Return a consent as stored, all zero for an unknown one."""
        return self.consents.get(address, Consent())

    def status(self, address: str, now: int) -> Status:
        """Return the status of a consent at `now`."""
        return self.consent(address).status(now)

    def is_live(self, address: str, now: int) -> bool:
        """Return whether anything may be recorded under a consent at `now`."""
        return self.status(address, now) in LIVE and self.is_adviser(self.consent(address).recipient)

    def is_recipient(self, address: str, account: str) -> bool:
        """Return whether an account acts for a consent's recipient."""
        return self.member_of(account) == self.consent(address).recipient != 0

    def head(self, address: str) -> bytes:
        """Return the newest commitment under a consent, NOTHING if there is none."""
        return self.heads.get(address, NOTHING)

    def stage_of(self, advice: AdviceId) -> AdviceStage:
        """Return the stage of a piece of advice."""
        return self.advice.get(advice, AdviceStage.NONE)


@dataclass(frozen=True, slots=True)
class Emitted:
    """An event as its contract emits it: its name, and its arguments in the interface's order."""

    name: str
    arguments: tuple[Any, ...]
