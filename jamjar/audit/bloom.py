"""The bloom filter of a block's logs, by which its header commits to them (Ethereum Yellow Paper, section 4.3.1)."""

from collections.abc import Iterable
from functools import lru_cache

from jamjar.audit.block import BlockLog
from jamjar.crypto.hashing import keccak256

BYTES = 256


def bloom_of(logs: Iterable[BlockLog]) -> bytes:
    """Return the 256 bytes of the filter of these logs."""
    filled = 0
    for log in logs:
        filled |= _bits(bytes.fromhex(log.address[2:]))
        for topic in log.topics:
            filled |= _bits(topic)
    return filled.to_bytes(BYTES, "big")


@lru_cache(1 << 14)
def _bits(value: bytes) -> int:
    """Return the filter of one value: three bits, each set by the last 11 bits of a pair of bytes of its Keccak-256."""
    digest = keccak256(value)
    bits = 0
    for at in (0, 2, 4):
        bits |= 1 << (int.from_bytes(digest[at : at + 2], "big") & 2047)
    return bits
