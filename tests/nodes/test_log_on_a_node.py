"""The log of a real ledger: its leaves are what the node says, and whoever reads it finds what was done.

Given a consent from grant to withdrawal        a receipt for each step, and a monitor with its own node content
Given the last final block is taken back        nothing more is published
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.protocol.typed_data import Withdraw
from jamjar.tlog import receipt
from jamjar.tlog.errors import LogDiffers
from jamjar.tlog.folder import Folder
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.ledger_source import LedgerSource
from jamjar.tlog.monitor import Monitor
from jamjar.tlog.monitor_state import MonitorState
from jamjar.tlog.publisher import Publisher
from jamjar.tlog.receipt_maker import receipts
from tests.nodes.test_mailbox_on_a_node import Chain
from tests.stateful.node import Node, own_node
from tests.unit.tlog.world import LOG_KEY, Direct, policy

DEPTH = 2
STEPS = ["ConsentGranted", "Committed", "ConsentUsed", "ConsentWithdrawn"]


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with own_node() as running:
        yield running


def by_hand(node: Node, event: RawEvent) -> bytes:
    """The leaf of an event as `jamjar.tlog.leaf` says anyone makes it: plain JSON-RPC, and nothing of Jamjar."""
    rpc, block = node.rpc, hex(event.block)
    (log,) = (
        each
        for each in rpc.call("eth_getLogs", {"fromBlock": block, "toBlock": block})
        if int(each["logIndex"], 16) == event.index
    )
    header = rpc.call("eth_getBlockByHash", log["blockHash"], False)
    values = {
        "format": "jamjar.event.1", "chain": int(rpc.call("eth_chainId"), 16), "contract": log["address"].lower(),
        "block": int(log["blockNumber"], 16), "block_hash": log["blockHash"], "time": int(header["timestamp"], 16),
        "transaction": log["transactionHash"], "index": int(log["logIndex"], 16), "topics": log["topics"],
        "data": log["data"],
    }  # fmt: skip
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()


def test_a_life_on_the_log(node: Node, tmp_path: Path) -> None:
    chain = Chain(node)
    sealed = chain.deposit()
    chain.use(sealed)
    chain.carry(Withdraw(chain.key.address), node.now() + 1)
    url = node.rpc.url
    folder, source = Folder(tmp_path / "log"), LedgerSource(url, chain.deployment, DEPTH)
    publisher = Publisher(folder, LOG_KEY, source, Direct(tmp_path, time.time).clients, policy())
    early = publisher.publish()
    for _ in range(DEPTH):
        node.wait_until(node.now() + 1)
    done = publisher.publish()
    assert done.new == 2
    assert done.checkpoint.size == early.checkpoint.size + 2

    consent = bytes.fromhex(chain.key.address[2:])
    found = list(receipts(folder, policy(), {consent}))
    assert len(found) == len(STEPS)
    for number, event, text in found:
        assert event.to_bytes() == by_hand(node, event)
        true = receipt.verify(text.encode(), policy())
        assert (true.event, true.index) == (event, number)

    watching = Monitor(
        folder, policy(), silence=10**9, source=LedgerSource(url, chain.deployment, 0), consents=[consent]
    )
    report = watching.look(MonitorState(), int(time.time()))
    assert report.alarms == ()
    assert [event for _, event in report.seen] == [event for _, event, _ in found]

    node.rpc.call("anvil_reorg", DEPTH + 1, [])
    for _ in range(DEPTH + 1):
        node.wait_until(node.now() + 1)
    with pytest.raises(LogDiffers):
        publisher.publish()
