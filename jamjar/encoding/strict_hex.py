"""Bytes as lower-case hex digits without 0x, in one spelling only."""

from jamjar.errors import InvalidInput


def read_hex(text: object, what: str) -> bytes:
    """Return the bytes of a value of JSON; raises InvalidInput, which calls it `what`, for any other spelling."""
    try:
        data = bytes.fromhex(text if isinstance(text, str) else "?")
    except ValueError:
        data = b""
    if data.hex() != text:
        raise InvalidInput(f"{what} is not lower-case hex; ask for another.")
    return data
