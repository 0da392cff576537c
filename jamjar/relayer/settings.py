"""The settings of an operator for how its relayer accepts and carries."""

from dataclasses import dataclass, field
from typing import Final

from jamjar.errors import InvalidInput
from jamjar.protocol.settings import MOST_ITEMS
from jamjar.relayer.conditions import Timing
from jamjar.relayer.epochs import DAILY

MOST_PRICE: Final = 2**63 - 1
"""The largest price of gas, in wei, that a relayer's database holds."""


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """How a relayer accepts messages.

    most        how many items may be open; `reserve` more may be urgent ones about a known consent
    share       the share of the free room that one sender may take: above 0, at most 1
    burst       how many messages a sender may send at once, and `per_second` after that; as many urgent ones, too
    hop_share, hop_burst, hop_per_second  the same for each hop, behind which many people are
    """

    timing: Timing = field(default_factory=lambda: Timing(DAILY))
    most: int = 100_000
    reserve: int = 10_000
    share: float = 0.25
    burst: int = 200
    per_second: float = 5.0
    hop_share: float = 0.5
    hop_burst: int = 5_000
    hop_per_second: float = 100.0

    def __post_init__(self) -> None:
        is_less = min(self.most, self.reserve, self.burst, self.hop_burst) < 1
        is_less |= min(self.share, self.hop_share, self.per_second, self.hop_per_second) <= 0
        if is_less or max(self.share, self.hop_share) > 1:
            raise InvalidInput("A setting of the queue is out of range; choose numbers above 0, and a share up to 1.")


@dataclass(frozen=True, slots=True)
class CarrierSettings:
    """How a carrier sends and follows; times in seconds.

    depth          blocks that must follow a transaction's block before it counts as final
    most_items     items in one batch, at most the contracts' MOST_ITEMS
    most_open      unfinished transactions of one account: enough to fill every block until the first of them is final
    gas_share      the share of a block's gas that one transaction may ask for
    resend_after   until a transaction in no block is sent to the node again
    replace_after  until one that blocks its account's others is replaced, at a higher price
    most_attempts  replacements after which an empty transaction takes the nonce, and its items go into new ones
    most_gas_price the most that is paid for a unit of gas, in wei, whatever the node asks
    """

    depth: int = 2
    most_items: int = 100
    most_open: int = 32
    gas_share: float = 0.5
    resend_after: int = 15
    replace_after: int = 60
    most_attempts: int = 6
    most_gas_price: int = 100 * 10**9

    def __post_init__(self) -> None:
        whole = (self.depth, 0), (self.most_items, 1), (self.most_open, 1), (self.most_attempts, 1)
        others = (self.resend_after, 0), (self.replace_after, 0), (self.most_gas_price, 0)
        for number, least in (*whole, *others):
            if type(number) is not int or number < least:
                raise InvalidInput(f"The setting {number!r} is not a whole number of at least {least}; correct it.")
        if self.most_items > MOST_ITEMS or not 0 < self.gas_share <= 1:
            raise InvalidInput(
                "A batch has at most 256 items, and at most the whole gas of a block; lower the setting."
            )
        if self.most_gas_price > MOST_PRICE:
            raise InvalidInput(f"A gas price is at most {MOST_PRICE} wei; lower --most-gas-price.")
