"""The ABIs and creation code of the contracts as built, with their selectors, signatures and canonical types."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final, TypeAlias

from jamjar.crypto.hashing import keccak256
from jamjar.protocol.deployment import CONTRACTS

Entry: TypeAlias = Mapping[str, Any]

FUNCTION: Final = "function"
EVENT: Final = "event"
ERROR: Final = "error"
_TYPE: Final = re.compile(r"[a-z][a-z0-9]*(\[[0-9]*\])*")


@cache
def abi_of(contract: str) -> tuple[Entry, ...]:
    """Return the ABI of one of the contracts, as the Solidity compiler writes it (Contract ABI Specification)."""
    text = (resources.files("jamjar") / "abi" / f"{contract}.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))


@cache
def creation_code(contract: str) -> bytes:
    """Return the code that creates one of the contracts, once its constructor's arguments are appended."""
    text = (resources.files("jamjar") / "creation_code" / f"{contract}.json").read_text(encoding="utf-8")
    return bytes.fromhex(json.loads(text)["bytecode"].removeprefix("0x"))


@cache
def entries(kind: str) -> Mapping[bytes, Entry]:
    """Return all entries of a kind in the ABIs, by the Keccak-256 of their signature (events: topic 0)."""
    found = (entry for contract in CONTRACTS for entry in abi_of(contract) if entry["type"] == kind)
    return {keccak256(signature(entry).encode("ascii")): entry for entry in found}


@cache
def by_selector(kind: str) -> Mapping[bytes, Entry]:
    """Return all functions, or all errors, in the ABIs by their selectors: the first four bytes of that digest."""
    return {digest[:4]: entry for digest, entry in entries(kind).items()}


@cache
def function_of(contract: str, name: str) -> Entry:
    """Return the ABI entry of a function of a contract; raises KeyError for an unknown one."""
    found = {entry["name"]: entry for entry in abi_of(contract) if entry["type"] == FUNCTION}
    return found[name]


@cache
def selector_of(contract: str, name: str) -> bytes:
    """Return the selector of a function of a contract, its four bytes; raises KeyError for an unknown one."""
    return keccak256(signature(function_of(contract, name)).encode("ascii"))[:4]


def is_readable(entry: object) -> bool:
    """Return whether an entry of an ABI that others give has the name and the parameters that reading it takes."""
    if not isinstance(entry, Mapping) or not isinstance(kind := entry.get("type"), str):
        return False
    name = entry.get("name")
    return kind not in (FUNCTION, EVENT, ERROR) or (
        isinstance(name, str) and name.isascii() and _are_readable(entry.get("inputs"))
    )


def signature(entry: Entry) -> str:
    """Return the canonical signature of an entry, such as `use((address,bytes32))`."""
    return f"{entry['name']}({','.join(type_of(argument) for argument in entry['inputs'])})"


def type_of(argument: Entry) -> str:
    """Return the canonical type of an argument, tuples written out."""
    kind: str = argument["type"]
    if not kind.startswith("tuple"):
        return kind
    inner = ",".join(type_of(component) for component in argument["components"])
    return f"({inner}){kind.removeprefix('tuple')}"


def _are_readable(parts: object) -> bool:
    return isinstance(parts, list | tuple) and all(
        isinstance(part, Mapping)
        and isinstance(part.get("name", ""), str)
        and isinstance(kind := part.get("type"), str)
        and _TYPE.fullmatch(kind)
        and (not kind.startswith("tuple") or _are_readable(part.get("components")))
        for part in parts
    )
