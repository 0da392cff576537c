"""relayer.node_events at its edge: whatever a node answers, a replay gets blocks and events, or an error of ours.

When a block's events are asked for        by its hash, and one of another block, or taken back, is an error
When a block is not there                  None
When the node refuses, or cannot be read   LedgerError
When it is on another chain                DeploymentError, before anything is read
When it refuses a range                    fewer blocks are asked for
When its block changed                     LedgerError, and no state
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from eth_abi.abi import encode
from eth_utils import keccak

from jamjar.errors import DeploymentError, LedgerError, NodeUnavailable
from jamjar.model.state import Consent, Stage
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.events import Committed
from jamjar.relayer.node_events import NodeEvents
from jamjar.relayer.replayed_state import ReplayedBlock

CONSENT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55
WORD = f"0x{CONSENT[2:].lower():0>64}"
HASH, PARENT = "0x" + "07" * 32, "0x" + "06" * 32
BLOCK = {"number": "0x5", "hash": HASH, "parentHash": PARENT, "timestamp": "0x3e8"}
HEADER = ReplayedBlock(5, b"\7" * 32, b"\6" * 32, 1000)
LOG = {
    "address": CONSENT, "topics": [f"0x{keccak(text='Committed(address,address,bytes32)').hex()}", WORD],
    "data": WORD + HASH[2:], "blockNumber": "0x5", "blockHash": HASH, "transactionHash": HASH,
    "logIndex": "0x2", "removed": False,
}  # fmt: skip
OTHERS = [b"", b"<html>", b"[]", b"3", 500, {"error": "no"}, "zz", 7.5, [], {}, [3], [{}]]


@pytest.fixture
def asked(node: Any, deployment_of: Callable[..., Deployment]) -> NodeEvents:
    node.answers |= {"eth_getBlockByNumber": BLOCK, "eth_getLogs": [LOG]}
    return NodeEvents(node.url, deployment_of())


def test_the_newest_block(asked: NodeEvents) -> None:
    assert asked.newest() == HEADER


def test_another_chain(node: Any, asked: NodeEvents) -> None:
    node.answers["eth_chainId"] = "0x5"
    for _ in range(2):
        with pytest.raises(DeploymentError):
            asked.newest()


def test_a_block_that_is_not_there(node: Any, asked: NodeEvents) -> None:
    answers = iter([BLOCK, None])
    node.answers["eth_getBlockByNumber"] = lambda: next(answers)
    assert asked.blocks([5, 6]) == [HEADER, None]


def test_events_are_of_the_very_block(node: Any, asked: NodeEvents) -> None:
    [[event]] = asked.events_of([HEADER])
    assert isinstance(event, Committed)
    assert (event.consent, event.carrier, event.root) == (CONSENT, CONSENT, b"\7" * 32)
    assert (event.origin.block, event.origin.index) == (5, 2)
    [search] = node.parameters["eth_getLogs"]
    assert (search["blockHash"], "fromBlock" in search) == (HASH, False)
    assert len(search["address"]) == 5


@pytest.mark.parametrize("changed", [{"blockHash": PARENT}, {"removed": True}, {"topics": []}, {"data": "0x07"}])
def test_an_event_that_is_not(node: Any, asked: NodeEvents, changed: dict[str, Any]) -> None:
    node.answers["eth_getLogs"] = [LOG | changed]
    with pytest.raises(LedgerError):
        asked.events_of([HEADER])


def test_it_refuses(node: Any, asked: NodeEvents) -> None:
    node.answers["eth_getLogs"] = {"error": {"code": -32000, "message": "unknown block"}}
    with pytest.raises(LedgerError, match="unknown block"):
        asked.events_of([HEADER])
    with pytest.raises(LedgerError, match="unknown block"):
        asked.events_from(5, 5)


def test_it_refuses_a_range(node: Any, asked: NodeEvents) -> None:
    refusal = {"error": {"code": -32005, "message": "too many blocks"}}
    answers = iter([refusal, [LOG], [LOG]])
    node.answers["eth_getLogs"] = lambda: next(answers)
    assert len(asked.events_from(1, 10)) == 2
    assert (node.parameters["eth_getLogs"][0]["fromBlock"], node.parameters["eth_getLogs"][0]["toBlock"]) == (
        "0x6",
        "0xa",
    )


@pytest.mark.parametrize("answer", OTHERS)
def test_whatever_it_answers(node: Any, asked: NodeEvents, answer: Any) -> None:
    node.answers |= {"eth_getBlockByNumber": answer, "eth_getLogs": answer}
    for ask in (asked.newest, lambda: asked.blocks([5]), lambda: asked.events_of([HEADER])):
        with suppress(LedgerError):
            assert ask() in ([[]], [None])
    if answer != []:
        with pytest.raises(LedgerError):
            asked.events_from(5, 5)


def test_it_does_not_answer(free_url: str, deployment_of: Callable[..., Deployment]) -> None:
    with pytest.raises(NodeUnavailable):
        NodeEvents(free_url, deployment_of()).newest()


def test_states(node: Any, asked: NodeEvents) -> None:
    stored = (2, 10, 90, 50, 1, 3, 2, 1)
    answers = iter(f"0x{each.hex()}" for each in 2 * (encode(["uint256"] * 8, stored), b"\7" * 32))
    node.answers["eth_call"] = lambda: next(answers)
    assert asked.states([CONSENT], HEADER) == [(Consent(*stored[:-1], Stage.GRANTED), b"\7" * 32)]
    assert node.parameters["eth_call"][1] == "0x5"
    node.answers["eth_getBlockByNumber"] = BLOCK | {"hash": PARENT}
    with pytest.raises(LedgerError, match="changed"):
        asked.states([CONSENT], HEADER)
