"""The carrier on a real node: real contracts, real signatures, real receipts; reorganised, robbed and killed.

Given messages of every type                       each is recorded where it says, and the ledger has nothing else
Given grants and commitments that would be refused  rejected with the contract's reason
When a block is taken back                         its items are recorded all the same, once
When another program uses the nonce                so are those of the carriage that lost it
When the program is killed at any statement        the next goes on, and nothing is recorded twice
"""

from collections.abc import Iterator
from typing import Any

import pytest
from eth_account import Account

from jamjar.protocol.typed_data import Pause, Reconfirm, Resume, Withdraw
from jamjar.relayer.item import ItemState
from tests.nodes.relayed import KEYS, Relayed, commit
from tests.stateful.node import Node, own_node
from tests.support.killing import dies


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with own_node() as running:
        yield running


@pytest.fixture
def relayed(node: Node, tmp_path: Any) -> Iterator[Relayed]:
    before = node.snapshot()
    yield Relayed(node, f"sqlite:///{tmp_path / 'relayer.db'}")
    node.revert(before)


def test_every_type(relayed: Relayed) -> None:
    one, two, three = relayed.consents(3)
    relayed.accept(one, commit(one), commit(one, 2, 1), Pause(one.address, 0), Resume(one.address, 1))
    relayed.accept(two, commit(two), Reconfirm(two.address, 0, relayed.node.now() + 7000), Withdraw(two.address))
    relayed.accept(three, commit(three, 5, 4), Pause(three.address, 7))
    relayed.finish()
    relayed.check()
    told = [(row.kind, (row.reason or "").partition(":")[0]) for row in relayed.rows()[3:]]
    assert told == [("Commit", "ConsentNotLive"), ("Commit", "ConsentNotLive"), ("Pause", ""), ("Resume", ""),
                    ("Commit", "ConsentNotLive"), ("Reconfirm", "ConsentNotOpen"), ("Withdraw", ""),
                    ("Commit", "HeadMismatch"), ("Pause", "SequenceMismatch")]  # fmt: skip


def test_a_block_is_taken_back(relayed: Relayed) -> None:
    keys = relayed.consents(6)
    for key in keys:
        relayed.accept(key, commit(key))
    before = relayed.node.snapshot()
    relayed.go()
    relayed.node.rpc.call("evm_mine")
    relayed.go()
    relayed.node.revert(before)  # which empties the pool too
    relayed.node.rpc.call("anvil_dropAllTransactions")
    relayed.finish()
    relayed.check()
    assert [row.state for row in relayed.rows()[6:]] == [ItemState.RECORDED] * 6


def test_the_nonce_is_used_by_another(relayed: Relayed) -> None:
    [key] = relayed.consents(1)
    relayed.accept(key, commit(key))
    relayed.go()
    relayed.node.rpc.call("anvil_dropAllTransactions")
    robber = Account.from_key(KEYS[1]).address
    relayed.node.rpc.call("eth_sendTransaction", {"from": robber, "to": robber, "gas": "0x5208"})
    relayed.node.rpc.call("evm_mine")
    relayed.finish()
    relayed.check()
    assert relayed.rows()[1].state == ItemState.RECORDED


def test_killed_at_any_statement(relayed: Relayed) -> None:
    keys = relayed.consents(3)
    statement, died = 0, 0
    for root in range(1, 60):
        for key in keys:
            relayed.accept(key, commit(key, root, root - 1))
        for _ in range(4):
            statement += 1
            relayed.engine.dispose()
            died += dies(statement, relayed.go, beforehand=relayed.restart)
            relayed.node.rpc.call("evm_mine")
        relayed.restart()
        relayed.finish()
        if statement > 60:
            break
    assert died > 40
    relayed.check()
    assert {row.state for row in relayed.rows()} == {ItemState.RECORDED}
