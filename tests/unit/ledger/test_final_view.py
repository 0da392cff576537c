"""final_view: what is final is read in one block, as deep as the one depth says.

Given Clique, 12 blocks deep        views are asked in the block 12 below the newest, and later events are left out
Given a development node            views are asked in the newest block
Given contracts not deep enough     one sentence says how many blocks are missing
When the node answers nonsense      an error of ours
"""

from collections.abc import Callable
from typing import Any

import pytest
from eth_utils import keccak

from jamjar.errors import NodeUnavailable, NotYet
from jamjar.ledger import final_view
from jamjar.ledger.final_view import FinalView, newest
from jamjar.ledger.finality import Finality
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.rejections import STATUSES
from tests.unit.conftest import FakeNode
from tests.unit.ledger.test_finality import clique, tell

CONSENT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"  # from EIP-55
GETH, ANVIL = "Geth/v1.13.15-stable/linux-amd64/go1.26.8", "anvil/v1.3.1"
WITHDRAWN = f"0x{keccak(text='ConsentWithdrawn(address,address)').hex()}"


@pytest.fixture
def view_at(node: FakeNode, deployment_of: Callable[..., Deployment]) -> Callable[..., FinalView]:
    """The newest final view by a node of this version at this height, five of whose signers seal."""

    def view_at(version: str, height: int) -> FinalView:
        tell(node, version, extraData=clique(5))
        node.answers["eth_blockNumber"] = hex(height)
        return newest(node.url, deployment_of())

    return view_at


def log(deployment: Deployment, block: int) -> dict[str, Any]:
    at = {"blockNumber": hex(block), "blockHash": "0x" + "ab" * 32, "logIndex": "0x0", "transactionIndex": "0x0"}
    topics = [WITHDRAWN, *2 * [f"0x{CONSENT[2:].lower().zfill(64)}"]]
    return {**at, "transactionHash": "0x" + "cd" * 32, "address": deployment.consent_registry.address,
            "topics": topics, "data": "0x", "removed": False}  # fmt: skip


@pytest.mark.parametrize(("version", "depth"), [(GETH, 12), (ANVIL, 0)])
def test_one_block(node: FakeNode, view_at: Callable[..., FinalView], version: str, depth: int) -> None:
    node.answers["eth_call"] = f"0x{STATUSES.index('ACTIVE'):064x}"
    node.answers["eth_getLogs"] = lambda: [log(view.ledger.deployment, block) for block in (7, 88, 89, 100)]
    view = view_at(version, 100)
    assert (view.block, view.finality.depth, view.status(CONSENT)) == (100 - depth, depth, "ACTIVE")
    assert node.parameters["eth_call"][1] == hex(100 - depth)
    assert view.head_of(CONSENT) == bytes(31) + bytes([STATUSES.index("ACTIVE")])
    assert node.parameters["eth_call"][1] == hex(100 - depth)
    assert f"depth={depth}" in repr(view)
    assert "ledger" not in repr(view)
    blocks = [each.origin.block for each in view.events("ConsentWithdrawn", CONSENT)]
    assert blocks == [block for block in (7, 88, 89, 100) if block <= 100 - depth]


def test_a_deployment_that_is_not_final(view_at: Callable[..., FinalView]) -> None:
    with pytest.raises(NotYet, match="in block 1, which is final 12 blocks later on Clique; wait for 4 more"):
        view_at(GETH, 9)
    assert view_at(GETH, 13).block == 1


def test_a_chain_that_goes_on_meanwhile(
    node: FakeNode, deployment_of: Callable[..., Deployment], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The depth is measured from the newest block: a newer one, by then, is not counted from."""
    node.answers["eth_blockNumber"] = hex(300)

    def measured(_: str) -> Finality:
        node.answers["eth_blockNumber"] = hex(400)
        return Finality(100, "a chain that names its final blocks")

    monkeypatch.setattr(final_view, "finality", measured)
    assert newest(node.url, deployment_of()).block == 200


@pytest.mark.parametrize("answer", ["0x", f"0x{99:064x}", None, 7])
def test_nonsense(node: FakeNode, view_at: Callable[..., FinalView], answer: Any) -> None:
    node.answers["eth_call"] = answer
    with pytest.raises(NodeUnavailable):
        view_at(GETH, 100).status(CONSENT)
