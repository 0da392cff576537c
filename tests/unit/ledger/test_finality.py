"""finality: how deep is final follows from what a node says, and no program waits for less.

Given blocks of QBFT or IBFT, or Istanbul that hides them       0 blocks
Given a development node                                        0 blocks
Given Clique, or a node that says nothing of its consensus      12 blocks, or as many as there are signers
Given a node that names its final blocks                        the distance, and 96 at least
Given an engine of Istanbul that does not confirm it            12 blocks
When fewer are asked for                                        one sentence refuses it; more are taken
When the node does not answer, or not sensibly                  12 blocks, or more if more are asked for
"""

from typing import Any

import pytest

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.ledger.finality import depth_of, finality
from tests.unit.conftest import FakeNode

BFT = "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365"
"""As in Besu's documented QBFT genesis."""
REFUSED = {"error": {"code": -32000, "message": "block not found"}}


def clique(signers: int, seal: str = "00") -> str:
    return f"0x{'00' * 32}{'ab' * 20 * signers}{seal * 65}"


def tell(node: FakeNode, version: Any, *, final: int | None = None, **block: Any) -> None:
    """Have the node answer as an engine of this version with such blocks, 200 of them."""

    def answer() -> Any:
        at = node.parameters["eth_getBlockByNumber"][0]
        number = {"latest": 200, "0x0": 0, "finalized": final}[at]
        return REFUSED if number is None else {"number": hex(number), "mixHash": "0x" + "00" * 32, **block}

    node.answers |= {"web3_clientVersion": version, "eth_getBlockByNumber": answer}


@pytest.mark.parametrize(
    ("version", "block", "depth"),
    [
        ("besu/v26.1.0/linux-x86_64/openjdk-java-21", {"mixHash": BFT, "extraData": "0xf8" + "00" * 123}, 0),
        ("GoQuorum/v23.4.0", {"mixHash": BFT}, 0),
        ("anvil/v1.3.1", {}, 0),
        ("pyrevm, in a program of Jamjar", {}, 0),
        ("Ganache/v7.9.2/EthereumJS TestRPC/v7.9.2/ethereum-js", {}, 0),
        ("HardhatNetwork/2.22.0/@nomicfoundation/edr/0.5", {}, 0),
        ("Geth/v1.13.15-stable/linux-amd64/go1.26.8", {"extraData": clique(5)}, 12),
        ("Geth/v1.13.15-stable/linux-amd64/go1.26.8", {"extraData": clique(21)}, 21),
        ("Geth/v1.13.15-stable/linux-amd64/go1.26.8", {"extraData": clique(21, "07")}, 12),
        ("Geth/v1.13.15-stable/linux-amd64/go1.26.8", {"extraData": "0x"}, 12),
        ("Klaytn/v1.0.3/linux-amd64/go1.26.8", {"extraData": "0x"}, 12),
        ({"error": {"code": -32601, "message": "no such method"}}, {"extraData": None}, 12),
        (None, {"extraData": "0xzz"}, 12),
    ],
)  # fmt: skip
def test_what_a_node_says(node: FakeNode, version: Any, block: dict[str, Any], depth: int) -> None:
    tell(node, version, **block)
    assert finality(node.url).depth == depth


def test_istanbul_that_hides_its_extra_data(node: FakeNode) -> None:
    tell(node, "Klaytn/v1.0.3/linux-amd64/go1.26.8", extraData="0x")
    node.answers["istanbul_getValidators"] = ["0x26fc332094515c3de20fdbcc12ac1ca5c5a52c1d"]
    assert finality(node.url).depth == 0


@pytest.mark.parametrize(("final", "depth"), [(200, 96), (140, 96), (50, 150)])
def test_a_node_that_names_its_final_blocks(node: FakeNode, final: int, depth: int) -> None:
    tell(node, "Geth/v1.16.0", final=final)
    assert finality(node.url).depth == depth


def test_no_less_and_as_much_more(node: FakeNode) -> None:
    tell(node, "Geth/v1.13.15", extraData=clique(5))
    assert (depth_of(node.url, None), depth_of(node.url, 12), depth_of(node.url, 40)) == (12, 12, 40)
    with pytest.raises(InvalidInput, match="11 is too small: on Clique a block is final 12 blocks later; leave"):
        depth_of(node.url, 11)


@pytest.mark.parametrize("answer", [b"", b"[]", 500, {"result": None}, {"result": "0x"}])
def test_no_sensible_answer(node: FakeNode, answer: Any) -> None:
    node.answers |= {"eth_getBlockByNumber": answer, "web3_clientVersion": answer}
    with pytest.raises(NodeUnavailable):
        finality(node.url)
    assert (depth_of(node.url, None), depth_of(node.url, 3), depth_of(node.url, 40)) == (12, 12, 40)


def test_extra_data_that_is_no_data(node: FakeNode) -> None:
    tell(node, "Geth/v1.13.15", extraData=clique(5, "zz"))
    with pytest.raises(NodeUnavailable):
        finality(node.url)


def test_no_node(free_url: str) -> None:
    assert (depth_of(free_url, None), depth_of(free_url, 40)) == (12, 40)
