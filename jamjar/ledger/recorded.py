"""What became of a transaction, as a value."""

from dataclasses import dataclass

from jamjar.protocol.event import Event


@dataclass(frozen=True, slots=True)
class TransactionReceipt:
    """A transaction on the ledger: its hash (0x hex), block, gas used, and the events it recorded, in order."""

    transaction: str
    block: int
    gas_used: int
    events: tuple[Event, ...]
