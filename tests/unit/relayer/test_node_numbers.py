"""relayer.node: numbers that a node says are bounded where a database holds them, and balances may be unknown.

When it says what an account has           that, of any size
When it refuses to, or makes no sense      None
When it does not answer                    NodeUnavailable
When it counts more than a database holds  NodeAnswerInvalid
When it asks any price                     that, unless it is below nothing
"""

from collections.abc import Callable
from typing import Any

import pytest

from jamjar.errors import InvalidInput, NodeAnswerInvalid, NodeUnavailable
from jamjar.protocol.deployment import Deployment
from jamjar.relayer.node import CarrierNode
from jamjar.relayer.settings import MOST_PRICE, CarrierSettings

CONSENT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55
HASH = "0x" + "07" * 32
LOG = {"address": CONSENT, "topics": [HASH], "data": "0x", "blockNumber": "0x5", "transactionHash": HASH,
       "logIndex": "0x0"}  # fmt: skip
RECEIPT = {"transactionHash": HASH, "blockHash": HASH, "blockNumber": "0x5", "status": "0x1", "gasUsed": "0x5208",
           "logs": [LOG]}  # fmt: skip
UNKNOWN = {"error": {"code": -32601, "message": "the method eth_getBalance does not exist"}}


@pytest.fixture
def asked(node: Any, deployment_of: Callable[..., Deployment]) -> CarrierNode:
    return CarrierNode(node.url, deployment_of())


def test_a_balance(node: Any, asked: CarrierNode) -> None:
    node.answers["eth_getBalance"] = hex(10**24)
    assert asked.balance(CONSENT) == 10**24


@pytest.mark.parametrize("answer", [UNKNOWN, b"", b"<html>", b"null", 500, "zz", 7.5, [], {}, "-0x1"])
def test_no_balance(node: Any, asked: CarrierNode, answer: Any) -> None:
    node.answers["eth_getBalance"] = answer
    assert asked.balance(CONSENT) is None


def test_no_answer(free_url: str, deployment_of: Callable[..., Deployment]) -> None:
    with pytest.raises(NodeUnavailable) as caught:
        CarrierNode(free_url, deployment_of()).balance(CONSENT)
    assert type(caught.value) is NodeUnavailable


@pytest.mark.parametrize("answer", [hex(2**63), hex(2**300), "-0x1"])
def test_more_than_a_database_holds(node: Any, asked: CarrierNode, answer: str) -> None:
    node.answers |= {"eth_getTransactionCount": answer, "eth_estimateGas": answer}
    node.answers["eth_getBlockByNumber"] = {"number": answer, "gasLimit": "0x64", "hash": HASH}
    odd = [{**RECEIPT, "blockNumber": answer}, {**RECEIPT, "logs": [{**LOG, "logIndex": answer}]}]
    odd.append({**RECEIPT, "logs": [{**LOG, "logIndex": hex(2**31)}]})
    receipts = iter(odd)
    node.answers["eth_getTransactionReceipt"] = lambda: next(receipts)
    for question in (
        asked.head,
        lambda: asked.count(CONSENT),
        lambda: asked.estimate(CONSENT, "ConsentRegistry", b"\1"),
        *[lambda: asked.mined([b"\7" * 32])] * len(odd),
    ):
        with pytest.raises(NodeAnswerInvalid):
            question()


def test_any_price(node: Any, asked: CarrierNode) -> None:
    node.answers["eth_gasPrice"] = hex(2**300)
    assert asked.price() == 2**300
    node.answers["eth_gasPrice"] = "-0x1"
    with pytest.raises(NodeAnswerInvalid):
        asked.price()


@pytest.mark.parametrize("most", [-1, MOST_PRICE + 1, 1.0])
def test_a_most_that_no_database_holds(most: Any) -> None:
    with pytest.raises(InvalidInput):
        CarrierSettings(most_gas_price=most)
