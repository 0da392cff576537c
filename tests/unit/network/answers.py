"""Nodes that answer calls by what a test says, and keep what they were asked; there is no network."""

from collections.abc import Mapping
from typing import Any

from jamjar.errors import NodeUnavailable
from jamjar.service.json_rpc import JsonRpc, RpcError

A, B, C, D, X = (f"0x{each * 20}" for each in ("aa", "bb", "cc", "dd", "ee"))


class AnsweringNode(JsonRpc):
    """A node with these answers, by method; it refuses other calls, and a method's answer may be an error to raise."""

    def __init__(self, answers: Mapping[str, Any], height: int = 100) -> None:
        super().__init__("http://127.0.0.1:1", seconds=1, name="Node 1")
        self.answers = {"eth_blockNumber": hex(height), **answers}
        self.asked = list[tuple[Any, ...]]()

    def one(self, method: str, *parameters: Any) -> Any:
        self.asked.append((method, *parameters))
        if method not in self.answers:
            return RpcError(f"the method {method} does not exist/is not available")
        if isinstance(answer := self.answers[method], Exception):
            raise answer
        return answer


def silent() -> AnsweringNode:
    """A node that does not answer."""
    return AnsweringNode({"eth_blockNumber": NodeUnavailable("Node 1 did not answer; start or check it.")})


def clique(
    validators: list[str], votes: list[dict[str, Any]], own: dict[str, bool], height: int = 100
) -> AnsweringNode:
    return AnsweringNode(
        {
            "clique_getSigners": validators,
            "clique_getSnapshot": {"votes": votes},
            "clique_proposals": own,
            "clique_propose": None,
            "clique_discard": None,
            "clique_status": {"inturnPercent": 100, "sealerActivity": dict.fromkeys(validators, 3), "numBlocks": 9},
        },
        height,
    )
