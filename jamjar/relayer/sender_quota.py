"""How much of a relayer's queue each sender may take: no more than a share of what is free, so that some always is.

A sender is where a request came from. It is known here, in memory, and nowhere else: in a database or a log, who sent
what would tie the consents of one claimant together.
"""

from collections.abc import Callable, Collection


class SenderQuota:
    """What each sender's open items are; `share` is above 0 and at most 1, of what is free."""

    def __init__(self, share: float, still_open: Callable[[Collection[int]], Collection[int]]) -> None:
        self._share = share
        self._still_open = still_open
        self._items: dict[str, set[int]] = {}
        self._forget_at = 1024

    def allows(self, sender: str, free: int) -> bool:
        """Say whether a sender may have one item more, while `free` more can be taken from all."""
        most, items = free * self._share, self._items.get(sender, set())
        if len(items) >= most and items:  # some may have ended
            items = self._items[sender] = set(self._still_open(items))
        return len(items) < most

    def took(self, sender: str, number: int) -> None:
        """Remember that an item, by its number, came from a sender, until it has ended."""
        self._items.setdefault(sender, set()).add(number)
        if sum(map(len, self._items.values())) >= self._forget_at:
            self._forget()

    def _forget(self) -> None:
        everything = set().union(*self._items.values())
        current = set(self._still_open(everything))
        self._items = {sender: left for sender, items in self._items.items() if (left := items & current)}
        self._forget_at = max(1024, 2 * len(current))
