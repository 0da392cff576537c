"""Padding of texts to a few fixed sizes, so that the length does not reveal the content.

A padded text is its length in 4 bytes (big-endian), the text, and zeros.
"""

from collections.abc import Sequence
from typing import Final

from jamjar.errors import InvalidInput

_PREFIX: Final = 4


def pad(text: bytes, sizes: Sequence[int], room: int = 0) -> bytes:
    """Return `text` padded to the smallest of `sizes` that holds it and has at least `room` bytes in all.

    sizes  in bytes, ascending

    Raises InvalidInput for a text that no size holds.
    """
    least = _PREFIX + len(text)
    for size in sizes:
        if size >= max(least, room):
            return (len(text).to_bytes(_PREFIX, "big") + text).ljust(size, b"\0")
    if least <= sizes[-1]:
        return (len(text).to_bytes(_PREFIX, "big") + text).ljust(sizes[-1], b"\0")
    raise InvalidInput(f"The text is longer than {sizes[-1] - _PREFIX:,} bytes; shorten it, or send it in parts.")


def unpad(padded: bytes, sizes: Sequence[int]) -> bytes:
    """Return the text that `pad` padded to one of `sizes`; raises InvalidInput for any other bytes."""
    end = _PREFIX + int.from_bytes(padded[:_PREFIX], "big")
    if len(padded) not in sizes or end > len(padded) or any(padded[end:]):
        raise InvalidInput("The padding is malformed; ask the sender to send it again with this version of Jamjar.")
    return padded[_PREFIX:end]
