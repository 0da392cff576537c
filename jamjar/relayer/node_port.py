"""The calls of a carrier to a node, and the answers as values; `node` implements them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from jamjar.errors import LedgerError


@dataclass(frozen=True, slots=True)
class Head:
    """The newest block: its number, the gas that one block takes, and its time in Unix seconds."""

    number: int
    gas_limit: int
    time: int


@dataclass(frozen=True, slots=True)
class NodeLog:
    """An event as a node reports it: addresses, topics and data are lower-case hex without 0x."""

    contract: str
    topics: tuple[str, ...]
    data: str = field(repr=False)
    block: int
    transaction: bytes
    index: int


@dataclass(frozen=True, slots=True)
class Mined:
    """The outcome of a transaction in a block; a failed one has no logs."""

    block: int
    block_hash: bytes
    succeeded: bool
    gas_used: int
    logs: tuple[NodeLog, ...] = field(repr=False)


class NodePort(Protocol):
    """The chain as one node shows it.

    Everything raises NodeUnavailable when the node does not answer, NodeAnswerInvalid when its answer makes no sense,
    and LedgerError when it refuses.
    """

    def head(self) -> Head:
        """Return the newest block."""

    def block_hash(self, number: int) -> bytes | None:
        """Return the hash of the block with this number, None if there is none yet."""

    def count(self, account: str, block: int | None = None) -> int:
        """Return how many transactions an account has up to a block, by default the newest."""

    def mined(self, transactions: Sequence[bytes]) -> Sequence[Mined | None]:
        """Return each transaction's outcome, None while it is in no block that this node knows."""

    def logs(self, consents: Sequence[str], since: int, until: int) -> Sequence[NodeLog]:
        """Return the events about consents from the time `since` (Unix seconds) up to block `until`, oldest first."""

    def price(self) -> int:
        """Return the current price of a unit of gas, in wei."""

    def balance(self, account: str) -> int | None:
        """Return how much wei an account has, None when the node does not say."""

    def estimate(self, account: str, contract: str, data: bytes) -> int:
        """Return the gas that a call takes now; raises Rejected with the reason when it would revert."""

    def send(self, raws: Sequence[bytes]) -> Sequence[LedgerError | None]:
        """Send signed transactions and return why the node refuses each, None for one that it has now."""
