"""jamjar.audit through nodes that do not tell all, or not the same.

Given a node that hides one event                       log-hidden
Given a node whose search alone hides one event         log-hidden
Given another node that hides one event in a search     nodes-differ
Given two nodes that show different histories           nodes-differ, from the block on that differs
Given nodes that are behind, or silent                  sound in part, and it is told
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from jamjar.audit.node import AuditNode
from jamjar.audit.report import Verdict
from jamjar.crypto.hashing import keccak256
from jamjar.protocol.typed_data import Commit, Withdraw
from jamjar.sandbox.anvil import anvil
from jamjar.sandbox.local_chain import LocalChain, local_chain
from tests.nodes.audited import audit, broken, live


@pytest.fixture
def chain() -> Iterator[LocalChain]:
    with local_chain() as made:
        yield made


class Lying(AuditNode):
    """A node whose answers to these methods lack the logs of one topic."""

    def __init__(self, honest: AuditNode, topic: bytes, *methods: str) -> None:
        super().__init__(honest.url, "the liar")
        self.topic, self.methods = "0x" + topic.hex(), methods

    def ask(self, questions: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
        answers = super().ask(questions)
        return [
            self.without(answer) if method in self.methods else answer
            for (method, _), answer in zip(questions, answers, strict=True)
        ]

    def without(self, answer: Any) -> Any:
        if isinstance(answer, list):
            return [self.without(each) for each in answer if self.topic not in each.get("topics", [])]
        return {**answer, "logs": self.without(answer["logs"])} if "logs" in answer else answer


USED = keccak256(b"ConsentUsed(address,uint32,address,bytes32,uint16)")


@pytest.mark.parametrize(
    "methods", [("eth_getLogs",), ("eth_getBlockReceipts",), ("eth_getLogs", "eth_getBlockReceipts")]
)
def test_a_node_that_hides_one_event(chain: LocalChain, tmp_path: Path, methods: tuple[str, ...]) -> None:
    keys, roots = live(chain)
    chain.send(chain.accounts[2], "ConsentRegistry", "use", (keys[0].address, roots[0]))
    report = audit(chain, tmp_path, [Lying(chain.node, USED, *methods)])
    assert "log-hidden" in broken(report)
    at = {finding.block for finding in report.findings if finding.rule == "log-hidden"}
    assert at == {chain.node.height()}
    assert ("replay-differs" in broken(report)) == ("eth_getBlockReceipts" in methods)


def test_another_node_that_hides_one_event(chain: LocalChain, tmp_path: Path) -> None:
    keys, roots = live(chain)
    chain.send(chain.accounts[2], "ConsentRegistry", "use", (keys[0].address, roots[0]))
    report = audit(chain, tmp_path, [chain.node, Lying(chain.node, USED, "eth_getLogs")])
    assert broken(report) == ["nodes-differ"]


def test_two_histories(chain: LocalChain, tmp_path: Path) -> None:
    keys, roots = live(chain)
    common, height = chain.ask("anvil_dumpState"), chain.node.height()
    with anvil() as second:
        other = LocalChain.__new__(LocalChain)
        other.__dict__.update(chain.__dict__, node=AuditNode(second.url))
        other.ask("anvil_loadState", common)
        now = chain.now() + 5
        chain.carry(chain.signed(keys[0], Withdraw(keys[0].address)))
        other.ask("evm_setNextBlockTimestamp", now)
        other.carry(other.signed(keys[1], Commit(keys[1].address, b"x" * 32, roots[1])))
        report = audit(chain, tmp_path, [chain.node, other.node])
    assert "nodes-differ" in broken(report)
    first = next(finding for finding in report.findings if "From this block" in finding.what)
    assert first.block == height + 1


def test_a_node_behind_and_one_that_is_silent(chain: LocalChain, tmp_path: Path) -> None:
    class Behind(AuditNode):
        def height(self) -> int:
            return super().height() - 2

    live(chain)
    report = audit(chain, tmp_path, [chain.node, Behind(chain.node.url), AuditNode("http://127.0.0.1:1")])
    assert broken(report) == ["node-behind", "node-unreachable"]
    assert (report.verdict, report.sound) == (Verdict.IN_PART, False)
