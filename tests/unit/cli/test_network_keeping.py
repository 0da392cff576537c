"""jamjar network validator, add, remove, rotate, restart, backup, restore, verify, with toy nodes that run.

When a vote has enough                       it is waited for, and the plan follows
Given it has not                             it is said that others have to vote likewise
Given a vote is of one who may not           refused, and nobody votes
Given blocks would stand still               refused without --yes, and nobody votes
When one institution's own node is asked     by its address, the votes are its own
When a node is added, taken out, and kept    what is to be done next is said
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.network import engines, running
from jamjar.network.plan import NetworkPlan
from jamjar.network.setting_up import read
from tests.unit.cli.home import here
from tests.unit.network.toy import VOTING, toys


@pytest.fixture
def plan(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NetworkPlan]:
    monkeypatch.setattr(engines, "VOTINGS", (VOTING,))
    with toys(home / "net", monkeypatch) as made:
        running.up(home / "net", made, [1, 2, 3], print)
        yield made


def votes(home: Path) -> list[str]:
    return sorted(each.name for each in (home / "net").glob("votes/*"))


def told(*words: object) -> str:
    done = here("network", *words)
    assert done.status == 0, done
    return done.out


def test_a_fourth_seals(plan: NetworkPlan, home: Path) -> None:
    assert "Made node 4, 0x" in told("add", "net")
    told("up", "net", "--node", 4)
    node = read(Path("net")).node(4)
    assert "The others have to vote likewise" in told("validator", "propose", "net", 4, "--node", 1, "--yes")
    assert votes(home) == [f"{plan.node(1).address.lower()}-{node.address.lower()}-in"]
    assert (
        "does not run, or is no validator"
        in here("network", "validator", "propose", "net", 3, "--out", "--node", 4).refusal
    )
    assert "seals; 4 validators" in told("validator", "propose", "net", node.address, "--yes")
    assert read(Path("net")).node(4).validates
    shown = told("validator", "status", "net")
    assert f"May vote: node 4, {node.address}.\n" in shown
    assert "Needed: 3 of 4 votes; 3 to seal blocks." in shown
    assert json.loads(told("validator", "status", "net", "--json"))["needed"] == 3
    told("validator", "propose", "net", 4, "--out")
    told("down", "net", "--node", 4)
    assert "Node 4 is out; 3 are left." in told("remove", "net", 4)
    assert "As the network says: 1, 2, 3." in told("verify", "net")


def test_another_key(plan: NetworkPlan) -> None:
    told("validator", "propose", "net", 3, "--out", "--yes")
    told("down", "net", "--node", 3)
    said = told("rotate", "net", 3)
    assert read(Path("net")).node(3).address != plan.node(3).address
    assert f"Node 3 is {read(Path('net')).node(3).address} now" in said
    assert "Started again: 1, 2." in told("restart", "net", "--node", 1, "--node", 2, "--yes")


WRONG = [
    (("validator", "propose", "net", 1), "seals blocks already; see status"),
    (("validator", "propose", "net", "0x" + "ee" * 20, "--out"), "seals no blocks; see status"),
    (("validator", "propose", "net", 7), "no node 7"),
    (("validator", "propose", "net", "0x12"), "not 0x and 40 hexadecimal digits"),
    (("validator", "propose", "net", 1, "--out", "--node", 1), "cannot vote itself out on this engine"),
    (("validator", "propose", "net", 1, "--out"), "no terminal to ask at, so nothing was done"),
    (("validator", "discard", "net", 1), "cannot be taken back here"),
    (("remove", "net", 1), "Node 1 runs; end it first"),
    (("rotate", "net", 1), "Node 1 runs; end it first"),
    (("restart", "net", "--program", "nothing"), "nothing is no program to run"),
    (("backup", "net", 4, "file"), "no node 4"),
    (("restore", "net", "file"), "file cannot be read"),
]


def test_refused(plan: NetworkPlan, home: Path) -> None:
    for words, says in WRONG:
        assert says in here("network", *words).refusal
        assert votes(home) == []
        assert read(Path("net")) == plan


def test_no_quorum_is_lost_unasked(plan: NetworkPlan, home: Path) -> None:
    running.down(Path("net"), plan, [3])
    refused = here("network", "validator", "propose", "net", 2, "--out").refusal
    assert "Blocks would stand still: 1 of then 2 validators run, and blocks need 2. Nothing was done" in refused
    assert votes(home) == []
    assert "no terminal to ask at" in here("network", "restart", "net", "--node", 1).refusal
    assert "no terminal to ask at" in here("network", "backup", "net", 1, "file").refusal
    assert (votes(home), Path("file").exists()) == ([], False)
    assert "The others have to vote likewise" in told("validator", "propose", "net", 2, "--out", "--yes")
    assert len(votes(home)) == 1


def test_ones_own_node(plan: NetworkPlan, home: Path) -> None:
    url = running.url_of(plan.node(1))
    assert f"May vote: {plan.node(1).address.lower()}, which does not run." in told("validator", "status", url)
    refused = here("network", "validator", "propose", url, 3, "--out").refusal
    assert "3 is a node's number, which only a network's folder knows; name an address" in refused
    out = here("network", "validator", "propose", url, plan.node(3).address, "--out").refusal
    assert "Blocks would stand still: 0 of then 2" in out  # the toy does not tell who sealed
    assert "leave --node out" in here("network", "validator", "discard", url, plan.node(3).address, "--node", 1).refusal
    assert votes(home) == []
    assert "by 1, of 2 needed" in told("validator", "propose", url, plan.node(3).address, "--out", "--yes")
    assert votes(home) == [f"{plan.node(1).address.lower()}-{plan.node(3).address.lower()}-out"]


def test_a_node_is_kept(plan: NetworkPlan) -> None:
    made = told("backup", "net", 2, "node-2.tar")
    (fingerprint,) = (line for line in made.splitlines() if line.startswith("Fingerprint "))
    assert fingerprint in told("verify", "node-2.tar")
    assert "Node 2 runs" in here("network", "restore", "net", "node-2.tar").refusal
    told("down", "net", "--node", 2)
    Path("net/nodes/2").rename("elsewhere")
    done = here("network", "verify", "net")
    assert (done.status, "There is no key at" in done.out) == (3, True)
    assert "Restored node 2." in told("restore", "net", "node-2.tar")
    told("up", "net", "--node", 2)
    assert "As the network says: 2." in told("verify", "net", "--node", 2)
    assert plan.node(2) == read(Path("net")).node(2)
