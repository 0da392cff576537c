"""Refusals of what a wallet signed that a node may lift, once it has the blocks that it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from jamjar.errors import Rejected
from jamjar.ledger.not_yet import may_pass, not_yet
from jamjar.protocol.events import Committed
from jamjar.protocol.typed_data import Commit, Message, Pause, Reconfirm, Resume
from jamjar.wallet import settled

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.protocol.signing import SignedMessage
    from jamjar.vault.vault import Vault
    from jamjar.wallet.stored import StoredConsent


class SigningState(Protocol):
    """What a wallet signed so far: its vault, what waits, and each consent's state."""

    @property
    def vault(self) -> Vault:
        """Return the vault."""

    def outgoing(self) -> tuple[SignedMessage, ...]:
        """Return the messages that wait."""

    def stored(self, consent: str) -> StoredConsent:
        """Return the stored state of a consent."""


def raise_if_lifted_later(wallet: SigningState, message: Message, rejected: Rejected, ledger: Ledger) -> None:
    """Raise NotYet when a message that a node refuses has to wait."""
    if may_be_lifted(wallet, message, rejected, ledger):
        raise not_yet(rejected, ledger) from rejected


def may_be_lifted(wallet: SigningState, message: Message, rejected: Rejected, ledger: Ledger) -> bool:
    """Return whether a message that a node refuses has to wait."""
    if rejected.name == "SequenceMismatch" and isinstance(message, Pause | Resume | Reconfirm):
        # Had what it comes after been given up, the wallet would have followed the ledger back to before it.
        is_next = message.sequence < wallet.stored(message.consent).sequence
        return is_next and may_pass(rejected.name, rejected.arguments)
    if rejected.name == "HeadMismatch" and isinstance(message, Commit):
        return _is_to_come(wallet, message, ledger)
    return may_pass(rejected.name, rejected.arguments)


def _is_to_come(wallet: SigningState, message: Commit, ledger: Ledger) -> bool:
    """Return whether the head that a commitment replaces is elsewhere, or waits here, and never was at this node."""
    with wallet.vault.reading() as transaction:
        is_known = settled.is_kept(transaction, message.consent, message.replaces)
    waiting = (each.message for each in wallet.outgoing())
    if not is_known and not any(isinstance(each, Commit) and each.root == message.replaces for each in waiting):
        return False
    heads = (each.root for each in ledger.events("Committed", message.consent) if isinstance(each, Committed))
    return message.replaces not in heads
