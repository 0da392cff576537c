"""The logs as a node gives them, with their blocks' hashes and times, in order.

When the node is on another chain, gives nonsense, or nothing    one of our errors
"""

from collections.abc import Callable
from typing import Any

import pytest

from jamjar.errors import DeploymentError, InvalidInput, LedgerError, NodeUnavailable
from jamjar.protocol.deployment import Deployment
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.ledger_source import LedgerSource

HASHES = {7: "0x" + "a7" * 32, 8: "0x" + "a8" * 32}
ADDRESS = "0x00000000000000000000000000000000000000AB"


def log(block: int, index: int, **changes: object) -> dict[str, object]:
    return {
        "address": ADDRESS, "blockNumber": hex(block), "blockHash": HASHES[block], "logIndex": hex(index),
        "transactionHash": "0x" + "33" * 32, "transactionIndex": "0x0", "topics": ["0x" + "44" * 32], "data": "0x0102",
        "removed": False,
    } | changes  # fmt: skip


@pytest.fixture
def source(node: Any, deployment_of: Callable[..., Deployment]) -> LedgerSource:
    node.answers["eth_blockNumber"] = "0x10"
    node.answers["eth_getLogs"] = [log(8, 0), log(7, 2), log(7, 1)]
    node.answers["eth_getBlockByHash"] = {"number": "0x7", "timestamp": "0x6b49d200"}
    return LedgerSource(node.url, deployment_of(), 6)


def test_they_come_in_order(source: LedgerSource, node: Any) -> None:
    found = list(source.events(1, source.final()))
    assert [each.place for each in found] == [(7, 1), (7, 2), (8, 0)]
    assert found[2] == RawEvent(
        1337, bytes(19) + b"\xab", 8, b"\xa8" * 32, 1_800_000_000, b"\x33" * 32, 0, (b"\x44" * 32,), b"\1\2"
    )
    assert node.asked.count("eth_getBlockByHash") == 2
    (span,) = node.parameters["eth_getLogs"]
    assert (span["fromBlock"], span["toBlock"], len(span["address"])) == ("0x1", "0xa", 5)
    assert (source.first, source.final()) == (1, 10)


def test_of_members_alone(node: Any, deployment_of: Callable[..., Deployment], source: LedgerSource) -> None:
    deployment = deployment_of()
    members = LedgerSource(node.url, deployment, 6, "log.example/jamjar/members")
    found = list(members.events(1, 10))
    assert node.parameters["eth_getLogs"][0]["address"] == [deployment.consortium.address]
    assert found == list(source.events(1, 10))


def test_of_no_block_nothing_is_asked(source: LedgerSource, node: Any) -> None:
    assert list(source.events(11, 10)) == []
    assert "eth_getLogs" not in node.asked
    node.answers["eth_blockNumber"] = "0x2"
    assert source.final() == -1


@pytest.mark.parametrize(
    "change",
    [
        {"topics": ["0x44"]},
        {"blockHash": None},
        {"blockHash": "x"},
        {"address": "0x12"},
        {"logIndex": "x"},
        {"data": None},
    ],
    ids=str,
)
def test_nonsense(source: LedgerSource, node: Any, change: dict[str, object]) -> None:
    node.answers["eth_getLogs"] = [log(7, 1, **change)]
    with pytest.raises(LedgerError):
        list(source.events(1, 10))


@pytest.mark.parametrize("method", ["eth_getLogs", "eth_getBlockByHash", "eth_blockNumber"])
@pytest.mark.parametrize("answer", [500, b"nonsense", None, "nonsense"], ids=str)
def test_no_answer(source: LedgerSource, node: Any, method: str, answer: object) -> None:
    node.answers[method] = answer
    with pytest.raises((LedgerError, NodeUnavailable)):
        list(source.events(1, source.final()))


def test_another_chain(node: Any, deployment_of: Callable[..., Deployment]) -> None:
    with pytest.raises(DeploymentError):
        LedgerSource(node.url, deployment_of(chain_id=1), 6)
    with pytest.raises(InvalidInput):
        LedgerSource(node.url, deployment_of(), -1)
