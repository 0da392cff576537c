"""The call that carries a signed message: its contract, its function and its arguments."""

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


def function_in(contract: str, data: bytes) -> tuple[str, tuple[Any, ...]] | None:
    """Return the function of a contract that calldata calls, with its arguments; None where it calls none.

    A byte of a text that is not UTF-8 becomes a lone surrogate (PEP 383).
    """
    for entry in abi_of(contract):
        if entry["type"] == FUNCTION and keccak256(signature(entry).encode())[:4] == data[:4]:
            kinds = [type_of(each) for each in entry["inputs"]]
            try:
                values = decode([kind.replace("string", "bytes") for kind in kinds], data[4:])
            except (DecodingError, ArithmeticError):
                return None
            shown = (_plain(each, value) for each, value in zip(entry["inputs"], values, strict=True))
            return entry["name"], tuple(shown)
    return None


def proposal_ids(calls: Sequence[tuple[str, int, bytes]], predecessor: bytes, salt: bytes) -> set[bytes]:
    """Return the ids that a proposal of these calls can have: that of a batch, and of a call alone if it is one.

    They are TimelockController's `hashOperationBatch` and `hashOperation`.
    """
    columns = tuple([call[place] for call in calls] for place in range(3))
    kinds = ["address[]", "uint256[]", "bytes[]", "bytes32", "bytes32"]
    ids = {keccak256(encode(kinds, (*columns, predecessor, salt)))}
    if len(calls) == 1:
        kinds = [kind.removesuffix("[]") for kind in kinds]
        ids.add(keccak256(encode(kinds, (*calls[0], predecessor, salt))))
    return ids


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


def _plain(argument: Entry, value: Any) -> Any:
    kind = argument["type"]
    if kind.endswith("[]"):
        return tuple(_plain({**argument, "type": kind.removesuffix("[]")}, each) for each in value)
    if kind == "tuple":
        return tuple(_plain(each, one) for each, one in zip(argument["components"], value, strict=True))
    if kind == "string":
        return value.decode("utf-8", "surrogateescape")
    return checksum_address(bytes.fromhex(value[2:])) if kind == "address" else value
