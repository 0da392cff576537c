"""The codes of a hop's and a gateway's refusals, their HTTP statuses, and the errors of a hop's client."""

from collections.abc import Mapping
from typing import Final

from jamjar.errors import JamjarError


class HopCode:
    """What was wrong, as it stands in an answer of a hop, or of a gateway to its hop."""

    WRONG_SIZE: Final = "WRONG_SIZE"
    NOT_OPENED: Final = "NOT_OPENED"
    NO_GATEWAY: Final = "NO_GATEWAY"
    NOT_A_HOP: Final = "NOT_A_HOP"
    UNKNOWN_FORMAT: Final = "UNKNOWN_FORMAT"
    UNKNOWN_KEY: Final = "UNKNOWN_KEY"
    UNKNOWN_GATEWAY: Final = "UNKNOWN_GATEWAY"
    UNKNOWN_ID: Final = "UNKNOWN_ID"
    GATEWAY_REFUSED: Final = "GATEWAY_REFUSED"
    GAVE_UP: Final = "GAVE_UP"
    TOO_FAST: Final = "TOO_FAST"
    TOO_MANY: Final = "TOO_MANY"
    FULL: Final = "FULL"
    GATEWAY_UNAVAILABLE: Final = "GATEWAY_UNAVAILABLE"
    STORE_UNAVAILABLE: Final = "STORE_UNAVAILABLE"


GATEWAY_STATUS: Final[Mapping[str, int]] = {
    HopCode.WRONG_SIZE: 400,
    HopCode.NOT_OPENED: 400,
    HopCode.NO_GATEWAY: 404,
    HopCode.NOT_A_HOP: 403,
    HopCode.UNKNOWN_FORMAT: 415,
    HopCode.UNKNOWN_KEY: 422,
}
"""The HTTP statuses of a gateway's codes (RFC 9110, section 15)."""
_STATUS: Final[Mapping[str, int]] = {
    **GATEWAY_STATUS,
    HopCode.UNKNOWN_GATEWAY: 404,
    HopCode.UNKNOWN_ID: 404,
    HopCode.GATEWAY_REFUSED: 410,
    HopCode.GAVE_UP: 410,
    HopCode.TOO_FAST: 429,
    HopCode.TOO_MANY: 429,
    HopCode.FULL: 503,
    HopCode.GATEWAY_UNAVAILABLE: 502,
    HopCode.STORE_UNAVAILABLE: 503,
}
ENDED: Final = frozenset({HopCode.UNKNOWN_ID, HopCode.GATEWAY_REFUSED, HopCode.GAVE_UP})
"""A hop has no response to a request, and will have none: it may be sealed again."""

NOT_KEPT: Final = frozenset({HopCode.TOO_MANY, HopCode.FULL, HopCode.STORE_UNAVAILABLE})
"""A hop cannot keep a request; it may still pass one on at once."""


def status_of(code: str) -> int:
    """Return the HTTP status of a hop's code (RFC 9110, section 15; 429 is RFC 6585's)."""
    return _STATUS.get(code, 400)


class HopError(JamjarError):
    """Something between a program and a hop, or a hop and a gateway, went wrong."""


class HopUnavailable(HopError):
    """The hop did not answer, or gave an invalid answer; what it was given may be passed on."""


class HopLied(HopUnavailable):
    """The answer does not fit what was sent: do not rely on it."""


class GatewayUnavailable(HopError):
    """The gateway did not answer, or answered what is no response; it may later."""


class GatewayRefused(HopError):
    """The gateway refused a request as it is, and would again."""
