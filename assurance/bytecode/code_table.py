"""Makes deployments/code.json: the hashes of the code that is built here, and where its immutables are."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from jamjar.audit.built_code import FORMAT, WORD, BuiltCode
from jamjar.protocol.deployment import CONTRACTS

OUTPUTS: Final = (
    "evm.bytecode.object",
    "evm.deployedBytecode.object",
    "evm.deployedBytecode.immutableReferences",
)
"""The compiler's outputs that this needs of each contract."""

_PUSH1, _PUSH32 = 0x60, 0x7F


def codes(output: Mapping[str, Any]) -> dict[str, BuiltCode]:
    """Return the five contracts as compiled."""
    names = {node["id"]: node["name"] for source in output["sources"].values() for node in _immutables(source["ast"])}
    found = {}
    for name in CONTRACTS:
        evm = output["contracts"][f"contracts/{name}.sol"][name]["evm"]
        runtime = evm["deployedBytecode"]
        places = {
            names[int(each)]: tuple(sorted(place["start"] for place in at))
            for each, at in runtime["immutableReferences"].items()
        }
        creation, deployed = (bytes.fromhex(part["object"]) for part in (evm["bytecode"], runtime))
        found[name] = BuiltCode(creation, deployed, dict(sorted(places.items())))
    return found


def text(built: Mapping[str, BuiltCode]) -> str:
    """Return deployments/code.json: the hash and size of each contract's runtime code, and its immutables' places."""
    contracts = {
        name: {"hash": code.hash, "bytes": len(code.runtime), "immutables": code.immutables}
        for name, code in built.items()
    }
    return json.dumps({"format": FORMAT, "contracts": contracts}, indent=2) + "\n"


def zero_words(code: bytes) -> set[int]:
    """Return where runtime code pushes 32 zero bytes: only at immutables, since the compiler pushes zero otherwise."""
    found, at = set(), 0
    while at < len(code):
        pushed = code[at] - _PUSH1 + 1 if _PUSH1 <= code[at] <= _PUSH32 else 0
        if pushed == WORD and not any(code[at + 1 : at + 1 + WORD]) and at + WORD < len(code):
            found.add(at + 1)
        at += 1 + pushed
    return found


def _immutables(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for each in node:
            yield from _immutables(each)
    elif isinstance(node, dict):
        if node.get("nodeType") == "VariableDeclaration" and node.get("mutability") == "immutable":
            yield node
        for each in node.values():
            yield from _immutables(each)
