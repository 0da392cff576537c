"""A block as an audit reads it: fields of its header, and its transactions with their outcomes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlockLog:
    """An event as a node reports it; `index` is its place among the block's logs."""

    address: str
    topics: tuple[bytes, ...]
    data: bytes
    index: int


@dataclass(frozen=True, slots=True)
class BlockTransaction:
    """A transaction and its receipt; `to` is empty for one that creates a contract; addresses have checksums.

    `done` says whether it succeeded; one that reverted or ran out of gas recorded nothing.
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
