"""A block as an audit reads it: its header's part that matters, and the transactions with what became of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlockLog:
    """An event as a node tells it; `index` is its place among the block's logs."""

    address: str
    topics: tuple[bytes, ...]
    data: bytes
    index: int


@dataclass(frozen=True, slots=True)
class BlockTransaction:
    """A transaction and its receipt; `to` is empty for one that creates a contract. Addresses have the checksum.

    `done` says whether it came to its end; one that was refused, or ran out of gas, recorded nothing.
    """

    hash: str
    sender: str
    to: str
    value: int
    input: bytes
    gas_used: int
    done: bool
    logs: tuple[BlockLog, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A block: number, hash and the hash before it as 0x hex, time in Unix seconds, bloom filter, transactions."""

    number: int
    hash: str
    parent: str
    time: int
    bloom: bytes
    transactions: tuple[BlockTransaction, ...]
