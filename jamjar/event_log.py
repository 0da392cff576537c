"""Decoding of the contracts' logs into events."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from eth_abi.abi import decode as abi_decode
from eth_abi.exceptions import DecodingError

from jamjar import consent_events, member_events
from jamjar.address import checksum_address
from jamjar.contract_abi import EVENT, Entry, entries, type_of
from jamjar.errors import LedgerError
from jamjar.event import Event, Origin

CLASSES: Final[Mapping[str, type[Event]]] = {
    cls.__name__: cls
    for module in (member_events, consent_events)
    for cls in vars(module).values()
    if isinstance(cls, type) and issubclass(cls, Event) and cls is not Event
}
"""The event classes by their Solidity names."""


def topic_of(name: str | None) -> str | None:
    """Return the first topic of an event as 0x hex, None for no name; raises LedgerError for an unknown one."""
    if name is None:
        return None
    for topic, entry in entries(EVENT).items():
        if entry["name"] == name:
            return f"0x{topic.hex()}"
    raise LedgerError(f"There is no event {name}; the names are those in interfaces/.")


def decode(origin: Origin, topics: Sequence[bytes], data: bytes) -> Event:
    """Return the event that a log of one of the contracts stands for (Contract ABI Specification, events).

    topics  the log's topics, 32 bytes each, the first of which names the event
    data    the log's data

    Raises LedgerError for a log that none of the contracts writes, or whose data is cut short.
    """
    entry = entries(EVENT).get(topics[0]) if topics else None
    cls = CLASSES.get(entry["name"]) if entry else None
    if entry is None or cls is None:
        raise LedgerError(f"{_place(origin)} is no event of these contracts; check the deployment file.")
    indexed = [argument for argument in entry["inputs"] if argument["indexed"]]
    plain = [argument for argument in entry["inputs"] if not argument["indexed"]]
    try:
        values = _named(indexed, b"".join(topics[1:])) | _named(plain, data)
    except (DecodingError, ArithmeticError) as error:
        raise LedgerError(f"{_place(origin)} is cut short; read it from another node.") from error
    return cls(origin, **{f.name: values[f.name] for f in fields(cls) if f.name != "origin"})


def _named(arguments: Sequence[Entry], data: bytes) -> dict[str, Any]:
    # A string is read as bytes: the contracts do not check that it is UTF-8, and a bad name must not stop the reading.
    values = abi_decode([type_of(argument).replace("string", "bytes") for argument in arguments], data)
    return {
        _snake(argument["name"]): _value(argument["type"], value)
        for argument, value in zip(arguments, values, strict=True)
    }


def _value(kind: str, value: Any) -> Any:
    if kind == "string":
        return value.decode("utf-8", "replace")
    return checksum_address(bytes.fromhex(value[2:])) if kind == "address" else value


def _snake(name: str) -> str:
    return re.sub("[A-Z]", lambda match: f"_{match[0].lower()}", name)


def _place(origin: Origin) -> str:
    return f"Log {origin.index} of block {origin.block} ({origin.contract})"
