"""What the contract of a module may do and record, in an artefact made by hand; `tests/contracts` has a compiler's.

When the ABI has something payable, or records text           it is found, under the promise that it breaks
When the tree has a call that is no view, or assembly         it is found
When the artefact is no such file, or of another source       it is found
"""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.module.artefacts import CARD, RUNTIME, SOURCE, artefact, found
from tests.unit.module.scene import checked, sentences


def with_entry(**entry: Any) -> str:
    return artefact(abi=[entry])


def event(kind: str, name: str = "value", internal: str = "", **more: Any) -> str:
    part = {"type": kind, "name": name, "internalType": internal or kind, "indexed": False}
    return with_entry(**{"type": "event", "name": "Kept", "anonymous": False, "inputs": [part], **more})


def function(*parts: dict[str, Any], changes: str = "nonpayable") -> str:
    return with_entry(type="function", name="keep", stateMutability=changes, inputs=list(parts), outputs=[])


def call(identifier: str) -> str:
    node = {"nodeType": "FunctionCall", "expression": {"typeDescriptions": {"typeIdentifier": identifier}}}
    return artefact(ast={"nodes": [CARD, node]})


BROKEN = {
    "payable": (function(changes="payable"), "P4"),
    "payable constructor": (with_entry(type="constructor", stateMutability="payable", inputs=[]), "P4"),
    "unsaid": (with_entry(type="function", name="keep", inputs=[]), "P4"),
    "receive": (with_entry(type="receive", stateMutability="payable"), "P4"),
    "fallback": (with_entry(type="fallback", stateMutability="nonpayable"), "P4"),
    "string": (event("string"), "P1"),
    "bytes": (event("bytes"), "P1"),
    "amount": (event("uint256", "amount"), "P1"),
    "signed amount": (event("int64", "dueAt"), "P1"),
    "small amount": (event("uint128", "paidAt"), "P1"),
    "time of no such name": (event("uint64", "pence"), "P1"),
    "counter of no such name": (event("uint32", "rent"), "P1"),
    "uint8 that is no enum": (event("uint8", "score", "uint8"), "P1"),
    "short bytes": (event("bytes4"), "P1"),
    "list in an event": (event("bytes32[]"), "P1"),
    "tuple in an event": (event("tuple", components=[]), "P1"),
    "anonymous": (event("bytes32", anonymous=True), "P6"),
    "unsaid whether anonymous": (event("bytes32", anonymous=None), "P6"),
    "text given": (function({"type": "string", "name": "note"}), "P1"),
    "bytes given": (function({"type": "bytes", "name": "data"}), "P1"),
    "amounts given": (function({"type": "uint256[]", "name": "amounts"}), "P1"),
    "amount in a struct": (
        function({"type": "tuple[2]", "name": "x", "components": [{"type": "uint256", "name": "pence"}]}),
        "P1",
    ),
    "inputs no list": (with_entry(type="event", name="Kept", anonymous=False, inputs="x"), "P6"),
    "unknown entry": (with_entry(type="modifier"), "P6"),
    "entry no object": (artefact(abi=[1]), "P6"),
    "call of another": (call("t_function_external_nonpayable$_t_uint256_$returns$__$"), "P3"),
    "payable call": (call("t_function_external_payable$__$returns$__$value"), "P3"),
    "call": (call("t_function_barecall_payable$_t_bytes_memory_ptr_$returns$_t_bool_$"), "P3"),
    "delegatecall": (call("t_function_baredelegatecall_nonpayable$_$"), "P3"),
    "send": (call("t_function_send_nonpayable$_t_uint256_$returns$_t_bool_$"), "P3"),
    "transfer": (call("t_function_transfer_nonpayable$_t_uint256_$"), "P3"),
    "selfdestruct": (call("t_function_selfdestruct_nonpayable$_t_address_payable_$"), "P3"),
    "new": (call("t_function_creation_nonpayable$__$returns$_t_contract$_A_$1_$"), "P3"),
    "library": (call("t_function_delegatecall_view$__$"), "P3"),
    "assembly": (artefact(ast={"nodes": [CARD, {"a": [{"nodeType": "InlineAssembly"}]}]}), "P8"),
    "tree with a fallback": (
        artefact(ast={"nodes": [CARD, {"nodeType": "FunctionDefinition", "kind": "fallback"}]}),
        "P4",
    ),
    "stored text": (
        artefact(
            ast={
                "nodes": [CARD],
                "v": {
                    "nodeType": "VariableDeclaration",
                    "stateVariable": True,
                    "typeDescriptions": {"typeString": "mapping(address => string)"},
                },
            }
        ),
        "P7",
    ),
    "tree of another contract": (artefact(ast={"nodes": []}), "P6"),
    "tree of an interface": (artefact(ast={"nodes": [{**CARD, "contractKind": "interface"}]}), "P6"),
    "no tree": (artefact(ast=None), "P6"),
    "no ABI": (artefact(abi=None), "P6"),
    "no code": (artefact(deployedBytecode=""), "P6"),
    "odd code": (artefact(deployedBytecode="6000f"), "P6"),
    "code with places for libraries": (artefact(deployedBytecode="__$abc$__"), "P6"),
    "other creation code": (artefact(bytecode="6001"), "P6"),
    "of another source": (artefact(source="contract Other {}\n"), "P6"),
    "no artefact": (None, "P6"),
    "a list": ("[]", "P6"),
    "no JSON": ("{", "P6"),
    "deep JSON": ("[" * 100_000, "P6"),
    "a key twice": ('{"abi": [], "abi": []}', "P6"),
}


@pytest.mark.parametrize(("content", "promise"), BROKEN.values(), ids=BROKEN)
def test_it_is_found(tmp_path: Path, content: str | None, promise: str) -> None:
    assert {each for each, _ in found(tmp_path, content)} == {promise}


FINE = {
    "nothing": artefact(),
    "hex with a prefix": artefact(bytecode={"object": f"0x60{RUNTIME}"}, deployedBytecode={"object": f"0x{RUNTIME}"}),
    "digest": event("bytes32"),
    "address": event("address"),
    "time": event("uint64", "openedAt"),
    "member": event("uint32", "member"),
    "state": event("uint8", "state", "enum Card.State"),
    "flag": event("bool"),
    "view of an amount": function({"type": "uint256", "name": "amount"}, changes="view"),
    "signature": function({"type": "bytes", "name": "signature"}, {"type": "bytes32[]", "name": "proof"}),
    "call of a view": call("t_function_external_view$_t_address_$returns$_t_bool_$"),
    "call of its own": call("t_function_internal_nonpayable$__$returns$__$"),
}


@pytest.mark.parametrize("content", FINE.values(), ids=FINE)
def test_nothing_is_found(tmp_path: Path, content: str) -> None:
    assert found(tmp_path, content) == []


@pytest.mark.parametrize("source", ["x\n" * 151, "//" + "x" * 120])
def test_it_is_too_long(tmp_path: Path, source: str) -> None:
    assert [promise for promise, _ in found(tmp_path, artefact(source=source), source)] == ["Size"]


def test_the_contract_is_missing(tmp_path: Path) -> None:
    assert [promise for promise, _ in found(tmp_path, artefact(), None)] == ["Form"]


def test_a_contract_that_is_not_named_is_found(tmp_path: Path) -> None:
    said = sentences(checked(tmp_path, {"sol/Other.sol": SOURCE}))
    assert said == ["sol/Other.sol is no contract of the manifest; name it there, or remove it."]
