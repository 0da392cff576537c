"""The codes of a mailbox's refusals, their HTTP statuses, and the errors of its client."""

from collections.abc import Mapping
from typing import Final

from jamjar.errors import JamjarError
from jamjar.hop.refusal import GATEWAY_STATUS


class MailboxCode:
    """What was wrong, as it stands in an answer."""

    MALFORMED: Final = "MALFORMED"
    BAD_SIGNATURE: Final = "BAD_SIGNATURE"
    WRONG_AUDIENCE: Final = "WRONG_AUDIENCE"
    TOO_OLD: Final = "TOO_OLD"
    TOO_NEW: Final = "TOO_NEW"
    REPLAYED: Final = "REPLAYED"
    TOO_LARGE: Final = "TOO_LARGE"
    TOO_MANY: Final = "TOO_MANY"
    TOO_FAST: Final = "TOO_FAST"
    NOT_A_MEMBER: Final = "NOT_A_MEMBER"
    NOT_THE_CLAIMANT: Final = "NOT_THE_CLAIMANT"
    NOT_THE_RECIPIENT: Final = "NOT_THE_RECIPIENT"
    NOT_THE_HEAD: Final = "NOT_THE_HEAD"
    UNKNOWN_PACKAGE: Final = "UNKNOWN_PACKAGE"
    UNKNOWN_REPLY: Final = "UNKNOWN_REPLY"
    UNKNOWN_CONSENT: Final = "UNKNOWN_CONSENT"
    CONSENT_ENDED: Final = "CONSENT_ENDED"
    CONSENT_NOT_LIVE: Final = "CONSENT_NOT_LIVE"
    NO_USE_ON_RECORD: Final = "NO_USE_ON_RECORD"
    USE_ALREADY_CONSUMED: Final = "USE_ALREADY_CONSUMED"
    NOT_DEEP_ENOUGH: Final = "NOT_DEEP_ENOUGH"
    NODE_UNAVAILABLE: Final = "NODE_UNAVAILABLE"
    STORE_UNAVAILABLE: Final = "STORE_UNAVAILABLE"


_STATUS: Final[Mapping[str, int]] = {
    MailboxCode.MALFORMED: 400,
    MailboxCode.BAD_SIGNATURE: 401,
    MailboxCode.WRONG_AUDIENCE: 401,
    MailboxCode.TOO_OLD: 401,
    MailboxCode.TOO_NEW: 401,
    MailboxCode.REPLAYED: 409,
    MailboxCode.TOO_LARGE: 413,
    MailboxCode.TOO_MANY: 507,
    MailboxCode.TOO_FAST: 429,
    MailboxCode.UNKNOWN_PACKAGE: 404,
    MailboxCode.UNKNOWN_REPLY: 404,
    MailboxCode.UNKNOWN_CONSENT: 404,
    MailboxCode.NOT_THE_HEAD: 409,
    MailboxCode.NO_USE_ON_RECORD: 409,
    MailboxCode.USE_ALREADY_CONSUMED: 409,
    MailboxCode.NOT_DEEP_ENOUGH: 425,
    MailboxCode.NODE_UNAVAILABLE: 503,
    MailboxCode.STORE_UNAVAILABLE: 503,
    **GATEWAY_STATUS,
}
CODES: Final = frozenset(value for name, value in vars(MailboxCode).items() if name.isupper())


def status_of(code: str) -> int:
    """Return the HTTP status of a code (RFC 9110, section 15; 425 is RFC 8470's, 507 RFC 4918's)."""
    return _STATUS.get(code, 403)


class MailboxError(JamjarError):
    """Something between a program and a mailbox went wrong."""


class MailboxUnavailable(MailboxError):
    """The mailbox did not answer, or gave an invalid answer."""


class MailboxLied(MailboxError):
    """The mailbox did not send what was requested, or what the claimant deposited: do not rely on it."""
