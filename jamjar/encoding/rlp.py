"""Recursive length prefix, Ethereum's encoding of nested lists of bytes (Yellow Paper, appendix B)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

RlpItem: TypeAlias = "bytes | Sequence[RlpItem]"


def encode(item: RlpItem) -> bytes:
    """Return the encoding of bytes, or of a list of such items."""
    if isinstance(item, bytes):
        return item if len(item) == 1 and item[0] < 0x80 else _prefix(0x80, len(item)) + item
    content = b"".join(map(encode, item))
    return _prefix(0xC0, len(content)) + content


def _prefix(short: int, size: int) -> bytes:
    if size < 56:
        return bytes([short + size])
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([short + 55 + len(digits)]) + digits
