"""What a list says of a consent, by the name of its status on the ledger: words that follow "is"."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

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
