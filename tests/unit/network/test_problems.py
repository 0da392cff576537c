"""network.problems and network.status: what nodes say of each other, of their clocks, and of who seals.

Given two have each other as peers, or neither, or one alone    nothing, or which two
Given a node does not say whom it has, or does not answer       nothing is said of its pairs
Given a clock is off                                            whose, by how much, and in which direction
Given an address seals that has no node here                    it counts for the quorum, and is named
When nodes that run are looked at                               all of that is theirs, and the doctor names it, too
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jamjar.network import running
from jamjar.network.diagnosis import diagnose
from jamjar.network.kaia import KAIA
from jamjar.network.node_status import NetworkStatus, NodeStatus
from jamjar.network.plan import NetworkPlan
from jamjar.network.problems import apart, problems, wrong_clocks
from jamjar.network.status import look
from tests.unit.network.toy import VOTING


def seen(*linked: tuple[int, ...] | None, **changed: Any) -> NetworkStatus:
    """Nodes 1, 2, ... that have these as peers; `n2=dict(...)` is what is different about node 2."""
    node = NodeStatus(1, True, "0x", 100, True, 9, hash="0xaa", genesis="0xbb", peers=2, clock=0)
    nodes = (
        replace(node, **{"number": n, "linked": each, **changed.get(f"n{n}", {})}) for n, each in enumerate(linked, 1)
    )
    return NetworkStatus(tuple(nodes), {}, ())


WHOLE = (2, 3), (1, 3), (1, 2)


def test_pairs() -> None:
    assert list(apart(seen(*WHOLE))) == []
    assert list(problems(KAIA, seen(*WHOLE))) == []
    assert list(apart(seen((2,), (1, 3), (2,)))) == ["Nodes 1 and 3 are not connected."]
    one_way = ["Node 3 has node 1 as a peer, which does not have it."]
    assert list(apart(seen((2,), (1, 3), (1, 2)))) == one_way
    assert list(problems(KAIA, seen((2,), (1, 3), (1, 2)))) == [
        f"{one_way[0]} Wait a minute, and if it stays so ask the doctor."
    ]


@pytest.mark.parametrize("changed", [{"linked": None}, {"answers": False}, {"peers": 0}])
def test_pairs_that_are_not_told(changed: dict[str, Any]) -> None:
    assert list(apart(seen((2,), (1,), None, n3=changed))) == []


@pytest.mark.parametrize(("clock", "said"), [(5, ""), (-5, ""), (None, ""), (6, "6 s ahead of"), (-30, "30 s behind")])
def test_clocks(clock: int | None, said: str) -> None:
    expected = [f"The clock of node 2 is {said} this machine's."] if said else []
    assert list(wrong_clocks(seen(*WHOLE, n2={"clock": clock}))) == expected


def test_who_seals_elsewhere() -> None:
    found = replace(seen(*WHOLE), strangers=("0xee", "0xff"))
    assert found.validators() == 5
    told = list(problems(KAIA, found))
    assert "have no node here: 0xee, 0xff; vote them out unless they run elsewhere" in told[0]
    assert told[1] == "Blocks stand still: 3 validators answer, and 4 are needed; start more."


def test_nodes_that_run(network: tuple[Path, NetworkPlan]) -> None:
    folder, plan = network
    peers = [{"enode": f"enode://{plan.node(2).public_key}@127.0.0.1:1", "id": "aa"}, {"id": "bb"}]
    (folder / "peers.json").write_text(json.dumps(peers))
    for node in plan.nodes[:2]:
        for address, adds in (("0xee", True), (plan.node(3).address.lower(), False)):
            running.rpc_of(node).one(VOTING.propose("", True)[0], address, adds)
    found = look(folder, plan, 0)
    assert [node.linked for node in found.nodes] == [(2,)] * 3
    assert [node.validates for node in found.nodes] == [True, True, False]
    assert found.strangers == ("0xee",)
    assert {node.clock for node in found.nodes} <= {-1, 0, 1}
    causes = diagnose(plan, folder, found, found).causes
    assert "These seal blocks, and have no node here: 0xee." in causes
    assert "Node 1 has node 2 as a peer, which does not have it." in causes
    assert "Nodes 1 and 3 are not connected." in causes


def test_a_node_that_refuses(network: tuple[Path, NetworkPlan]) -> None:
    folder, plan = network
    (folder / "peers.json").write_text('["no object"]')
    assert [node.answers for node in look(folder, plan, 0).nodes] == [False] * 3
