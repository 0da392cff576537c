"""Events of contracts that are no part of a deployment, decoded by the ABI that their authors give.

Only what fits one word is decoded: what modules may record, and what the registry of modules does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jamjar.crypto.hashing import keccak256
from jamjar.protocol.abi import EVENT, Entry, is_readable, signature
from jamjar.protocol.address import checksum_address

_WORD: Final = 32
_BITS: Final = {"address": 160, "bool": 1, "uint8": 8, "uint32": 32, "uint64": 64}


@dataclass(frozen=True, slots=True)
class ForeignEvent:
    """An event: its name, and its arguments by their names; bytes for a bytes32, text for an address, or a number."""

    name: str
    arguments: Mapping[str, bytes | str | int]


def decoded(abi: Iterable[Entry], topics: Sequence[bytes], data: bytes) -> ForeignEvent | None:
    """Return the event of an ABI that a log is; None unless it is exactly one of them."""
    for entry in abi:
        if (
            is_readable(entry)
            and entry["type"] == EVENT
            and topics
            and keccak256(signature(entry).encode()) == topics[0]
        ):
            return _decoded(entry, topics[1:], data)
    return None


def _decoded(entry: Entry, topics: Sequence[bytes], data: bytes) -> ForeignEvent | None:
    parts: list[Mapping[str, Any]] = entry["inputs"]
    words = [data[at : at + _WORD] for at in range(0, len(data), _WORD)]
    if len(words) + len(topics) != len(parts) or len(topics) != sum(bool(part.get("indexed")) for part in parts):
        return None
    plain, indexed, found = iter(words), iter(topics), dict[str, bytes | str | int]()
    for place, part in enumerate(parts):
        value = _value(part["type"], next(indexed if part.get("indexed") else plain))
        if value is None:
            return None
        found[part.get("name") or str(place)] = value
    return ForeignEvent(entry["name"], found)


def _value(kind: str, word: bytes) -> bytes | str | int | None:
    if len(word) != _WORD or kind not in {*_BITS, "bytes32"}:
        return None
    if kind == "bytes32":
        return word
    number = int.from_bytes(word, "big")
    if number >> _BITS[kind]:
        return None
    return checksum_address(word[12:]) if kind == "address" else number
