"""supportsInterface (ERC-165): each contract says what it has, and nothing else.

An interface's id is the exclusive or of the selectors of its functions, without those that it inherits, computed here
from the ABI that the compiler gives.
"""

import json
from functools import reduce
from operator import xor
from pathlib import Path

import pytest
from eth_utils.abi import abi_to_signature, function_signature_to_4byte_selector

BUILD = Path(__file__).parents[2] / "build" / "interfaces"
# As the ERCs have them: ERC-165 itself, IAccessControl of OpenZeppelin, ERC-1155's receiver.
ERC165, ACCESS_CONTROL, ERC1155_RECEIVER = "0x01ffc9a7", "0x7965db0b", "0x4e2312e0"
OWN = {
    "consortium": "IConsortium",
    "governance": "IGovernance",
    "consents": "IConsentRegistry",
    "commitments": "ICommitmentRegistry",
    "advice": "IAdviceLog",
}


def selectors(interface: str) -> set[int]:
    abi = json.loads((BUILD / f"{interface}.json").read_text(encoding="utf-8"))["abi"]
    functions = [abi_to_signature(entry) for entry in abi if entry["type"] == "function"]
    return {int.from_bytes(function_signature_to_4byte_selector(each), "big") for each in functions}


def id_of(found: set[int]) -> str:
    return f"0x{reduce(xor, found):08x}"


INHERITED = selectors("IConsentSigned")
SIGNED = id_of(INHERITED)
IDS = {contract: id_of(selectors(interface) - INHERITED) for contract, interface in OWN.items()}
BESIDE = {"consortium": {ACCESS_CONTROL}, "governance": {ACCESS_CONTROL, ERC1155_RECEIVER}}


@pytest.mark.parametrize("contract", OWN)
def test_it_supports_its_own_and_no_other(contract, system):
    asked = {*IDS.values(), SIGNED, ERC165, ACCESS_CONTROL, ERC1155_RECEIVER, "0xffffffff", "0x00000000", "0x12345678"}
    supported = {each for each in asked if getattr(system, contract).supportsInterface(each)}
    assert supported == {ERC165, IDS[contract]} | BESIDE.get(contract, {SIGNED})


def test_each_has_an_id_of_its_own():
    assert len(set(IDS.values())) == len(OWN)
