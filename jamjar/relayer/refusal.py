"""The codes of a relayer's refusals, their HTTP statuses, and the errors of its client.

Where the ledger would reject the message, the code is the contract's own error, such as HeadMismatch.
"""

from collections.abc import Mapping
from typing import Final

from jamjar.errors import JamjarError, Rejected
from jamjar.ledger.not_yet import may_pass
from jamjar.model import decision
from jamjar.model.state import Status
from jamjar.protocol.rejections import ADVICE
from jamjar.service.refusal import Refusal


class RelayerCode:
    """What was wrong, as it stands in an answer."""

    MALFORMED: Final = "MALFORMED"
    BAD_SIGNATURE: Final = "BAD_SIGNATURE"
    WRONG_LEDGER: Final = "WRONG_LEDGER"
    TOO_LARGE: Final = "TOO_LARGE"
    TOO_FAST: Final = "TOO_FAST"
    TOO_MANY: Final = "TOO_MANY"
    FULL: Final = "FULL"
    BUSY: Final = "BUSY"
    NOT_VOUCHED: Final = "NOT_VOUCHED"
    GRANT_TOO_LATE: Final = "GRANT_TOO_LATE"
    TOO_EARLY: Final = "TOO_EARLY"
    UNKNOWN_MESSAGE: Final = "UNKNOWN_MESSAGE"
    NODE_UNAVAILABLE: Final = "NODE_UNAVAILABLE"
    STORE_UNAVAILABLE: Final = "STORE_UNAVAILABLE"


_STATUS: Final[Mapping[str, int]] = {
    RelayerCode.MALFORMED: 400,
    RelayerCode.BAD_SIGNATURE: 401,
    RelayerCode.WRONG_LEDGER: 422,
    RelayerCode.TOO_LARGE: 413,
    RelayerCode.TOO_FAST: 429,
    RelayerCode.TOO_MANY: 429,
    RelayerCode.FULL: 503,
    RelayerCode.BUSY: 503,
    RelayerCode.NOT_VOUCHED: 403,
    RelayerCode.GRANT_TOO_LATE: 409,
    RelayerCode.TOO_EARLY: 409,
    RelayerCode.UNKNOWN_MESSAGE: 404,
    RelayerCode.NODE_UNAVAILABLE: 503,
    RelayerCode.STORE_UNAVAILABLE: 503,
}
LEDGER_CODES: Final = frozenset({
    "AdviceAlreadyAcknowledged", "AdviceUnknown", "CarrierNotActiveMember", "ConsentExists", "ConsentNotLive",
    "ConsentNotOpen", "ConsentNotPaused", "HeadMismatch", "MaxUsesOutOfRange", "NotSignedByConsent",
    "ReconfirmByOutOfRange", "RecipientNotActiveAdviser", "RootUnchanged", "RootZero", "SequenceExhausted",
    "SequenceMismatch", "TermsDigestZero", "ValidityOutOfRange",
})  # fmt: skip
"""The contracts' errors about what a consent's key signs: what is carried can be rejected with these, and no others."""


_LATER: Final = "If it was recorded a moment ago, the relayer's node is behind: send this again in a minute."


def status_of(code: str) -> int:
    """Return a code's HTTP status (RFC 9110, section 15; 429 is RFC 6585's); 409 for what the ledger would reject."""
    return _STATUS.get(code, 409)


class RelayerError(JamjarError):
    """Something between a program and a relayer went wrong."""


class RelayerUnavailable(RelayerError):
    """The relayer did not answer, or gave an invalid answer; the message may have arrived."""


class RelayerLied(RelayerError):
    """The answer does not fit what was sent, or no operator signed it: do not rely on it."""


def of_rejection(refused: decision.Revert, time: int) -> Refusal:
    """Return the refusal for a contract's error, with the advice of `jamjar.protocol.rejections`.

    time  of the newest block by which it is refused, in Unix seconds; said where later blocks may lift the refusal
    """
    shown = tuple(_shown(argument) for argument in refused.arguments)
    sentence = str(Rejected(refused.name, shown, ADVICE[refused.name]))
    if not may_pass(refused.name, shown):
        return Refusal(refused.name, sentence)
    return Refusal(refused.name, f"{sentence} {_LATER}", {"newest_block_at": time})


def _shown(value: object) -> object:
    if isinstance(value, Status):
        return value.name
    return f"0x{value.hex()}" if isinstance(value, bytes) else value
