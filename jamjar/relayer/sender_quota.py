"""The quota of each sender in a relayer's queue: a share of the free room, so that some always remains.

A sender is the address of a request. It is kept only here, in memory: in a database or a log it would link the consents
of one claimant.
"""

from collections.abc import Callable, Collection


class SenderQuota:
    """The open items of each sender; `share` is the share of the free room, above 0 and at most 1."""

    def __init__(self, share: float, still_open: Callable[[Collection[int]], Collection[int]]) -> None:
        self._share = share
        self._still_open = still_open
        self._items: dict[str, set[int]] = {}
        self._count = 0
        self._forget_at = 1024

    def allows(self, sender: str, free: int, more: Collection[int] = ()) -> bool:
        """Return whether a sender may have one more item, while `free` more can be accepted from all.

        more  the numbers of items that are the sender's as well, and not in the database yet
        """
        most, items = free * self._share, self._items.get(sender, set())
        if len(items.union(more)) >= most and items:  # some may have ended
            self._count -= len(items)
            items = self._items[sender] = set(self._still_open(items))
            self._count += len(items)
        return len(items.union(more)) < most

    def took(self, sender: str, numbers: Collection[int]) -> None:
        """Remember that items, by their numbers, came from a sender, until they have ended."""
        if not numbers:
            return
        items = self._items.setdefault(sender, set())
        self._count -= len(items)
        items.update(numbers)
        self._count += len(items)
        if self._count >= self._forget_at:
            self._forget()

    def _forget(self) -> None:
        everything = set().union(*self._items.values())
        current = set(self._still_open(everything))
        self._items = {sender: left for sender, items in self._items.items() if (left := items & current)}
        self._count = sum(map(len, self._items.values()))
        self._forget_at = max(1024, 2 * len(current))
