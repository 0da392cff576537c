"""jamjar.audit on the chain of blocks itself.

Given a block that does not name the one before it    chain-broken, also between two audits
Given blocks of several audits were rewritten         history-rewritten, from the first of them on
Given a node of another chain                         no audit
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jamjar.audit.block import Block
from jamjar.audit.node import AuditNode
from jamjar.errors import DeploymentError
from jamjar.sandbox.local_chain import LocalChain, local_chain
from tests.nodes.audited import audit, broken, live


@pytest.fixture
def chain() -> Iterator[LocalChain]:
    with local_chain() as made:
        yield made


class Unchained(AuditNode):
    """A node of which one block names another before it."""

    def __init__(self, honest: AuditNode, number: int) -> None:
        super().__init__(honest.url)
        self.number = number

    def blocks(self, first: int, last: int) -> Iterator[list[Block]]:
        for group in super().blocks(first, last):
            yield [replace(each, parent="0x") if each.number == self.number else each for each in group]


def test_a_block_that_does_not_name_the_one_before_it(chain: LocalChain, tmp_path: Path) -> None:
    live(chain)
    assert broken(audit(chain, tmp_path, [Unchained(chain.node, 8)])) == ["chain-broken"]
    first = chain.node.height() + 1
    chain.wait_until(chain.now() + 1)
    report = audit(chain, tmp_path, [Unchained(chain.node, first)])
    assert [f.block for f in report.findings if f.rule == "chain-broken"] == [8, first]


def test_blocks_of_several_audits(chain: LocalChain, tmp_path: Path) -> None:
    heights = []
    for _ in range(4):
        audit(chain, tmp_path, samples=0)
        heights.append(chain.node.height())
        if len(heights) == 1:
            before = chain.ask("evm_snapshot")
        chain.wait_until(chain.now() + 5)
    chain.ask("evm_revert", before)
    for _ in range(4):
        chain.wait_until(chain.now() + 9)
    report = audit(chain, tmp_path)
    (finding,) = (each for each in report.findings if each.rule == "history-rewritten")
    assert finding.block == heights[1]
    assert finding.what.startswith(f"After block {heights[0]}, block {heights[1]} had the hash ")


def test_another_chain(chain: LocalChain, tmp_path: Path) -> None:
    class Elsewhere(AuditNode):
        def chain_id(self) -> int:
            return 5

    with pytest.raises(DeploymentError, match="on chain 5"):
        audit(chain, tmp_path, [Elsewhere(chain.node.url)])
