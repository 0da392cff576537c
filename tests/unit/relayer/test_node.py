"""relayer.node at its edge: whatever a node answers, a carrier gets a value or an error of ours.

When the node has a transaction already         no error
When it refuses one                             LedgerError
When a receipt is of what is not mined yet      None
When a receipt is of another transaction        NodeUnavailable
When it refuses one of several                  why, in its place
When it answers several with too few            NodeUnavailable
When it answers another shape                   LedgerError
When a contract refuses                         Rejected, decoded
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from eth_utils import keccak

from jamjar.errors import LedgerError, NodeUnavailable, Rejected
from jamjar.protocol.deployment import Deployment
from jamjar.relayer.node import CarrierNode
from jamjar.relayer.node_port import Head

CONSENT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55
REVERT = "0x" + (keccak(text="ConsentNotPaused(address)")[:4] + bytes.fromhex(CONSENT[2:]).rjust(32, b"\0")).hex()
HASH = "0x" + "07" * 32
LOG = {"address": CONSENT, "topics": [HASH], "data": "0x", "blockNumber": "0x5", "transactionHash": HASH,
       "logIndex": "0x0"}  # fmt: skip
RECEIPT = {"transactionHash": HASH, "blockHash": HASH, "blockNumber": "0x5", "status": "0x1", "gasUsed": "0x5208",
           "logs": [LOG]}  # fmt: skip
OTHERS = [b"", b"<html>", b"[]", b"null", b"3", b"{}", 500, {"error": "no"}, "zz", 7.5, [], {}]


@pytest.fixture
def asked(node: Any, deployment_of: Callable[..., Deployment]) -> CarrierNode:
    return CarrierNode(node.url, deployment_of())


def refusal(message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"code": -32000, "message": message, **more}}


@pytest.mark.parametrize("message", ["already known", "Known transaction", "transaction already imported"])
def test_it_has_it_already(node: Any, asked: CarrierNode, message: str) -> None:
    node.answers["eth_sendRawTransaction"] = refusal(message)
    assert asked.send([b"\1", b"\2"]) == [None, None]


@pytest.mark.parametrize("message", ["nonce too low", "replacement transaction underpriced", "insufficient funds"])
def test_it_refuses_it(node: Any, asked: CarrierNode, message: str) -> None:
    node.answers["eth_sendRawTransaction"] = refusal(message)
    [refused] = asked.send([b"\1"])
    assert message in str(refused)


def test_it_refuses_one_of_several(node: Any, asked: CarrierNode) -> None:
    answers = iter([HASH, refusal("nonce too low"), refusal("already known"), HASH])
    node.answers["eth_sendRawTransaction"] = lambda: next(answers)
    refused = asked.send([b"\1", b"\2", b"\3", b"\4"])
    assert [None if each is None else "nonce too low" in str(each) for each in refused] == [None, True, None, None]


@pytest.mark.parametrize("body", [[], [{"jsonrpc": "2.0", "id": 0, "result": HASH}], [3, 4], {"result": HASH}, None])
def test_it_does_not_answer_each(node: Any, asked: CarrierNode, body: Any) -> None:
    node.answers |= dict.fromkeys(("eth_sendRawTransaction", "eth_getTransactionReceipt"), json.dumps(body).encode())
    for question in (asked.send, asked.mined):
        with pytest.raises(NodeUnavailable):
            question([b"\7" * 32, b"\7" * 32])


def test_it_takes_no_batches(node: Any, asked: CarrierNode) -> None:
    node.answers["eth_sendRawTransaction"] = json.dumps({"id": None, **refusal("no batches")}).encode()
    refused = asked.send([b"\1", b"\2"])  # each is asked for alone, and refused alone
    assert ["no batches" in str(each) for each in refused] == [True, True]


def test_a_receipt(node: Any, asked: CarrierNode) -> None:
    node.answers["eth_getTransactionReceipt"] = RECEIPT
    [mined] = asked.mined([b"\7" * 32])
    assert mined is not None
    assert (mined.block, mined.succeeded, mined.gas_used, len(mined.logs)) == (5, True, 21000, 1)
    answers = iter([None, {**RECEIPT, "blockHash": None}, RECEIPT])
    node.answers["eth_getTransactionReceipt"] = lambda: next(answers)
    assert asked.mined([b"\7" * 32] * 3) == [None, None, mined]


def test_a_receipt_of_another(node: Any, asked: CarrierNode) -> None:
    node.answers["eth_getTransactionReceipt"] = RECEIPT
    with pytest.raises(NodeUnavailable, match="another transaction"):
        asked.mined([b"\7" * 32, b"\6" * 32])


@pytest.mark.parametrize("data", [REVERT, {"result": REVERT}])
def test_a_contract_refuses(node: Any, asked: CarrierNode, data: Any) -> None:
    node.answers["eth_estimateGas"] = refusal("execution reverted", data=data)
    with pytest.raises(Rejected) as caught:
        asked.estimate(CONSENT, "ConsentRegistry", b"\1")
    assert caught.value.name == "ConsentNotPaused"


def test_the_newest_block(node: Any, asked: CarrierNode) -> None:
    node.answers["eth_getBlockByNumber"] = {"number": "0x9", "gasLimit": "0x64", "hash": HASH, "timestamp": "0x7"}
    assert asked.head() == Head(9, 100, 7)
    assert asked.block_hash(9) == b"\7" * 32


@pytest.mark.parametrize("answer", OTHERS)
def test_another_shape(node: Any, asked: CarrierNode, answer: Any) -> None:
    methods = "getBlockByNumber getTransactionCount getTransactionReceipt gasPrice estimateGas getLogs"
    node.answers |= {f"eth_{method}": answer for method in methods.split()}
    for question in (
        asked.head,
        lambda: asked.block_hash(1),
        lambda: asked.count(CONSENT),
        lambda: asked.mined([b"\7" * 32]),
        asked.price,
        lambda: asked.estimate(CONSENT, "ConsentRegistry", b"\1"),
        lambda: asked.logs([CONSENT], 0, 5),
    ):
        with pytest.raises(LedgerError):
            question()


def test_nobody_is_there(free_url: str, deployment_of: Callable[..., Deployment]) -> None:
    with pytest.raises(NodeUnavailable):
        CarrierNode(free_url, deployment_of()).head()
