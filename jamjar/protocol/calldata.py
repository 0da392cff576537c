"""Calldata of the contracts, and the ids of the proposals that make such calls (Contract ABI Specification)."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, cast

from jamjar.crypto.hashing import keccak256
from jamjar.protocol.abi import FUNCTION, Entry, abi_of, function_of, selector_of, type_of
from jamjar.protocol.address import checksum_address

MOST_NESTED: Final = 1 << 16
"""The most bytes of calldata that are read of a function that takes an array of texts of any length: all can be in the
same place of the calldata, so that what is read grows with the square of it."""


def data_of(contract: str, function: str, *arguments: Any) -> bytes:
    """Return the calldata of a function of a contract (Contract ABI Specification)."""
    from eth_abi.abi import encode

    entry = function_of(contract, function)
    return selector_of(contract, function) + encode([type_of(each) for each in entry["inputs"]], arguments)


def function_in(contract: str, data: bytes) -> tuple[str, tuple[Any, ...]] | None:
    """Return the function of a contract that calldata calls, with its arguments; None where it calls none.

    A byte of a text that is not UTF-8 becomes a lone surrogate (PEP 383). As the contracts do, it does not look at what
    fills up the last word of a text, nor asks for it.
    """
    from eth_abi.exceptions import DecodingError

    for entry in abi_of(contract):
        if entry["type"] == FUNCTION and selector_of(contract, entry["name"]) == data[:4]:
            kinds = [type_of(each) for each in entry["inputs"]]
            if "bytes[]" in kinds and len(data) > MOST_NESTED:
                return None
            try:
                values = _codec().decode([kind.replace("string", "bytes") for kind in kinds], data[4:])
            except (DecodingError, ArithmeticError):
                return None
            shown = (_plain(each, value) for each, value in zip(entry["inputs"], values, strict=True))
            return entry["name"], tuple(shown)
    return None


def arguments_of(contract: str, data: bytes) -> tuple[str, tuple[Any, ...]] | None:
    """Return the function of a contract that calldata calls, with its arguments; None unless it is exactly that call.

    Other bytes can mean the same to a contract, or hide something from whoever reads only what was decoded.
    """
    from eth_abi.exceptions import EncodingError

    found = function_in(contract, data)
    try:
        return found if found and data_of(contract, found[0], *found[1]) == data else None
    except (EncodingError, UnicodeEncodeError):  # a number out of its range, a text that is not UTF-8
        return None


def proposal_ids(calls: Sequence[tuple[str, int, bytes]], predecessor: bytes, salt: bytes) -> set[bytes]:
    """Return the ids that a proposal of these calls can have: that of a batch, and of a call alone if it is one.

    They are TimelockController's `hashOperationBatch` and `hashOperation`.
    """
    from eth_abi.abi import encode

    columns = tuple([call[place] for call in calls] for place in range(3))
    kinds = ["address[]", "uint256[]", "bytes[]", "bytes32", "bytes32"]
    ids = {keccak256(encode(kinds, (*columns, predecessor, salt)))}
    if len(calls) == 1:
        kinds = [kind.removesuffix("[]") for kind in kinds]
        ids.add(keccak256(encode(kinds, (*calls[0], predecessor, salt))))
    return ids


@cache
def _codec() -> Any:
    """Return a codec for which a text ends where it says; eth_abi's own `strict=False` holds for the outermost only."""
    from eth_abi.codec import ABICodec
    from eth_abi.decoding import ByteStringDecoder, decode_uint_256
    from eth_abi.encoding import ByteStringEncoder
    from eth_abi.exceptions import InsufficientDataBytes
    from eth_abi.registry import BaseEquals, registry

    class AsContractsDo(ByteStringDecoder):
        def read_data_from_stream(self, stream: Any) -> bytes:
            length = decode_uint_256(stream)
            found: bytes = stream.read(length)
            if len(found) < length:
                raise InsufficientDataBytes(f"{length} bytes are to come, and {len(found)} did.")
            return found

    bases: Any = registry
    lenient, text = bases.copy(), cast(Any, BaseEquals)("bytes", with_sub=False)
    lenient.unregister("bytes")
    lenient.register(text, ByteStringEncoder, AsContractsDo, label="bytes")
    return ABICodec(lenient)


def _plain(argument: Entry, value: Any) -> Any:
    kind = argument["type"]
    if kind.endswith("[]"):
        return tuple(_plain({**argument, "type": kind.removesuffix("[]")}, each) for each in value)
    if kind == "tuple":
        return tuple(_plain(each, one) for each, one in zip(argument["components"], value, strict=True))
    if kind == "string":
        return value.decode("utf-8", "surrogateescape")
    return checksum_address(bytes.fromhex(value[2:])) if kind == "address" else value
