"""One of the contracts, known by what was built: its code, and the ABI of its calls, answers, errors and events."""

import json
from functools import lru_cache
from typing import Any

from eth_abi.abi import decode, encode

from jamjar.crypto.hashing import keccak256
from jamjar.model.decision import Revert
from jamjar.model.state import Emitted
from jamjar.protocol.abi import signature, type_of
from jamjar.protocol.address import checksum_address
from tests.stateful.chain import Call, Log
from tools.creation_code import build_folder

MANY = 1 << 16


class Contract:
    """One ABI, and an address once deployed."""

    def __init__(self, name: str) -> None:
        path = build_folder() / f"{name}.json"
        if not path.exists():
            raise RuntimeError(f"There is no {path}: run make build.")
        artifact = json.loads(path.read_text(encoding="utf-8"))
        self.name = name
        self.abi: list[dict[str, Any]] = artifact["abi"]
        self.bytecode: str = artifact["bytecode"]
        self.address = ""
        of = {kind: [i for i in self.abi if i["type"] == kind] for kind in ("function", "error", "event")}
        self.functions = {item["name"]: (_digest(item)[:4], item) for item in of["function"]}
        self.errors = {_digest(item)[:4]: item for item in of["error"]}
        self.events = {_digest(item): item for item in of["event"]}
        # The same is asked again and again, and mostly answered the same.
        self.asked = lru_cache(MANY)(self._asked)
        self.result = lru_cache(MANY)(self._result)

    def creation(self, *arguments: Any) -> bytes:
        constructor = next(item for item in self.abi if item["type"] == "constructor")
        return bytes.fromhex(self.bytecode.removeprefix("0x")) + encode(_types(constructor["inputs"]), arguments)

    def calldata(self, function: str, *arguments: Any) -> bytes:
        selector, item = self.functions[function]
        return selector + encode([each.replace("string", "bytes") for each in _types(item["inputs"])], _raw(arguments))

    def _asked(self, sender: str, function: str, *arguments: Any) -> Call:
        """Return a call to try; static when it is of a view."""
        view = self.functions[function][1]["stateMutability"] in ("view", "pure")
        return Call(sender, self.address, self.calldata(function, *arguments), view)

    def _result(self, function: str, data: bytes) -> Any:
        """Return what a view answered: its one value, or a tuple of several."""
        values = _decoded(self.functions[function][1]["outputs"], data)
        return values[0] if len(values) == 1 else values

    def error(self, data: bytes) -> Revert:
        if not data:
            return Revert()
        item = self.errors.get(data[:4])
        if item is None:
            return Revert("(not in the ABI)", (data,))
        return Revert(item["name"], _decoded(item["inputs"], data[4:]))

    def event(self, log: Log) -> Emitted:
        item = self.events[log.topics[0]]
        indexed = iter(log.topics[1:])
        plain = [i for i in item["inputs"] if not i["indexed"]]
        rest = iter(_decoded(plain, log.data))
        values = [_decoded([i], next(indexed))[0] if i["indexed"] else next(rest) for i in item["inputs"]]
        if item["inputs"] and item["inputs"][-1]["name"] == "reason":
            values[-1] = self.error(values[-1])
        return Emitted(item["name"], tuple(values))


def _digest(item: dict[str, Any]) -> bytes:
    return keccak256(signature(item).encode())


def _types(parameters: list[dict[str, Any]]) -> list[str]:
    return [type_of(p) for p in parameters]


def _raw(value: Any) -> Any:
    """Return arguments with texts as bytes; a lone surrogate stands for a byte that is not UTF-8 (PEP 383)."""
    if isinstance(value, str) and not value.startswith("0x"):
        return value.encode("utf-8", "surrogateescape")
    return tuple(map(_raw, value)) if isinstance(value, list | tuple) else value


def _decoded(parameters: list[dict[str, Any]], data: bytes) -> tuple[Any, ...]:
    values = decode(_types(parameters), data)
    return tuple(_plain(p, value) for p, value in zip(parameters, values, strict=True))


def _plain(parameter: dict[str, Any], value: Any) -> Any:
    if parameter["type"] == "tuple":
        return tuple(_plain(p, v) for p, v in zip(parameter["components"], value, strict=True))
    return _address(value) if parameter["type"] == "address" else value


@lru_cache(MANY)
def _address(text: str) -> str:
    return checksum_address(bytes.fromhex(text[2:]))
