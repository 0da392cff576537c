"""The call that carries a signed message: its contract, its function and its arguments."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any, Final, TypeAlias

from jamjar.errors import InvalidInput
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Message, Pause, Reconfirm, Resume, Withdraw

Call: TypeAlias = tuple[str, str, tuple[Any, ...]]
"""The contract's Solidity name, the function's, and its arguments."""

ROUTES: Final[dict[type[Message], tuple[str, str]]] = {
    Grant: ("ConsentRegistry", "grant"),
    Pause: ("ConsentRegistry", "pause"),
    Resume: ("ConsentRegistry", "resume"),
    Reconfirm: ("ConsentRegistry", "reconfirm"),
    Withdraw: ("ConsentRegistry", "withdraw"),
    Commit: ("CommitmentRegistry", "commit"),
    Acknowledge: ("AdviceLog", "acknowledge"),
}
"""The contract and the function that take each type of message."""


def call_of(signed: SignedMessage) -> Call:
    """Return the call that takes one signed message."""
    contract, function = ROUTES[type(signed.message)]
    fields, signature = _item(signed)
    if isinstance(signed.message, Pause | Resume | Reconfirm):
        return contract, function, (*fields, signature)
    return contract, function, ((fields, signature),)


def batch_of(batch: Sequence[SignedMessage]) -> Call:
    """Return the call that takes messages of one type; raises InvalidInput for messages that cannot be one batch."""
    kinds = {type(signed.message) for signed in batch}
    if len(kinds) != 1 or not kinds <= {Grant, Withdraw, Commit, Acknowledge}:
        raise InvalidInput(
            "The messages cannot be one batch; pass one or more grants, withdrawals, commitments or acknowledgements."
        )
    contract, function = ROUTES[kinds.pop()]
    return contract, f"{function}Batch", ([_item(signed) for signed in batch],)


def _item(signed: SignedMessage) -> tuple[Any, ...]:
    fields = astuple(signed.message)  # type: ignore[call-overload]  # every message is a dataclass
    signature = (signed.signature.r, signed.signature.vs)
    return (fields[0], signature) if isinstance(signed.message, Withdraw) else (fields, signature)
