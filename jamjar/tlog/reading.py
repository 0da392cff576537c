"""The events of a log, read from its files, and the source with which they are compared."""

from collections.abc import Iterator
from typing import Protocol

from jamjar.tlog.leaf import RawEvent, from_bytes
from jamjar.tlog.tiles import TileTree


class Leaves(Protocol):
    """The leaves of a log."""

    def leaves(self, first: int, end: int) -> Iterator[bytes]:
        """Yield the leaves from number `first` to before `end`."""


class EventSource(Protocol):
    """A ledger, read through one's own node; each method raises LedgerError when it cannot be read."""

    @property
    def first(self) -> int:
        """The block of the deployment: no event is in an earlier one."""

    def final(self) -> int:
        """Return the newest block that counts as final."""

    def events(self, first: int, last: int) -> Iterator[RawEvent]:
        """Yield the events of these blocks, in the order of block and index."""


def events(tree: Leaves, first: int, end: int) -> Iterator[tuple[int, RawEvent]]:
    """Yield the events from number `first` to before `end`, with their numbers.

    Raises InvalidInput for files that are no log's, or leaves that are no events.
    """
    for number, leaf in enumerate(tree.leaves(first, end), first):
        yield number, from_bytes(leaf)


def size_at(tree: TileTree, block: int) -> int:
    """Return how many events the log has up to and including a block; the root of so many is the root at that block."""
    low, high = 0, tree.size
    while low < high:
        middle = (low + high) // 2
        if from_bytes(tree.leaf(middle)).block <= block:
            low = middle + 1
        else:
            high = middle
    return low
