"""What a carrier asks of a chain, and the answers as values; `node` asks a real one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from jamjar.errors import LedgerError


@dataclass(frozen=True, slots=True)
class Head:
    """The newest block: its number, and the gas that one block takes."""

    number: int
    gas_limit: int


@dataclass(frozen=True, slots=True)
class NodeLog:
    """An event as a node gives it: addresses, topics and data are small hex digits without 0x."""

    contract: str
    topics: tuple[str, ...]
    data: str = field(repr=False)
    block: int
    transaction: bytes
    index: int


@dataclass(frozen=True, slots=True)
class Mined:
    """What became of a transaction in a block; one that failed has no logs."""

    block: int
    block_hash: bytes
    succeeded: bool
    gas_used: int
    logs: tuple[NodeLog, ...] = field(repr=False)


class NodePort(Protocol):
    """One node's sight of the chain.

    Everything raises NodeUnavailable when the node does not answer, NodeAnswerInvalid when its answer makes no sense,
    and LedgerError when it refuses.
    """

    def head(self) -> Head:
        """Return the newest block."""

    def block_hash(self, number: int) -> bytes | None:
        """Return the hash of the block with this number, None if there is none yet."""

    def count(self, account: str, block: int | None = None) -> int:
        """Return how many transactions of an account there are up to a block, the newest unless told."""

    def mined(self, transactions: Sequence[bytes]) -> Sequence[Mined | None]:
        """Return what became of each transaction, None while it is in no block that this node knows."""

    def logs(self, consents: Sequence[str], since: int, until: int) -> Sequence[NodeLog]:
        """Return the events about consents from the time `since` (Unix seconds) up to block `until`, oldest first."""

    def price(self) -> int:
        """Return what a unit of gas costs now, in wei."""

    def balance(self, account: str) -> int | None:
        """Return how much wei an account has, None when the node does not say."""

    def estimate(self, account: str, contract: str, data: bytes) -> int:
        """Return the gas that a call takes now; raises Rejected with the reason when it would be refused."""

    def send(self, raws: Sequence[bytes]) -> Sequence[LedgerError | None]:
        """Hand over signed transactions and return why the node refuses each, None for one that it has now."""
