"""A contract of a module at a node that answers what a test says: its ABI, a log, a receipt, and odd answers."""

from typing import Any

import pytest
from eth_utils import keccak

from jamjar.ledger.ledger import Ledger
from jamjar.ledger.own_contract import OwnContract

AT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55
TOPIC = "0x" + keccak(text="Kept(bytes32,uint64)").hex()
WORD = "0x" + "07" * 32


def part(kind: str, name: str = "x", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "internalType": kind, **more}


def view(name: str, kind: str) -> dict[str, Any]:
    return {"type": "function", "name": name, "stateMutability": "view", "inputs": [], "outputs": [part(kind, "")]}


PAIR = part("tuple[]", components=[part("address", "who"), part("bytes", "what")])
ABI: list[dict[str, Any]] = [
    view("count", "uint64"),
    view("title", "string"),
    {"type": "function", "name": "keep", "stateMutability": "nonpayable", "inputs": [part("bytes32")], "outputs": []},
    {
        "type": "event",
        "name": "Kept",
        "anonymous": False,
        "inputs": [part("bytes32", "digest", indexed=True), part("uint64", "keptAt", indexed=False)],
    },
    {"type": "error", "name": "Said", "inputs": [part("string")]},
    {"type": "error", "name": "By", "inputs": [part("address")]},
    {"type": "error", "name": "Many", "inputs": [PAIR]},
]
LOG: dict[str, Any] = {
    "address": AT, "topics": [TOPIC, WORD], "data": "0x" + "00" * 31 + "09", "blockNumber": "0x1",
    "blockHash": WORD, "transactionHash": WORD, "transactionIndex": "0x0", "logIndex": "0x0", "removed": False,
}  # fmt: skip
RECEIPT: dict[str, Any] = {
    "transactionHash": WORD, "blockHash": WORD, "blockNumber": "0x1", "contractAddress": AT, "from": AT, "to": AT,
    "cumulativeGasUsed": "0x1", "gasUsed": "0x1", "status": "0x1", "logs": [], "transactionIndex": "0x0",
    "logsBloom": "0x" + "00" * 256, "type": "0x0", "effectiveGasPrice": "0x0",
}  # fmt: skip
ODD = [None, True, 7, 7.5, "", "0x", "0xzz", "0x" + "f" * 64, "0x" + "f" * 65, "\ud800", [], {}, [[]], {"error": {}}]


@pytest.fixture
def contract(node: Any, deployment_of: Any) -> OwnContract:
    made = OwnContract(Ledger(node.url, deployment_of()), AT, tuple(ABI))
    node.answers |= {"eth_blockNumber": "0x1", "eth_getLogs": [LOG], "eth_call": "0x", "eth_estimateGas": "0x5208"}
    node.answers |= {
        "eth_sendTransaction": WORD,
        "eth_getTransactionReceipt": RECEIPT,
        "eth_getTransactionCount": "0x0",
    }
    return made
