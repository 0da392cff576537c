"""jamjar.audit goes back to blocks that a named node could not be asked about.

Given a node that lies under true hashes beside one behind    sound up to there, and in the next audit nodes-differ
Given it tells the truth by then                              nodes-differ all the same
Given an honest node beside one behind, or silent             sound up to there, and in the next audit sound
Given another node in the place of one that stays away        that one is asked
Given one node only                                           sound, and nothing is remembered
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from jamjar.audit.block import Block, BlockLog
from jamjar.audit.bloom import bloom_of
from jamjar.audit.node import AuditNode, RpcError
from jamjar.audit.report import Verdict
from jamjar.audit.views import View
from jamjar.sandbox.local_chain import LocalChain, local_chain
from tests.nodes.audited import audit, broken, live
from tests.nodes.test_audit_nodes import USED


@pytest.fixture
def chain() -> Iterator[LocalChain]:
    with local_chain() as chain:
        keys, roots = live(chain)
        chain.send(chain.accounts[2], "ConsentRegistry", "use", (keys[0].address, roots[0]))
        yield chain


class Liar(AuditNode):
    """A node that hides every use, under the true hashes, and contradicts itself nowhere."""

    def blocks(self, first: int, last: int) -> Iterator[list[Block]]:
        for group in super().blocks(first, last):
            yield [self.without(block) for block in group]

    def without(self, block: Block) -> Block:
        sent = tuple(each for each in block.transactions if not any(USED in log.topics for log in each.logs))
        return replace(block, transactions=sent, bloom=bloom_of(log for each in sent for log in each.logs))

    def logs(self, addresses: Sequence[str], first: int, last: int) -> list[tuple[int, BlockLog]]:
        return [each for each in super().logs(addresses, first, last) if USED not in each[1].topics]

    def answers(self, views: Sequence[View], at: object, number: int) -> list[bytes | RpcError]:
        return [view.answer for view in views]


class Behind(AuditNode):
    def height(self) -> int:
        return super().height() - 1


@pytest.mark.parametrize("then", [Liar, AuditNode])
def test_a_liar_beside_one_that_is_behind(chain: LocalChain, tmp_path: Path, then: type[AuditNode]) -> None:
    url, height = chain.node.url, chain.node.height()
    liar, other = Liar(url, "the liar"), "the other"
    report = audit(chain, tmp_path, [liar, Behind(url, other)])
    assert (broken(report), report.verdict) == (["node-behind"], Verdict.IN_PART)
    assert report.told == f"sound up to block {height - 1}, 1 block compared with one node only"
    report = audit(chain, tmp_path, [then(url, "the liar"), AuditNode(url, other)])
    assert report.verdict is Verdict.UNSOUND
    assert [each.block for each in report.findings if each.rule == "nodes-differ"] == [height]
    assert report.uncompared == ()
    assert "nodes-differ" in broken(audit(chain, tmp_path, [then(url, "the liar")]))  # and it is not forgotten


@pytest.mark.parametrize("away", [Behind, lambda _, name: AuditNode("http://127.0.0.1:1", name)])
def test_an_honest_node_beside_one_that_is_away(chain: LocalChain, tmp_path: Path, away: type[AuditNode]) -> None:
    url, height = chain.node.url, chain.node.height()
    for _ in range(2):
        report = audit(chain, tmp_path, [chain.node, away(url, "other")], samples=1)
        first = height if away is Behind else 1
        assert (report.verdict, report.uncompared[0].first) == (Verdict.IN_PART, first)
    assert audit(chain, tmp_path, [chain.node]).verdict is Verdict.IN_PART
    report = audit(chain, tmp_path, [chain.node, AuditNode(url, "other")])
    assert (report.verdict, report.told, report.uncompared) == (Verdict.SOUND, "sound", ())


def test_another_node_in_its_place(chain: LocalChain, tmp_path: Path) -> None:
    url = chain.node.url
    nodes = [chain.node, Behind(url, "other"), AuditNode(url, "third")]
    report = audit(chain, tmp_path, nodes)
    assert [(each.node, each.asked) for each in report.uncompared] == [("other", 2)]
    assert report.told.endswith("1 block not compared with every node that was named")
    assert audit(chain, tmp_path, [*nodes[:2]]).verdict is Verdict.IN_PART  # it is named, and asked itself
    assert audit(chain, tmp_path, [chain.node, nodes[2]]).verdict is Verdict.SOUND


def test_one_node(chain: LocalChain, tmp_path: Path) -> None:
    report = audit(chain, tmp_path)
    assert (report.verdict, report.alone, report.uncompared) == (Verdict.SOUND, True, ())


def test_a_node_that_is_silent_later(chain: LocalChain, tmp_path: Path) -> None:
    assert audit(chain, tmp_path, [chain.node, AuditNode(chain.node.url, "other")]).sound
    report = audit(chain, tmp_path, [chain.node, AuditNode("http://127.0.0.1:1", "other")])
    assert (report.verdict, report.uncompared) == (Verdict.IN_PART, ())
    assert report.told == "sound, but not every node that was named could be asked again"
