"""The contracts' state as values, after their interfaces: members, consents, heads and advice.

Addresses have the EIP-55 checksum, times are Unix seconds, roles are the contracts' ids (32 bytes). The rules in
`consent_rules`, `member_rules`, `council_rules` and `governance_rules` decide which events may follow a state, and
`replay` applies them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final, TypeAlias

NOBODY: Final = "0x" + 40 * "0"
"""The zero address."""
NOTHING: Final = bytes(32)
"""The zero word: no root, no digest."""
DONE: Final = 1
"""What TimelockController has in place of a time once a proposal was executed."""


class Standing(IntEnum):
    """The standing of a member: IConsortium.Standing."""

    NONE = 0
    ACTIVE = 1
    SUSPENDED = 2


class Reason(IntEnum):
    """Why a member is suspended: IConsortium.Reason."""

    NONE = 0
    KEY_STOLEN = 1
    RULES_BROKEN = 2
    LEFT = 3
    OWN_REQUEST = 4


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
    council: bytes = NOTHING
    governance: str = NOBODY
    suspension: int = 0
    recovery: int = 0
    most_roles: int = 5
    name_bytes: tuple[int, int] = (1, 64)
    key_bytes: tuple[int, int] = (32, 4096)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal to the governance: an operation of TimelockController.

    calls  target, value in wei and data of each
    ready  first second at which it can be executed; DONE once it was
    """

    calls: tuple[tuple[str, int, bytes], ...] = ()
    predecessor: bytes = NOTHING
    salt: bytes = NOTHING
    ready: int = 0


@dataclass(frozen=True, slots=True)
class GovernanceState:
    """The governance: who has which of its roles, the delay of a proposal in seconds, and the proposals by their ids.

    A proposal that was vetoed is gone.
    """

    roles: frozenset[tuple[bytes, str]] = frozenset()
    delay: int = 0
    proposals: Mapping[bytes, Proposal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recovery:
    """An account that is proposed for a member that lost its keys: IConsortium.Recovery."""

    account: str = NOBODY
    ready_at: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A member: its standing, name, key digest and roles; `lapses_at` is IConsortium.Member's."""

    standing: Standing = Standing.NONE
    name: str = ""
    key_digest: bytes = NOTHING
    roles: frozenset[bytes] = frozenset()
    lapses_at: int = 0


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
    """The state of all five contracts.

    accounts    the member that each account acts for
    names       the member of each name, former ones included
    offers      the accounts that members offer to act for them, by member and account
    recoveries  the recoveries that are proposed, by member
    """

    rules: DeploymentRules
    governance: GovernanceState = field(default_factory=GovernanceState)
    members: Mapping[int, Member] = field(default_factory=dict)
    accounts: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    offers: Mapping[tuple[int, str], bool] = field(default_factory=dict)
    recoveries: Mapping[int, Recovery] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    heads: Mapping[str, bytes] = field(default_factory=dict)
    advice: Mapping[AdviceId, AdviceStage] = field(default_factory=dict)

    def member(self, number: int) -> Member:
        """Return a member, all empty for an unknown one."""
        return self.members.get(number, Member())

    def member_of(self, account: str) -> int:
        """Return the number of the member an account acts for, 0 if none."""
        return self.accounts.get(account, 0)

    def accounts_of(self, number: int) -> list[str]:
        """Return the accounts that act for a member."""
        return [account for account, member in self.accounts.items() if member == number]

    def is_active(self, number: int) -> bool:
        """Return whether a member is admitted and not suspended."""
        return self.member(number).standing is Standing.ACTIVE

    def is_adviser(self, number: int) -> bool:
        """Return whether a member is active and an adviser."""
        return self.is_active(number) and self.rules.adviser in self.member(number).roles

    def is_council(self, account: str) -> bool:
        """Return whether an account acts for an active member of the council."""
        number = self.member_of(account)
        return self.is_active(number) and self.rules.council in self.member(number).roles

    def recovery(self, number: int) -> Recovery:
        """Return the recovery that is proposed for a member, all empty if there is none."""
        return self.recoveries.get(number, Recovery())

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
