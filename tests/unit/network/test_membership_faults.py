"""network.membership where something is not as it should be.

Given an attempt broke off    the next number is taken, and nothing that is there is overwritten
Given there are too many      refused
Given a folder is lost        the others are looked after all the same, and it is removed or has another key
Given one does not listen     it is done all the same, and said who has to start again
Given a key is damaged        it is said which
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jamjar.errors import InvalidInput
from jamjar.network import membership, running
from jamjar.network.engine import NetworkError
from jamjar.network.plan import NetworkPlan
from jamjar.network.setting_up import read
from tests.unit.network.toy import KEY, added, voted


def test_an_attempt_that_was_broken_off(resting: tuple[Path, NetworkPlan]) -> None:
    folder, plan = resting
    (folder / "nodes" / "4").mkdir()
    (folder / "nodes" / ".5.unfinished").mkdir()
    (folder / "nodes" / ".5.unfinished" / "nodekey").write_text("of before")
    assert added(folder, plan).nodes[-1].number == 5
    assert (folder / "nodes" / "5" / "nodekey").read_text() == KEY.hex()


def test_too_many(resting: tuple[Path, NetworkPlan]) -> None:
    folder, plan = resting
    full = replace(plan, nodes=tuple(replace(plan.node(1), number=n) for n in range(1, 13)))
    with pytest.raises(InvalidInput, match="at most 12 nodes; take one out first"):
        added(folder, full)


def test_a_key_that_is_none(resting: tuple[Path, NetworkPlan]) -> None:
    folder, plan = resting
    (folder / "nodes" / "2" / "nodekey").write_text("no key")
    with pytest.raises(InvalidInput, match="not a node's key; restore it from the node's backup"):
        membership.kept_up(folder, plan)


def test_what_was_lost(resting: tuple[Path, NetworkPlan]) -> None:
    folder, plan = resting
    running.up(folder, plan, [1, 3], print)
    shutil.rmtree(folder / "nodes" / "2")
    assert membership.kept_up(folder, plan) == plan
    with pytest.raises(InvalidInput, match=r"Node 2 has no key in .*; restore the node from its backup"):
        running.up(folder, plan, [2], print)
    voted(plan, plan.node(2).address, adds=False)
    after = membership.rotated(folder, plan, 2, KEY)
    assert (folder / "nodes" / "2" / "nodekey").read_text() == KEY.hex()
    shutil.rmtree(folder / "nodes" / "2")
    assert [node.number for node in membership.removed(folder, after, 2)[0].nodes] == [1, 3]


def test_one_that_did_not_hear(resting: tuple[Path, NetworkPlan]) -> None:
    folder, plan = resting
    running.up(folder, plan, [1, 2, 3], print)
    (folder / "told").mkdir()  # so that all refuse
    with pytest.raises(NetworkError, match=r"jamjar network restart .* --node 1 --node 2 --node 3"):
        added(folder, plan)
    assert len(read(folder).nodes) == 4
