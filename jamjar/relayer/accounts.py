"""The accounts that a carrier sends from, each with its own sequence of nonces, without gaps or repeated use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from jamjar.errors import LedgerError
from jamjar.relayer.item import URGENT
from jamjar.relayer.journal import Carriage, Journal
from jamjar.relayer.node_port import NodePort

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

MOST_FILLED: Final = 64
"""How many nonces that nobody used are filled with empty transactions, so that the one above them can be mined."""
_URGENT = frozenset(kind.__name__ for kind in URGENT)


class Accounts:
    """A carrier's accounts; the first of several carries only urgent items, so that no batch delays a withdrawal.

    The carriages of an account whose key was removed are followed, but no new ones are begun.
    """

    def __init__(
        self, keys: Sequence[LocalAccount], journal: Journal, most_open: int, tell: Callable[[str], object]
    ) -> None:
        """Take the keys, how many carriages of one account may be under way, and whom to tell of contradictions.

        Twice as many carriages may be under way for urgent items.
        """
        self._keys = {str(key.address): key for key in keys}
        self._journal, self._most, self._tell = journal, most_open, tell
        self._used: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._refused: set[tuple[str, str]] = set()

    def look(self, chain: NodePort, under_way: Collection[Carriage]) -> None:
        """Read each account's number of transactions, and tell where it contradicts the journal.

        Raises LedgerError when it is lower than the final ones.
        """
        self._refused.clear()
        for address in {*self._keys, *(each.account for each in under_way)}:
            if address not in self._used:
                self._used[address] = self._journal.used(address)
            count, used = chain.count(address), self._used[address]
            self._counts[address] = count
            if count < used:
                raise LedgerError(
                    f"The node is behind blocks that were final: it counts {count} transactions of {address}, and "
                    f"the journal {used}; wait for it, or ask another node."
                )
            nonces = {each.nonce for each in under_way if each.account == address}
            is_known = used or nonces
            if (is_known and count > max({used, *(nonce + 1 for nonce in nonces)})) or (nonces and count < min(nonces)):
                self._tell(
                    f"The node counts {count} transactions of {address}, which contradicts the journal; ask another "
                    "node, and give the relayer its own accounts."
                )

    def key(self, address: str) -> LocalAccount | None:
        """Return the key of an account, None if there is none."""
        return self._keys.get(address)

    def count(self, address: str) -> int:
        """Return how many transactions an account had at the last look."""
        return self._counts[address]

    def ended(self, carriage: Carriage) -> None:
        """Remember that a carriage's nonce is used finally."""
        self._used[carriage.account] = max(self._used[carriage.account], carriage.nonce + 1)

    def refuse(self, address: str, kind: str) -> None:
        """Exclude an account for a type of message until the next look."""
        self._refused.add((address, kind))

    def with_room(self, kind: str, under_way: Iterable[Carriage]) -> str | None:
        """Return the account with the fewest carriages under way, the first for urgent items; None if all are full."""
        addresses = list(self._keys)
        if kind not in _URGENT:
            addresses = addresses[1:] or addresses
        most = self._most * (2 if kind in _URGENT else 1)
        busy = Counter(each.account for each in under_way)
        fit = [each for each in addresses if busy[each] < most and (each, kind) not in self._refused]
        if kind in _URGENT:  # batches' accounts only when there is no other
            return next(iter(fit), None)
        return min(fit, key=lambda address: busy[address], default=None)

    def is_out_of_reach(self, carriage: Carriage, under_way: Iterable[Carriage]) -> bool:
        """Return whether more nonces than are filled are free below a carriage's, so that it will never be mined."""
        return carriage.nonce - self.free_nonce(carriage.account, under_way) > MOST_FILLED

    def free_nonce(self, address: str, under_way: Iterable[Carriage]) -> int:
        """Return the lowest nonce that is neither used nor taken: a gap would block the nonces above it."""
        taken = {each.nonce for each in under_way if each.account == address}
        nonce = max(self._counts[address], self._used[address])  # `_used` has carriages that ended since the last look
        while nonce in taken:
            nonce += 1
        return nonce
