"""How many items go into one transaction: as many as the gas of a block takes, by what such items were seen to cost."""

from collections import deque
from math import ceil
from typing import Final

from jamjar.relayer.node_port import Mined

_TRANSACTION: Final = 21_000
_SPARE: Final = 50_000
"""What a batch costs beside its items, at most."""
_FRESH_SLOT: Final = 17_200
"""What an item costs more if its word on the ledger is the first: 20,000 instead of 2,800 (EIP-2200, EIP-2929)."""
_SEEN: Final = 32
_LEFT: Final = 16
"""The part of its gas that a batch may have left when it ran out: of two calls, each leaves a 64th (EIP-150)."""


class Meter:
    """The gas that one account's items of one type cost: the worst of the last transactions, and a first word more."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._each: deque[int] = deque(maxlen=_SEEN)

    @property
    def is_known(self) -> bool:
        """Whether anything was measured."""
        return bool(self._each)

    def learn(self, mined: Mined, sent: int, items: int) -> None:
        """Take what became of a transaction that was sent with this much gas and this many items."""
        if mined.logs:
            self.saw(mined.gas_used, items)
        elif not mined.succeeded and mined.gas_used >= sent - sent // _LEFT:
            self.ran_out(mined.gas_used, items)
        else:
            self.forget()

    def saw(self, gas: int, items: int) -> None:
        """Take what a transaction with this many items used."""
        self._each.append(ceil(max(0, gas - _TRANSACTION) / items))

    def ran_out(self, gas: int, items: int) -> None:
        """Take that this much gas was too little: the next such transaction gets twice as much for each item."""
        self._each.append(ceil(2 * gas / items))

    def forget(self) -> None:
        """Know nothing again: what was measured does not hold any more."""
        self._each.clear()

    def gas(self, items: int, most: int) -> int:
        """Return the gas to send this many items with, of at most `most`."""
        return min(most, _TRANSACTION + _SPARE + items * self._worst)

    def items(self, gas: int, most: int) -> int:
        """Return how many items go with this much gas: one at least, `most` at most."""
        return max(1, min(most, (gas - _TRANSACTION - _SPARE) // self._worst))

    @property
    def _worst(self) -> int:
        return max(self._each) + _FRESH_SLOT
