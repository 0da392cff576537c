"""The settings of an operator for how its relayer carries."""

from dataclasses import dataclass

from jamjar.errors import InvalidInput
from jamjar.protocol.settings import MOST_ITEMS


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
    """

    depth: int = 2
    most_items: int = 100
    most_open: int = 32
    gas_share: float = 0.5
    resend_after: int = 15
    replace_after: int = 60
    most_attempts: int = 6

    def __post_init__(self) -> None:
        whole = (self.depth, 0), (self.most_items, 1), (self.most_open, 1), (self.most_attempts, 1)
        times = (self.resend_after, 0), (self.replace_after, 0)
        for number, least in (*whole, *times):
            if type(number) is not int or number < least:
                raise InvalidInput(f"The setting {number!r} is not a whole number of at least {least}; correct it.")
        if self.most_items > MOST_ITEMS or not 0 < self.gas_share <= 1:
            raise InvalidInput("The setting most_items is over 256, or gas_share not above 0 and up to 1; correct it.")
