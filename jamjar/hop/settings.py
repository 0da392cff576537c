"""How one hop is run."""

from dataclasses import dataclass

from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput
from jamjar.hop.message import GatewayKind
from jamjar.protocol.settings import DAY


@dataclass(frozen=True, slots=True)
class HopSettings:
    """How one hop is run; times in seconds.

    gateways   the addresses that it passes requests on to, and what each is
    epoch      what can wait is passed on at its next multiple, all that came by then in random order
    retry      until what a gateway did not answer is tried again
    give_up    after how long it is given up
    keep       how long a response is kept that nobody fetches
    key        how long a gateway's key is given before it is fetched again: all wallets get the same
    most       how many requests and responses are kept in all, and `each` of one sender
    burst      how many requests a sender may send at once, and `per_second` after that
    """

    gateways: dict[str, GatewayKind]
    epoch: int = 3600
    retry: int = 30
    give_up: int = 3 * DAY
    keep: int = 7 * DAY
    key: int = 3600
    most: int = 20_000
    each: int = 200
    burst: int = 300
    per_second: float = 2.0

    def __post_init__(self) -> None:
        if not self.gateways:
            raise InvalidInput("The hop has no gateway to pass on to; name one with --relayer or --mailbox.")
        times = self.epoch, self.retry, self.give_up, self.keep, self.key
        if min(*times, self.most, self.each, self.burst) < 1 or self.per_second <= 0 or self.epoch > DAY:
            raise InvalidInput("The times and limits of a hop are at least 1, its epoch at most a day; correct them.")

    def epoch_after(self, now: float) -> int:
        """Return the first epoch after a time, in Unix seconds."""
        return (int(now) // self.epoch + 1) * self.epoch


def gateway_id(address: str) -> str:
    """Return the name of a gateway at every hop: the Keccak-256 of its address, in hex."""
    return keccak256(address.encode()).hex()
