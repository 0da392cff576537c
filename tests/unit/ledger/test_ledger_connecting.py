"""ledger, connecting: to what is no node, or not the deployment's, it never connects, and says so without waiting.

When nobody listens, HTTP fails, the answer is no JSON-RPC, or none comes    NodeUnavailable
When the chain is another                                                    DeploymentError
Given a contract's code is missing or another                                DeploymentError
"""

from collections.abc import Callable
from typing import Any

import pytest
from web3.providers.rpc import rpc

from jamjar.errors import DeploymentError, NodeUnavailable
from jamjar.ledger import ledger as ledgers
from jamjar.ledger.ledger import Ledger
from jamjar.protocol.deployment import Deployment

GARBAGE = [b"", b"<html>no node here</html>", b"\xff\xfe", b"[]", b"null", b'"x"', b"3", b"{}", b'{"result":']


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it waited before it asked again, each time."""
    taken: list[float] = []
    monkeypatch.setattr(rpc.time, "sleep", taken.append)
    return taken


def test_nobody_listens(free_url: str, deployment_of: Callable[..., Deployment], naps: list[float]) -> None:
    with pytest.raises(NodeUnavailable, match="start or check it"):
        Ledger(free_url, deployment_of())
    assert naps
    assert sum(naps) < 1


@pytest.mark.parametrize("url", ["", "nonsense", "http://", "ftp://127.0.0.1"])
def test_an_address_that_is_none(url: str, deployment_of: Callable[..., Deployment]) -> None:
    with pytest.raises(NodeUnavailable):
        Ledger(url, deployment_of())


def test_no_answer_comes(
    node: Any, deployment_of: Callable[..., Deployment], naps: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledgers, "ANSWER_SECONDS", 0.1)
    node.answers["eth_chainId"] = lambda: node.stop.wait(5)
    with pytest.raises(NodeUnavailable, match="did not answer"):
        Ledger(node.url, deployment_of())
    assert naps == []  # it asked once: what hangs once would hang again


@pytest.mark.parametrize("answer", [400, 404, 500, 503, *GARBAGE])
def test_connects_to_no_node(node: Any, deployment_of: Callable[..., Deployment], answer: Any) -> None:
    node.answers["eth_chainId"] = answer
    with pytest.raises(NodeUnavailable):
        Ledger(node.url, deployment_of())


def test_another_chain(node: Any, deployment_of: Callable[..., Deployment]) -> None:
    with pytest.raises(DeploymentError, match="chain 1337, the deployment on 1338"):
        Ledger(node.url, deployment_of(chain_id=1338))


@pytest.mark.parametrize("code", ["0x", "0x6002", "0x600100"])
def test_other_code(node: Any, deployment_of: Callable[..., Deployment], code: str) -> None:
    node.answers["eth_getCode"] = code
    with pytest.raises(DeploymentError, match="Consortium"):
        Ledger(node.url, deployment_of())
