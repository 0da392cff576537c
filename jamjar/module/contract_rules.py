"""What the contract of a module may do and record: nothing that could harm a consent, move ether or tell an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from jamjar.module.artefact import Artefact, forbidden, nodes

MOST_LINES: Final = 150
RULE: Final = (
    "record only bytes32, address, bool, an enum, a uint64 time (At, By, From, Until) or a uint32 member, count, index"
)
"""What may stand on chain: of these types, and under such names. No type says what a bytes32 was made of."""
_PLAIN: Final = frozenset({"bytes32", "address", "bool"})
_NAMED: Final = {
    "uint64": re.compile(r"\w*(At|By|From|Until)|at|time"),
    "uint32": re.compile(r"\w*(Member|Count|Index|Number)|member|count|index|number"),
}
_HARMLESS: Final = ("view", "pure", "nonpayable")
_CALLS: Final = {
    "barecall": "call",
    "baredelegatecall": "delegatecall",
    "barecallcode": "callcode",
    "barestaticcall": "staticcall",
    "delegatecall": "a library's external function",
    "send": "send",
    "transfer": "transfer",
    "selfdestruct": "selfdestruct",
    "creation": "new",
}
"""The kinds of function, as the compiler's types name them, that no module calls."""
_TEXT: Final = re.compile(r"\b(string|bytes([1-9]|[12]\d|3[01])?)\b")
_STRUCT: Final = re.compile(r"\bstruct ([\w.$]+)")
_FUNCTION: Final = re.compile(r"t_function_(\w+?)_(view|pure|nonpayable|payable)")

Said = Iterator[tuple[str, str]]
"""Findings: the promise that is broken, and a sentence."""


def contract_findings(name: str, artefact: Artefact, text: str) -> Said:
    """Yield what the contract of that name and source may not be or do, each with the promise that it would break."""
    if artefact.source != text:
        yield "P6", f"The artefact of {name} is of another source than {name}.sol; build it again."
    if len(text.splitlines()) > MOST_LINES or any(len(line) > 120 for line in text.splitlines()):
        yield "Size", f"{name}.sol has over {MOST_LINES} lines, or one of over 120 characters; make it smaller."
    for instruction in sorted({*forbidden(artefact.runtime), *forbidden(artefact.creation)}):
        promise = "P4" if instruction == "CALL" else "P8"
        yield (
            promise,
            f"The code of {name} can reach {instruction}; a module's contract calls views only, so remove it.",
        )
    for entry in artefact.abi:
        yield from _entry(entry, name)
    yield from _tree(artefact.tree, name)


def _entry(entry: Mapping[str, Any], name: str) -> Said:
    kind, called = entry.get("type"), str(entry.get("name", ""))[:60]
    if kind in ("receive", "fallback"):
        yield "P4", f"{name} has a {kind} function, which takes what nobody asked for; remove it."
        return
    if kind not in ("function", "event", "error", "constructor"):
        yield "P6", f"{name} has an entry of an unknown kind in its ABI; build its artefact again."
        return
    changes = entry.get("stateMutability")
    if kind in ("function", "constructor") and changes not in _HARMLESS:
        yield "P4", f"{name} has a payable {called or kind}; nothing here takes ether, so remove payable."
    if kind == "event" and entry.get("anonymous") is not False:
        yield "P6", f"The event {called} of {name} is anonymous, so no audit knows it; remove anonymous."
    if kind == "event" or (kind == "function" and changes not in ("view", "pure")):
        what = "event" if kind == "event" else "function"
        yield from _parts(entry.get("inputs"), f"The {what} {called} of {name}", may_be_many=what == "function")


def _parts(parts: object, what: str, *, may_be_many: bool) -> Said:
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        yield "P6", f"{what} has no readable parameters; build its artefact again."
        return
    for part in parts:
        kind, called = str(part.get("type", "")), str(part.get("name", ""))
        if may_be_many:
            kind = re.sub(r"(\[\d*\])+$", "", kind)
        if may_be_many and kind == "tuple":
            yield from _parts(part.get("components"), what, may_be_many=True)
        elif not (may_be_many and (kind, called) == ("bytes", "signature")) and not _is_plain(kind, called, part):
            yield "P1", f"{what} records {called[:40] or 'a value'} as {kind[:40]}, which may tell something; {RULE}."


def _is_plain(kind: str, called: str, part: Mapping[str, Any]) -> bool:
    if kind == "uint8":
        return str(part.get("internalType", "")).startswith("enum ")
    return kind in _PLAIN or bool(kind in _NAMED and _NAMED[kind].fullmatch(called))


def _tree(tree: Mapping[str, Any], name: str) -> Said:
    contracts = [node for node in nodes(tree) if node.get("nodeType") == "ContractDefinition"]
    if not any(node.get("name") == name and node.get("contractKind") == "contract" for node in contracts):
        yield (
            "P6",
            f"The artefact's syntax tree has no contract {name}; name the contract as its file, and build it again.",
        )
    structs = {
        str(node.get("canonicalName")): node for node in nodes(tree) if node.get("nodeType") == "StructDefinition"
    }
    for node in nodes(tree):
        kind = node.get("nodeType")
        if kind == "InlineAssembly":
            yield "P8", f"{name} has assembly, which no check reads; write it in Solidity."
        elif kind == "FunctionDefinition" and (
            node.get("stateMutability") == "payable" or node.get("kind") in ("receive", "fallback")
        ):
            yield (
                "P4",
                f"{name} has a function that takes ether or any call ({node.get('name') or node['kind']}); remove it.",
            )
        elif kind == "VariableDeclaration" and node.get("stateVariable") and _is_text(node, structs):
            yield (
                "P7",
                f"{name} stores text, bytes or an unknown struct in {node.get('name')}, which stay readable; "
                "store a salted digest.",
            )
        elif kind == "FunctionCall" and (called := _forbidden_call(node)):
            yield "P3", f"{name} calls {called}; a module's contract calls views of others only, so remove the call."


def _forbidden_call(node: Mapping[str, Any]) -> str:
    """Return what a call calls, empty where it may: functions of its own, and views of others."""
    expression = node.get("expression")
    types = expression.get("typeDescriptions") if isinstance(expression, dict) else None
    found = _FUNCTION.match(str(types.get("typeIdentifier")) if isinstance(types, dict) else "")
    kind, changes = found.groups() if found else ("", "")
    if kind == "external" and changes not in ("view", "pure"):
        return "a function that is no view"
    return _CALLS.get(kind, "")


def _is_text(variable: Mapping[str, Any], structs: Mapping[str, Mapping[str, Any]]) -> bool:
    """Return whether what a variable stores can be text: itself, or in a struct, of this file or of another."""
    if variable.get("constant"):
        return False
    waiting, seen = [variable], set[str]()
    while waiting:
        types = waiting.pop().get("typeDescriptions")
        shown = str(types.get("typeString", "")) if isinstance(types, dict) else ""
        named = {*_STRUCT.findall(shown)} - seen
        if _TEXT.search(shown) or not named <= structs.keys():
            return True
        seen |= named
        waiting += [part for name in named for part in nodes(structs[name].get("members"))]
    return False
