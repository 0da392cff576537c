"""Why a mailbox refuses: a code for programs, a sentence for people, an HTTP status for what lies between."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from jamjar.errors import JamjarError


class Code(str, Enum):
    """What was wrong, as it stands in an answer."""

    MALFORMED = "MALFORMED"
    BAD_SIGNATURE = "BAD_SIGNATURE"
    WRONG_AUDIENCE = "WRONG_AUDIENCE"
    TOO_OLD = "TOO_OLD"
    TOO_NEW = "TOO_NEW"
    REPLAYED = "REPLAYED"
    TOO_LARGE = "TOO_LARGE"
    TOO_MANY = "TOO_MANY"
    TOO_FAST = "TOO_FAST"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    NOT_THE_CLAIMANT = "NOT_THE_CLAIMANT"
    NOT_THE_RECIPIENT = "NOT_THE_RECIPIENT"
    NOT_THE_HEAD = "NOT_THE_HEAD"
    UNKNOWN_PACKAGE = "UNKNOWN_PACKAGE"
    UNKNOWN_REPLY = "UNKNOWN_REPLY"
    UNKNOWN_CONSENT = "UNKNOWN_CONSENT"
    CONSENT_ENDED = "CONSENT_ENDED"
    CONSENT_NOT_LIVE = "CONSENT_NOT_LIVE"
    NO_USE_ON_RECORD = "NO_USE_ON_RECORD"
    USE_ALREADY_CONSUMED = "USE_ALREADY_CONSUMED"
    NOT_DEEP_ENOUGH = "NOT_DEEP_ENOUGH"
    NODE_UNAVAILABLE = "NODE_UNAVAILABLE"
    STORE_UNAVAILABLE = "STORE_UNAVAILABLE"


_STATUS: Final[Mapping[Code, int]] = {
    Code.MALFORMED: 400,
    Code.BAD_SIGNATURE: 401,
    Code.WRONG_AUDIENCE: 401,
    Code.TOO_OLD: 401,
    Code.TOO_NEW: 401,
    Code.REPLAYED: 409,
    Code.TOO_LARGE: 413,
    Code.TOO_MANY: 507,
    Code.TOO_FAST: 429,
    Code.UNKNOWN_PACKAGE: 404,
    Code.UNKNOWN_REPLY: 404,
    Code.UNKNOWN_CONSENT: 404,
    Code.NOT_THE_HEAD: 409,
    Code.NO_USE_ON_RECORD: 409,
    Code.USE_ALREADY_CONSUMED: 409,
    Code.NOT_DEEP_ENOUGH: 425,
    Code.NODE_UNAVAILABLE: 503,
    Code.STORE_UNAVAILABLE: 503,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refusal; `details` are facts a program can act on, such as how many blocks more."""

    code: Code
    sentence: str
    details: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status (RFC 9110, section 15; 425 is RFC 8470's, 507 RFC 4918's)."""
        return _STATUS.get(self.code, 403)


class MailboxError(JamjarError):
    """Something between a program and a mailbox went wrong."""


class Refused(MailboxError):
    """A mailbox refused what it was asked for; nothing was stored, handed over or deleted."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(f"{refusal.code.value}: {refusal.sentence}")


class MailboxUnavailable(MailboxError):
    """The mailbox did not answer, or answered with something that makes no sense."""


class MailboxLied(MailboxError):
    """What the mailbox gave is not what was asked for, or not what the claimant put there: do not rely on it."""
