"""A module with a contract, which does not say one of its events, and that contract deployed."""

import json
from pathlib import Path
from typing import Any

from jamjar.module.template import new_module
from tests.nodes.governing import Office
from tools.module_artefact import built

SOURCE = """// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

contract Notes {
    uint64 public immutable SINCE = uint64(block.timestamp);

    event Noted(bytes32 digest, uint64 notedAt);
    event Forgotten(bytes32 indexed digest);

    function note(bytes32 digest) external {
        emit Noted(digest, uint64(block.timestamp));
        emit Forgotten(digest);
    }
}
"""


def notes_module(above: Path) -> Path:
    """A module with a contract, which does not say one of its events."""
    place = above / "notes"
    place.mkdir()
    contract = '[contract]\nsource = "Notes.sol"\nartefact = "Notes.json"\n'
    text = new_module("notes")["module.toml"].decode() + contract
    for path, content in {**new_module("notes"), "module.toml": text.encode(), "Notes.sol": SOURCE.encode()}.items():
        (place / path).write_bytes(content)
    file, made = built(place)
    found = json.loads(made)
    found["abi"] = [entry for entry in found["abi"] if entry.get("name") != "Forgotten"]
    file.write_text(json.dumps(found))
    return place


def deployed(office: Office, folder: Path) -> Any:
    found = json.loads((folder / "Notes.json").read_text())
    web3 = office.ledger().contract_at(office.address(0), ()).w3
    sent = (
        web3.eth.contract(abi=found["abi"], bytecode=found["bytecode"])
        .constructor()
        .transact({"from": office.address(9)})
    )
    return web3.eth.contract(web3.eth.wait_for_transaction_receipt(sent).contractAddress, abi=found["abi"])
