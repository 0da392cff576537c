"""How the contracts of a deployment were created: by which transaction, with which code and arguments.

Right code does not exclude storage that existed before it, such as in a chain's genesis block. A contract that a
transaction created began with empty storage.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from eth_abi.abi import encode
from hexbytes import HexBytes
from web3 import Web3

from jamjar.audit.built_code import BuiltCode
from jamjar.protocol.abi import abi_of, type_of
from jamjar.protocol.deployment import CONTRACTS, Deployment
from jamjar.protocol.settings import constructor_arguments

MOST_BLOCKS: Final = 1000
"""Blocks after the first contract's in which the others are searched for."""

AS_MUST_BE: Final = "by a transaction, as built, with the file's settings"


@dataclass(frozen=True, slots=True)
class Creation:
    """How a contract must have been created, and how it was."""

    expected: str
    found: str


def creations(node: Web3, deployment: Deployment, built: Mapping[str, BuiltCode]) -> dict[str, Creation]:
    """Return how each contract was created, by its name."""
    last = min(int(node.eth.block_number), deployment.block + MOST_BLOCKS)
    missing = {at.address: name for name, at in deployment.contracts().items()}
    found: dict[str, str] = {}
    for number in range(deployment.block, last + 1):
        if not missing:
            break
        for transaction in _creating(node, number):
            address = node.eth.get_transaction_receipt(transaction["hash"])["contractAddress"]
            if address in missing:
                name = missing.pop(address)
                right = HexBytes(transaction["input"]) == _input(name, deployment, built[name])
                found[name] = AS_MUST_BE if right else f"in block {number}, with other code or other settings"
    absent = f"by no transaction from block {deployment.block} to {last}"
    return {name: Creation(AS_MUST_BE, found.get(name, absent)) for name in CONTRACTS}


def _creating(node: Web3, number: int) -> list[Any]:
    block: Any = node.eth.get_block(number, full_transactions=True)
    return [each for each in block["transactions"] if not each.get("to")]


def _input(name: str, deployment: Deployment, built: BuiltCode) -> bytes:
    at = {each: contract.address for each, contract in deployment.contracts().items()}
    arguments = constructor_arguments(name, deployment.settings, at)
    (constructor,) = (entry for entry in abi_of(name) if entry["type"] == "constructor")
    return built.creation + encode([type_of(each) for each in constructor["inputs"]], arguments)
