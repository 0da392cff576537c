"""Why a relayer refuses: a code for programs, a sentence for people, an HTTP status for what lies between.

Where the ledger would reject the message, the code is the contract's own error, such as HeadMismatch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from jamjar.errors import JamjarError, Rejected
from jamjar.model import decision
from jamjar.model.state import Status
from jamjar.protocol.rejections import ADVICE

MALFORMED: Final = "MALFORMED"
BAD_SIGNATURE: Final = "BAD_SIGNATURE"
WRONG_LEDGER: Final = "WRONG_LEDGER"
TOO_LARGE: Final = "TOO_LARGE"
TOO_FAST: Final = "TOO_FAST"
TOO_MANY: Final = "TOO_MANY"
FULL: Final = "FULL"
BUSY: Final = "BUSY"
GRANT_TOO_LATE: Final = "GRANT_TOO_LATE"
TOO_EARLY: Final = "TOO_EARLY"
UNKNOWN_MESSAGE: Final = "UNKNOWN_MESSAGE"
NODE_UNAVAILABLE: Final = "NODE_UNAVAILABLE"
STORE_UNAVAILABLE: Final = "STORE_UNAVAILABLE"

_STATUS: Final[Mapping[str, int]] = {
    MALFORMED: 400,
    BAD_SIGNATURE: 401,
    WRONG_LEDGER: 422,
    TOO_LARGE: 413,
    TOO_FAST: 429,
    TOO_MANY: 429,
    FULL: 503,
    BUSY: 503,
    GRANT_TOO_LATE: 409,
    TOO_EARLY: 409,
    UNKNOWN_MESSAGE: 404,
    NODE_UNAVAILABLE: 503,
    STORE_UNAVAILABLE: 503,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refusal; `details` are facts a program can act on, such as when a grant would be in time."""

    code: str
    sentence: str
    details: Mapping[str, int | str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status (RFC 9110, section 15; 429 is RFC 6585's); 409 for what the ledger would reject."""
        return _STATUS.get(self.code, 409)


class RelayerError(JamjarError):
    """Something between a program and a relayer went wrong."""


class Refused(RelayerError):
    """A relayer refused a message; it keeps nothing of it."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(f"{refusal.code}: {refusal.sentence}")


class RelayerUnavailable(RelayerError):
    """The relayer did not answer, or answered with something that makes no sense; what was sent may be there."""


class RelayerLied(RelayerError):
    """What the relayer answered does not belong to what was sent, or no operator signed it: do not rely on it."""


def of_rejection(refused: decision.Revert) -> Refusal:
    """Return the refusal that stands for what a contract would say, in the words of `jamjar.protocol.rejections`."""
    shown = tuple(_shown(argument) for argument in refused.arguments)
    return Refusal(refused.name, str(Rejected(refused.name, shown, ADVICE[refused.name])))


def _shown(value: object) -> object:
    if isinstance(value, Status):
        return value.name
    return f"0x{value.hex()}" if isinstance(value, bytes) else value
