"""What a mailbox must see of the ledger, as values, and the Protocol of whoever looks for it."""

from dataclasses import dataclass
from typing import Protocol

from jamjar.model.state import Status


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A consent as it stands now; recipient 0 and 32 zero bytes as head where there is none."""

    status: Status
    live: bool
    recipient: int
    head: bytes


@dataclass(frozen=True, slots=True)
class UseRecord:
    """A use on the ledger: the `number`th of its consent, and the block, transaction and log index where it stands."""

    consent: str
    number: int
    recipient: int
    commitment: bytes
    block: int
    transaction: str
    index: int


@dataclass(frozen=True, slots=True)
class Uses:
    """The uses of a consent on the chain whose newest block is `tip`, oldest first."""

    tip: int
    records: tuple[UseRecord, ...]


class MailboxLedgerView(Protocol):
    """A mailbox's view of the ledger, through its own node; each raises `LedgerError` when it cannot see."""

    def look(self, consent: str) -> ConsentView:
        """Return where a consent stands in the newest block."""

    def uses(self, consent: str) -> Uses:
        """Return the uses of a consent that are on the chain now: one that a reorganisation took back is not."""

    def member_of(self, account: str) -> int:
        """Return the number of the active member an account acts for, 0 if none."""
