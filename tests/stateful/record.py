"""What stands on the record according to the interfaces, as values, and what may come of a call.

Addresses have the EIP-55 checksum, times are Unix seconds, roles are the contracts' ids.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any, Generic, TypeAlias, TypeVar

from jamjar.typed_data import Message

NOBODY = "0x" + 40 * "0"
NOTHING = bytes(32)

Standing = IntEnum("Standing", "NONE ACTIVE SUSPENDED", start=0)
Status = IntEnum("Status", "NONE SCHEDULED ACTIVE PAUSED STALE EXHAUSTED EXPIRED RELEASED WITHDRAWN", start=0)
Stage = IntEnum("Stage", "NONE GRANTED PAUSED RELEASED WITHDRAWN", start=0)
AdviceStage = IntEnum("AdviceStage", "NONE RECORDED ACKNOWLEDGED", start=0)
LIVE = (Status.ACTIVE, Status.EXHAUSTED)
CLOSED = (Status.NONE, Status.EXPIRED, Status.RELEASED, Status.WITHDRAWN)

OPEN = tuple(status for status in Status if status not in CLOSED)

M = TypeVar("M", bound=Message)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a deployment fixes for good; times in seconds."""

    administrator: str
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
class Member:
    """A member: its standing, and what it was admitted with or given since."""

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

    def status(self, now: int) -> Status:
        """Where it stands at `now`: the first that applies, in the order of IConsentRegistry.Status' text."""
        applies = {
            Status.NONE: self.stage is Stage.NONE,
            Status.WITHDRAWN: self.stage is Stage.WITHDRAWN,
            Status.RELEASED: self.stage is Stage.RELEASED,
            Status.EXPIRED: now > self.valid_until,
            Status.PAUSED: self.stage is Stage.PAUSED,
            Status.SCHEDULED: now < self.valid_from,
            Status.STALE: now > self.reconfirm_by,
            Status.EXHAUSTED: self.uses >= self.max_uses,
        }
        return next((status for status, true in applies.items() if true), Status.ACTIVE)


@dataclass(frozen=True, slots=True)
class State:
    """All that is on the record: members, what accounts act for, consents, heads and advice."""

    rules: Rules
    members: Mapping[int, Member] = field(default_factory=dict)
    accounts: Mapping[str, int] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    heads: Mapping[str, bytes] = field(default_factory=dict)
    advice: Mapping[tuple[str, bytes, bytes], AdviceStage] = field(default_factory=dict)

    def member(self, number: int) -> Member:
        return self.members.get(number, Member())

    def member_of(self, account: str) -> int:
        return self.accounts.get(account, 0)

    def is_active(self, number: int) -> bool:
        return self.member(number).standing is Standing.ACTIVE

    def is_adviser(self, number: int) -> bool:
        return self.is_active(number) and self.rules.adviser in self.member(number).roles

    def consent(self, address: str) -> Consent:
        return self.consents.get(address, Consent())

    def status(self, address: str, now: int) -> Status:
        return self.consent(address).status(now)

    def is_live(self, address: str, now: int) -> bool:
        return self.status(address, now) in LIVE and self.is_adviser(self.consent(address).recipient)

    def is_recipient(self, address: str, account: str) -> bool:
        return self.member_of(account) == self.consent(address).recipient != 0

    def acts_now(self, account: str) -> bool:
        """Whether an account acts for a member with its powers."""
        return self.is_active(self.member_of(account))

    def head(self, address: str) -> bytes:
        return self.heads.get(address, NOTHING)

    def stage_of(self, advice: tuple[str, bytes, bytes]) -> AdviceStage:
        return self.advice.get(advice, AdviceStage.NONE)

    def with_member(self, number: int, member: Member) -> "State":
        return replace(self, members={**self.members, number: member})

    def with_advice(self, advice: tuple[str, bytes, bytes], stage: AdviceStage) -> "State":
        return replace(self, advice={**self.advice, advice: stage})

    def with_consent(self, address: str, consent: Consent) -> "State":
        return replace(self, consents={**self.consents, address: consent})


@dataclass(frozen=True, slots=True)
class Event:
    """An event, its arguments in the order of the interface."""

    name: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A custom error, its arguments in the order of the interface; no name when there is no error data."""

    name: str = ""
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What a call that is not refused comes to."""

    state: State
    events: tuple[Event, ...]


Outcome: TypeAlias = Done | Refused


@dataclass(frozen=True, slots=True)
class Signed(Generic[M]):
    """A message, and whose key signed exactly it for the contract it is given to: empty when nobody's did."""

    message: M
    signer: str


def first(*refusals: tuple[Any, ...]) -> Refused | None:
    """Return the refusal of the first (applies, error, arguments ...) that applies."""
    return next((Refused(name, tuple(arguments)) for applies, name, *arguments in refusals if applies), None)


def outcome(refused: Refused | None, state: State, *events: Event) -> Outcome:
    """Return the refusal if there is one, otherwise what is done."""
    return refused or Done(state, events)
