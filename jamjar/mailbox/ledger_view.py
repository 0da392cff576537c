"""A mailbox's view of the ledger: its values, its Protocol, and its implementation by the operator's node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from jamjar.model.state import Status
from jamjar.protocol.events import ConsentUsed

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class ConsentView:
    """The state of a consent; recipient 0 and 32 zero bytes as head where there is none."""

    status: Status
    live: bool
    recipient: int
    head: bytes


@dataclass(frozen=True, slots=True)
class UseRecord:
    """A use on the ledger: its number among those of its consent, and its block, transaction and log index."""

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
    """A mailbox's view of the ledger, through its own node; each method raises `LedgerError` when it cannot read."""

    def look(self, consent: str) -> ConsentView:
        """Return the state of a consent in the newest block."""

    def uses(self, consent: str) -> Uses:
        """Return the uses of a consent that are on the chain now, without any that a reorganisation removed."""

    def member_of(self, account: str) -> int:
        """Return the number of the active member an account acts for, 0 if none."""


class MailboxNodeView:
    """The ledger as the operator's own node shows it.

    Warning: a node that lies can cause a key to be handed over. A mailbox uses its own node, never an adviser's.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def look(self, consent: str) -> ConsentView:
        """Return the state of a consent in the newest block."""
        recipient, head = self._ledger.consent(consent).recipient, self._ledger.head_of(consent)
        # Last, so that a withdrawal in between counts.
        status, live = Status[self._ledger.status(consent)], self._ledger.is_live(consent)
        return ConsentView(status, live, recipient, head)

    def uses(self, consent: str) -> Uses:
        """Return the uses of a consent that are on the chain now."""
        tip = self._ledger.height()  # first, so that no use appears deeper than it is
        records = [
            UseRecord(
                use.consent,
                use.uses,
                use.recipient,
                use.commitment,
                use.origin.block,
                use.origin.transaction,
                use.origin.index,
            )
            for use in self._ledger.events("ConsentUsed", consent)
            if isinstance(use, ConsentUsed)
        ]
        return Uses(tip, tuple(records))

    def member_of(self, account: str) -> int:
        """Return the number of the active member an account acts for, 0 if none."""
        member = self._ledger.member_of(account)
        return member if member and self._ledger.read("Consortium", "isActive", member) else 0
