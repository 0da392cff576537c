"""The interfaces are the specification: a contract has all of its interface, and nothing of its own beside it.

What a contract inherits from OpenZeppelin is OpenZeppelin's to specify.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from eth_utils.abi import abi_to_signature

BUILD = Path(__file__).parents[2] / "build"
CONTRACTS = ("Consortium", "Governance", "ConsentRegistry", "CommitmentRegistry", "AdviceLog", "ModuleRegistry")
SIGNED = CONTRACTS[2:5]
REFUSING = {"Governance": {"updateDelay(uint256)"}}
"""What overrides a function of OpenZeppelin's and only ever reverts: it names no argument, and is pure."""


def load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def shape(entry: dict[str, Any]) -> tuple[Any, ...]:
    """What of an ABI entry a caller can tell: kind, signature, results, mutability, indexed fields."""
    given = [(part["name"], part.get("indexed")) for part in entry["inputs"]]
    results = abi_to_signature({"name": "", "inputs": entry.get("outputs", [])} | {"type": "function"})
    return entry["type"], abi_to_signature(entry), str(given), results, entry.get("stateMutability")


def shapes(abi: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    return {shape(entry) for entry in abi if entry["type"] in ("function", "event", "error")}


def contract(name: str) -> set[tuple[Any, ...]]:
    return shapes(load(BUILD / "contracts" / f"{name}.json")["abi"])


def interface(name: str) -> set[tuple[Any, ...]]:
    return shapes(load(BUILD / "interfaces" / f"{name}.json")["abi"])


@pytest.fixture(scope="module")
def inherited() -> set[tuple[Any, ...]]:
    """What is in the ABI of anything of OpenZeppelin's that was compiled."""
    compiled = [load(path) for path in (BUILD / "contracts").glob("*.json")]
    return set().union(*(shapes(c["abi"]) for c in compiled if "@openzeppelin/" in c["sourcePath"]))


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_contract_has_all_of_its_interface(name: str) -> None:
    assert interface(f"I{name}")
    assert interface(f"I{name}") <= contract(name)


@pytest.mark.parametrize("name", SIGNED)
def test_what_obeys_consent_keys_says_so(name: str) -> None:
    assert interface("IConsentSigned") <= interface(f"I{name}")


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_contract_has_nothing_of_its_own_beside(name: str, inherited: set[tuple[Any, ...]]) -> None:
    own = contract(name) - interface(f"I{name}") - inherited
    assert {(kind, signature, mutability) for kind, signature, _, _, mutability in own} == {
        ("function", signature, "pure") for signature in REFUSING.get(name, ())
    }
    assert {signature for _, signature, *_ in own} <= {signature for _, signature, *_ in inherited}


def test_an_interface_repeats_nothing_of_openzeppelins(inherited: set[tuple[Any, ...]]) -> None:
    assert all(interface(f"I{name}").isdisjoint(inherited) for name in CONTRACTS)


def test_every_interface_is_of_a_contract() -> None:
    built = {path.stem for path in (BUILD / "interfaces").glob("*.json")}
    assert built == {"IConsentSigned", *(f"I{name}" for name in CONTRACTS)}
