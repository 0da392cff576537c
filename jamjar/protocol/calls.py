"""Calls of the contracts: of the one that carries a signed message, and of calldata, its function and its arguments."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any, Final, TypeAlias

from eth_abi.abi import decode, encode
from eth_abi.exceptions import DecodingError

from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput
from jamjar.protocol.abi import FUNCTION, Entry, abi_of, function_of, signature, type_of
from jamjar.protocol.address import checksum_address
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


def data_of(contract: str, function: str, *arguments: Any) -> bytes:
    """Return the calldata of a function of a contract (Contract ABI Specification)."""
    entry = function_of(contract, function)
    return keccak256(signature(entry).encode())[:4] + encode([type_of(each) for each in entry["inputs"]], arguments)


def arguments_of(contract: str, data: bytes) -> tuple[str, tuple[Any, ...]] | None:
    """Return the function of a contract and the arguments that calldata is of; None unless it is exactly that."""
    for entry in abi_of(contract):
        if entry["type"] == FUNCTION and keccak256(signature(entry).encode())[:4] == data[:4]:
            try:
                found = decode([type_of(each) for each in entry["inputs"]], data[4:])
            except (DecodingError, UnicodeDecodeError, ArithmeticError):
                return None
            arguments = tuple(_value(*each) for each in zip(entry["inputs"], found, strict=True))
            return (entry["name"], arguments) if data_of(contract, entry["name"], *arguments) == data else None
    return None


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


def _value(argument: Entry, value: Any) -> Any:
    """Return a decoded value with its addresses in their EIP-55 form; eth_abi gives them in lower case."""
    if argument["type"] == "tuple":
        return tuple(_value(each, part) for each, part in zip(argument["components"], value, strict=True))
    return checksum_address(bytes.fromhex(value[2:])) if argument["type"] == "address" else value


def _item(signed: SignedMessage) -> tuple[Any, ...]:
    fields = astuple(signed.message)  # type: ignore[call-overload]  # every message is a dataclass
    signature = (signed.signature.r, signed.signature.vs)
    return (fields[0], signature) if isinstance(signed.message, Withdraw) else (fields, signature)
