"""An index of everything that has a name, for readers without a server to search: by how the name begins."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from jamjar.explorer.governing import Governing
from jamjar.explorer.record import EventRecord

BLOCKS: Final = 1000
"""Of one page of the index."""
_PREFIX: Final = len("0x0")


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a page: its kind, its name, and the page's path."""

    kind: str
    name: str
    path: str


def beginnings(record: EventRecord, governing: Governing) -> list[str]:
    """Return the first digits of all addresses and hashes, such as 0x0, each of which has a page of the index."""
    return sorted({each.name[:_PREFIX].lower() for each in _named(record, governing)})


def ranges(record: EventRecord) -> list[int]:
    """Return the first block of each page of the index, of the blocks that have events."""
    return sorted({block // BLOCKS * BLOCKS for block in record.blocks})


def beginning(record: EventRecord, governing: Governing, prefix: str) -> Mapping[str, list[Named]]:
    """Return what begins with these digits, sorted, by one digit more; nothing for other text."""
    found = sorted(
        (each for each in _named(record, governing) if each.name[:_PREFIX].lower() == prefix),
        key=lambda each: each.name.lower(),
    )
    return {more: list(each) for more, each in groupby(found, lambda each: each.name[: _PREFIX + 1].lower())}


def blocks_from(record: EventRecord, first: int) -> list[int]:
    """Return the blocks with events of one page of the index."""
    return sorted(block for block in record.blocks if first <= block < first + BLOCKS)


def _named(record: EventRecord, governing: Governing) -> Iterator[Named]:
    yield from (Named("consent", name, f"/consents/{name}") for name in record.consents)
    yield from (Named("transaction", name, f"/transactions/{name}") for name in record.transactions)
    yield from (Named("proposal", name, f"/proposals/{name}") for name in governing.proposals)
    yield from (Named("account", name, f"/members/{number}") for name, number in governing.accounts.items() if number)
    yield from (Named("founder", name, "/governing") for name in governing.founders)
