"""A development node as commands see it; its answers are those that Anvil 1.5, Ganache 7 and others give.

When asked what it is       named by the beginning of its version, in any case; any other is none
When asked whether it waits
  Given Anvil               by its interval: none, 0, or a method that it has not, and it waits
  Given Ganache, Hardhat    it waits, as they cannot be asked
  Given another             it does not
When it is to mine          it does, or the refusal says to leave out --mine
"""

from typing import Any

import pytest

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.ledger.development import DevelopmentNode
from jamjar.service.json_rpc import JsonRpc, RpcError

ANVIL, GANACHE = "anvil/v1.5.1", "Ganache/v7.9.2/EthereumJS TestRPC/v7.9.2/ethereum-js"
HARDHAT = "HardhatNetwork/2.22.0/@nomicfoundation/ethereumjs-vm/5.6.0"
OTHERS = ("Geth/v1.13.15-stable/linux-amd64/go1.26", "besu/v26.1.0/linux-x86_64/openjdk-java-21", "kaia/v1.0.3", "")
UNKNOWN = RpcError("the method does not exist")


def node(monkeypatch: pytest.MonkeyPatch, **answers: Any) -> DevelopmentNode:
    """A node that gives these answers, and has no other method."""
    monkeypatch.setattr(JsonRpc, "one", lambda _self, method, *_: answers.get(method, UNKNOWN))
    return DevelopmentNode("http://127.0.0.1:1")


@pytest.mark.parametrize(
    ("version", "kind"),
    [(ANVIL, "Anvil"), (ANVIL.upper(), "Anvil"), (GANACHE, "Ganache"), ("EthereumJS TestRPC/v2", "Ganache"),
     (HARDHAT, "Hardhat"), *((other, "") for other in OTHERS)],
)  # fmt: skip
def test_its_kind(monkeypatch: pytest.MonkeyPatch, version: str, kind: str) -> None:
    asked = node(monkeypatch, web3_clientVersion=version)
    assert asked.kind() == kind
    if kind:
        asked.check()
    else:
        with pytest.raises(InvalidInput, match="leave out --mine"):
            asked.check()


@pytest.mark.parametrize(("interval", "waits"), [(None, True), (0, True), (UNKNOWN, True), (5, False)])
def test_anvil_by_its_interval(monkeypatch: pytest.MonkeyPatch, interval: Any, waits: bool) -> None:
    asked = node(monkeypatch, web3_clientVersion=ANVIL, anvil_getIntervalMining=interval)
    assert asked.waits() is waits


@pytest.mark.parametrize(("version", "waits"), [(GANACHE, True), (HARDHAT, True), *((each, False) for each in OTHERS)])
def test_others_by_their_kind(monkeypatch: pytest.MonkeyPatch, version: str, waits: bool) -> None:
    assert node(monkeypatch, web3_clientVersion=version).waits() is waits


def test_mining(monkeypatch: pytest.MonkeyPatch) -> None:
    node(monkeypatch, evm_mine="0x0").mine()
    with pytest.raises(InvalidInput, match=r"the method does not exist\); leave out --mine"):
        node(monkeypatch).mine()


def test_a_node_that_hides_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NodeUnavailable, match="web3_clientVersion"):
        node(monkeypatch).kind()
