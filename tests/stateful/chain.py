"""What the machine needs of a chain: one in another process and one in this are behind the same few calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

GAS = 10_000_000


@dataclass(frozen=True, slots=True)
class Log:
    """An event as it stands on the chain."""

    address: str
    topics: tuple[bytes, ...]
    data: bytes


@dataclass(frozen=True, slots=True)
class Reverted:
    """A call was refused, with this error data."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A call that is tried, without effect; static when it could have none."""

    sender: str
    to: str
    data: bytes
    static: bool = True


class Chain(Protocol):
    """A chain with unlocked accounts, no price of gas, and a clock that obeys; addresses have their checksum."""

    accounts: Sequence[str]

    def deploy(self, sender: str, code: bytes) -> tuple[str, list[Log]]:
        """Return the new contract's address, and what its constructor logged."""

    def send(self, time: int, sender: str, to: str, data: bytes, value: int) -> list[Log] | Reverted:
        """Record a transaction in a block at `time`."""

    def tried(self, calls: Sequence[Call]) -> list[bytes | Reverted]:
        """Return what calls would come to in the newest block."""

    def act_as(self, address: str) -> None:
        """Let transactions be sent from an address whose key nobody has, such as a contract's."""

    def wait_until(self, time: int) -> None:
        """Make `time` the time of the newest block."""

    def now(self) -> int:
        """Return the time of the newest block."""

    def balances(self, addresses: Sequence[str]) -> list[int]:
        """Return what ether each has, in wei."""

    def snapshot(self) -> Any:
        """Keep the chain as it is, for `revert`."""

    def revert(self, snapshot: Any) -> None:
        """Make the chain what it was, once for each snapshot."""
