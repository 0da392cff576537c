"""The accounts that a carrier sends from: each with its own line of nonces, none of which is left out or used twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from jamjar.errors import LedgerError
from jamjar.relayer.item import URGENT
from jamjar.relayer.journal import Carriage, Journal
from jamjar.relayer.node_port import NodePort

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

_URGENT = frozenset(kind.__name__ for kind in URGENT)


class Accounts:
    """A carrier's accounts; the first of several carries only what is urgent, so that no batch holds a withdrawal up.

    Carriages of an account whose key is no longer given are followed, but no others are begun.
    """

    def __init__(self, keys: Sequence[LocalAccount], journal: Journal, most_open: int) -> None:
        """Take the keys, and how many carriages of one account may be under way; for what is urgent, twice as many."""
        self._keys = {str(key.address): key for key in keys}
        self._journal, self._most = journal, most_open
        self._used: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._refused: set[tuple[str, str]] = set()

    def look(self, chain: NodePort, under_way: Iterable[Carriage]) -> None:
        """Ask how many transactions each account has; raises LedgerError when that is fewer than were final already."""
        self._refused.clear()
        for address in {*self._keys, *(each.account for each in under_way)}:
            if address not in self._used:
                self._used[address] = self._journal.used(address)
            self._counts[address] = chain.count(address)
            if self._counts[address] < self._used[address]:
                raise LedgerError("The node is behind what was final already; wait for it, or ask another.")

    def key(self, address: str) -> LocalAccount | None:
        """Return the key of an account, None if it is not given."""
        return self._keys.get(address)

    def count(self, address: str) -> int:
        """Return how many transactions an account had when it was looked at."""
        return self._counts[address]

    def ended(self, carriage: Carriage) -> None:
        """Remember that a carriage's nonce is used for good."""
        self._used[carriage.account] = max(self._used[carriage.account], carriage.nonce + 1)

    def refuse(self, address: str, kind: str) -> None:
        """Leave an account out for a type of message until the next look."""
        self._refused.add((address, kind))

    def with_room(self, kind: str, under_way: Iterable[Carriage]) -> str | None:
        """Return that with the fewest carriages under way, or for what is urgent the first; None if all are full."""
        addresses = list(self._keys)
        if kind not in _URGENT:
            addresses = addresses[1:] or addresses
        most = self._most * (2 if kind in _URGENT else 1)
        busy = Counter(each.account for each in under_way)
        fit = [each for each in addresses if busy[each] < most and (each, kind) not in self._refused]
        if kind in _URGENT:  # by an account with batches only when there is no other
            return next(iter(fit), None)
        return min(fit, key=lambda address: busy[address], default=None)

    def free_nonce(self, address: str, under_way: Iterable[Carriage]) -> int:
        """Return the lowest nonce that is neither used nor taken: one that was lost would hold up those above it."""
        taken = {each.nonce for each in under_way if each.account == address}
        nonce = max(self._counts[address], self._used[address])  # what ended since was mined since
        while nonce in taken:
            nonce += 1
        return nonce
