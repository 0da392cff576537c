"""Long names and times as people read and type them."""

import time
from typing import Final

_SHOWN: Final = 10


def short(name: str) -> str:
    """Return the beginning of an address, id or digest, which is enough to name it; two dots mark the omission."""
    return f"{name[:_SHOWN]}.."


def minute(at: int) -> str:
    """Return a time in Unix seconds as the minute in UTC; one beyond the calendar as it is."""
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.gmtime(at))
    except (OverflowError, ValueError, OSError):
        return f"second {at}"


def typed_beginning(text: str) -> str:
    """Return typed text, or text copied from a table, as the beginning of a name."""
    return text.strip().lower().rstrip(".…")
