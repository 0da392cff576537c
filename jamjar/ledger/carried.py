"""Whether a signed message is on the ledger already, which a carrier checks before it carries one again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from jamjar.model.state import AdviceStage, Stage
from jamjar.protocol.events import Committed
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Message, Pause, Reconfirm, Resume, Withdraw

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger


def is_carried(signed: SignedMessage, ledger: Ledger) -> bool:
    """Return whether the ledger has what this message asks for, according to one node."""
    message = signed.message
    return _ASKED[type(message)](message, ledger)


def _committed(message: Commit, ledger: Ledger) -> bool:
    """Return whether the root ever was the head: there may be another by now, and no root is committed to twice."""
    heads = (each.root for each in ledger.events("Committed", message.consent) if isinstance(each, Committed))
    return message.root in heads


def _paused(message: Pause, ledger: Ledger) -> bool:
    """Return the same as `_ordered`, but not when another message in its place left the consent running."""
    stored = ledger.consent(message.consent)
    is_taken = stored.sequence == message.sequence + 1 and stored.stage is Stage.GRANTED
    return stored.sequence > message.sequence and not is_taken


def _ordered(message: Resume | Reconfirm, ledger: Ledger) -> bool:
    """Return whether the sequence passed: only this message can do that, as the wallet signs no second."""
    return ledger.consent(message.consent).sequence > message.sequence


def _acknowledged(message: Acknowledge, ledger: Ledger) -> bool:
    advice = (message.consent, message.commitment, message.advice)
    return bool(ledger.read("AdviceLog", "stageOf", advice) == AdviceStage.ACKNOWLEDGED)


_ASKED: Final[dict[type[Message], Callable[[Any, Ledger], bool]]] = {
    Grant: lambda message, ledger: ledger.consent(message.consent).recipient != 0,
    Withdraw: lambda message, ledger: ledger.status(message.consent) == "WITHDRAWN",
    Commit: _committed,
    Pause: _paused,
    Resume: _ordered,
    Reconfirm: _ordered,
    Acknowledge: _acknowledged,
}
