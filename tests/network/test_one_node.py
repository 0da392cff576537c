"""The story of the institutions where they share one node, which holds no account, moves no clock, and is plain.

Given a node that mines a block each second, behind `tests.support.plain_node`    every sentence is true
"""

from pathlib import Path

from jamjar.sandbox.anvil import anvil
from jamjar.sandbox.institutions import Institutions
from jamjar.sandbox.members import MEMBERS
from jamjar.sandbox.narrator import Narrator
from jamjar.sandbox.story_across import play
from tests.support.plain_node import plain_node


def test_the_story(tmp_path: Path) -> None:
    with anvil("--block-time", "1") as node, plain_node(node.url) as proxy:
        told = Narrator(plain=True)
        play(Institutions(tmp_path / "consortium", dict.fromkeys(MEMBERS, proxy.url)), told)
        assert told.checked > 10
        assert proxy.refused <= {"batch", "eth_getBlockReceipts", "eth_getLogs"}
