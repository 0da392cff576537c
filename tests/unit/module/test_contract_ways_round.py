"""Ways round the check of a module's contract, in an artefact made by hand as a compiler, or an attacker, writes it.

When a constructor acts on others, whatever the tree says        it is found
When what is deployed is no code, but leads to another's         it is found
When an instruction follows one of a later fork                  it is found
When text is stored in a struct, in a list of bytes, or unseen   it is found
"""

from pathlib import Path
from typing import Any

import pytest

from jamjar.module.artefact import forbidden
from tests.unit.module.artefacts import CARD, RUNTIME, artefact, found


@pytest.mark.parametrize(("byte", "promise"), [("f0", "P8"), ("f1", "P4"), ("f4", "P8")])
def test_a_constructor_acts_on_nobody(tmp_path: Path, byte: str, promise: str) -> None:
    assert [each for each, _ in found(tmp_path, artefact(bytecode=f"{byte}{RUNTIME}"))] == [promise]


@pytest.mark.parametrize("start", ["ef0100" + "11" * 20, "ef0001", "ef"])
def test_what_leads_to_other_code_is_no_code(tmp_path: Path, start: str) -> None:
    """An account that delegates to other code (EIP-7702) has these 23 bytes as its code, and their hash."""
    assert [each for each, _ in found(tmp_path, artefact(bytecode=start, deployedBytecode=start))] == ["P6"]


@pytest.mark.parametrize("byte", ["1e", "4b", "e6", "e7", "e8"])
def test_what_follows_an_instruction_of_a_later_fork_is_found(byte: str) -> None:
    assert list(forbidden(bytes.fromhex(f"5f{byte}f1"))) == ["CALL"]


def typed(text: str, **more: Any) -> dict[str, Any]:
    return {"nodeType": "VariableDeclaration", "name": "x", "typeDescriptions": {"typeString": text}, **more}


def struct(name: str, *parts: str) -> dict[str, Any]:
    return {"nodeType": "StructDefinition", "canonicalName": name, "members": [typed(part) for part in parts]}


STORED = {
    "text in a struct": ("mapping(bytes32 => struct Card.Note)", struct("Card.Note", "uint64", "string")),
    "text in a struct in one": ("struct Note[]", struct("Note", "struct In[2]"), struct("In", "bytes")),
    "a struct of another file": ("struct IOther.Note",),
    "text byte by byte": ("bytes1[]",),
    "text in short words": ("mapping(uint256 => bytes31)",),
}


def said_of(above: Path, kind: str, *structs: dict[str, Any]) -> list[str]:
    variable = typed(kind, stateVariable=True)
    return [promise for promise, _ in found(above, artefact(ast={"nodes": [CARD, variable, *structs]}))]


@pytest.mark.parametrize("parts", STORED.values(), ids=STORED)
def test_no_text_is_stored(tmp_path: Path, parts: tuple[Any, ...]) -> None:
    assert said_of(tmp_path, *parts) == ["P7"]


def test_a_struct_of_digests_is_stored(tmp_path: Path) -> None:
    links = struct("Card.Note", "bytes32", "uint64", "mapping(bytes32 => struct Card.Note)")
    assert said_of(tmp_path, "mapping(bytes32 => struct Card.Note)", links) == []
