"""What a relayer replays from a real node is what that node says, block by block, also after a reorganisation.

When messages of every type are recorded   the same of each consent, its head, its recipient, and the carrier
When blocks are taken back                 the same again
"""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from eth_account import Account

from jamjar.ledger.ledger import Ledger
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Grant, Pause, Reconfirm, Resume, Withdraw
from jamjar.relayer.ledger_view import RelayerNodeView
from jamjar.relayer.node_events import NodeEvents
from jamjar.relayer.replayed_view import ReplayedView
from tests.nodes.relayed import KEYS, Relayed, commit
from tests.stateful.node import own_node


@pytest.fixture
def relayed(tmp_path: Any) -> Iterator[Relayed]:
    with own_node() as node:
        yield Relayed(node, f"sqlite:///{tmp_path / 'relayer.db'}")


def same(relayed: Relayed, view: ReplayedView, keys: list[ConsentKey]) -> int:
    """Follow, compare what both views say about the messages of these consents, and return how many were compared."""
    while view.follow():
        pass
    asked = RelayerNodeView(lambda: Ledger(relayed.to, relayed.deployment), Account.from_key(KEYS[1]).address)
    compared = 0
    for key in keys:
        for message in (commit(key), Grant(key.address, 2, 5, 9, 7, 1, b"\1" * 32)):
            for recipient in (0, 1, 2, 9):
                signed = sign(key, relayed.deployment.domain_of(type(message)), message)
                assert view.look(signed, recipient) == asked.look(signed, recipient)
                compared += 1
    return compared


def test_the_same_as_the_node(relayed: Relayed) -> None:
    carrier = Account.from_key(KEYS[1]).address
    source = NodeEvents(relayed.to, relayed.deployment)
    view = ReplayedView(source, relayed.deployment.block, carrier, most=100, clock=lambda: 1.0)
    keys = [*relayed.consents(4), ConsentKey.generate(secrets.token_bytes)]
    assert same(relayed, view, keys) == 40
    before = relayed.node.snapshot()
    one, two, three, *_ = keys
    messages = {
        one: (commit(one), Pause(one.address, 0), Resume(one.address, 1), commit(one, 2, 1)),
        two: (commit(two), Withdraw(two.address)),
        three: (Reconfirm(three.address, 0, relayed.node.now() + 7000), Pause(three.address, 1)),
    }
    for key, some in messages.items():
        for message in some:
            relayed.accept(key, message)
            relayed.finish()
            assert same(relayed, view, keys)
    relayed.node.revert(before)
    relayed.node.rpc.call("evm_mine")
    assert same(relayed, view, keys)
    for _ in range(30):
        relayed.node.rpc.call("evm_mine")
    assert same(relayed, view, keys)
