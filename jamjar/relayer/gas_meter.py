"""How many items fit into one transaction: as many as a block's gas allows, at the measured gas of such items."""

from collections import deque
from math import ceil
from typing import Final

from jamjar.relayer.node_port import Mined

_TRANSACTION: Final = 21_000
_SPARE: Final = 50_000
"""Most gas that a batch costs in addition to its items."""
_FRESH_SLOT: Final = 17_200
"""Additional gas of an item that writes a storage word first: 20,000 instead of 2,800 (EIP-2200, EIP-2929)."""
_SEEN: Final = 32
_LEFT: Final = 16
"""The part of its gas that a batch may have left when it ran out: each of two calls leaves a 64th (EIP-150)."""


class Meter:
    """The gas of one account's items of one type: the highest of the last transactions, and a first word."""

    def __init__(self) -> None:
        """Begin without a measurement."""
        self._each: deque[int] = deque(maxlen=_SEEN)

    @property
    def is_known(self) -> bool:
        """Whether anything was measured."""
        return bool(self._each)

    def learn(self, mined: Mined, sent: int, items: int) -> None:
        """Learn from the outcome of a transaction that was sent with this much gas and this many items."""
        if mined.logs:
            self.saw(mined.gas_used, items)
        elif not mined.succeeded and mined.gas_used >= sent - sent // _LEFT:
            self.ran_out(mined.gas_used, items)
        else:
            self.forget()

    def saw(self, gas: int, items: int) -> None:
        """Record the gas that a transaction with this many items used."""
        self._each.append(ceil(max(0, gas - _TRANSACTION) / items))

    def ran_out(self, gas: int, items: int) -> None:
        """Record that this much gas was too little: the next such transaction gets twice as much for each item."""
        self._each.append(ceil(2 * gas / items))

    def forget(self) -> None:
        """Discard the measurements, which are no longer valid."""
        self._each.clear()

    def gas(self, items: int, most: int) -> int:
        """Return the gas to send this many items with, of at most `most`."""
        return min(most, _TRANSACTION + _SPARE + items * self._worst)

    def items(self, gas: int, most: int) -> int:
        """Return how many items fit into this much gas: at least one, at most `most`."""
        return max(1, min(most, (gas - _TRANSACTION - _SPARE) // self._worst))

    @property
    def _worst(self) -> int:
        return max(self._each) + _FRESH_SLOT
