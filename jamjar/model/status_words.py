"""What lists say of consents and members, by the names that the ledger has: words in place of codes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from jamjar.model.state import Reason, Standing

STATUS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "NONE": "not on the ledger",
        "SCHEDULED": "not begun yet",
        "ACTIVE": "running",
        "PAUSED": "paused",
        "STALE": "to be confirmed again",
        "EXHAUSTED": "used up",
        "EXPIRED": "over",
        "RELEASED": "given up by the recipient",
        "WITHDRAWN": "withdrawn",
    }
)
"""Of a consent, after "is"."""
STANDING: Final[Mapping[Standing, str]] = MappingProxyType(
    {Standing.NONE: "no member", Standing.ACTIVE: "active", Standing.SUSPENDED: "suspended"}
)
"""Of a member, after "is"."""
_REASON: Final[Mapping[int, str]] = MappingProxyType(
    {
        Reason.KEY_STOLEN: "its key was stolen",
        Reason.RULES_BROKEN: "it broke the rules",
        Reason.LEFT: "it left",
        Reason.OWN_REQUEST: "it asked for it",
    }
)


def reason_words(reason: int) -> str:
    """Return why a member is suspended; a reason that the contracts do not have as its number."""
    return _REASON.get(reason, f"reason {reason}")
