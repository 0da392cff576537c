"""A registry of modules, and a contract that misbehaves in every way that it can."""

import json
from pathlib import Path

import pytest

from jamjar.module.template import new_module
from tools.module_artefact import built

NAME = b"library_card".ljust(32, b"\0")
HASH = b"\x0c" * 32


@pytest.fixture(scope="module")
def registry(system, people):
    from brownie import ModuleRegistry

    return ModuleRegistry.deploy(system.consortium, {"from": people.stranger})


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory):
    """The folder of a module whose contract is the hostile one, with its artefact."""
    folder = tmp_path_factory.mktemp("hostile") / "hostile"
    folder.mkdir()
    source = Path(__file__).with_name("Hostile.sol").read_text(encoding="utf-8")
    manifest = new_module("hostile")["module.toml"].decode()
    named = '[contract]\nsource = "Hostile.sol"\nartefact = "Hostile.json"\n'
    contents = {**new_module("hostile"), "module.toml": (manifest + named).encode(), "Hostile.sol": source.encode()}
    for path, content in contents.items():
        (folder / path).write_bytes(content)
    artefact, text = built(folder)
    artefact.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def hostile(hostile_folder, system, people):
    from brownie import web3

    made = json.loads((hostile_folder / "Hostile.json").read_text(encoding="utf-8"))
    factory = web3.eth.contract(abi=made["abi"], bytecode=made["bytecode"])
    sent = factory.constructor().transact({"from": str(people.stranger)})
    return web3.eth.contract(web3.eth.wait_for_transaction_receipt(sent).contractAddress, abi=made["abi"])
