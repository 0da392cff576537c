"""network.membership: nodes added, taken out and with new keys, with toy nodes in processes of their own.

When a node is added          it has a key and ports of its own, all files name it, and those that run are told
When one is voted in          the plan says that it seals, and everyone else's files stay as they were
When one gets another key     refused while it runs, or seals; then all know it by the new one, and its database stays
When one is taken out         refused likewise; then no file names it, its own are kept aside, those that run are told
"""

from pathlib import Path

import pytest

from jamjar.errors import InvalidInput
from jamjar.network import membership, running
from jamjar.network.following import followed, following, strangers
from jamjar.network.plan import NetworkPlan
from jamjar.network.setting_up import read
from tests.unit.network.toy import KEY, added, voted


def named(folder: Path, number: int) -> str:
    return (folder / "nodes" / str(number) / "peers").read_text()


def test_a_fourth_and_none_runs(resting: tuple[Path, NetworkPlan]) -> None:
    folder, plan = resting
    after = added(folder, plan)
    assert read(folder) == after
    assert [node.validates for node in after.nodes] == [True, True, True, False]
    new = after.node(4)
    assert (folder / "nodes" / "4" / "nodekey").read_text() == KEY.hex()
    assert [new.public_key in named(folder, number) for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert new.public_key in (folder / "allowed.json").read_text()
    assert len({port for node in after.nodes for port in (node.rpc_port, node.peer_port, node.spare_port)}) == 12
    assert not (folder / "told").exists()


def test_a_life(resting: tuple[Path, NetworkPlan]) -> None:
    folder, plan = resting
    running.up(folder, plan, [1, 2, 3], print)
    plan = added(folder, plan)
    url = f"toy://{plan.node(4).public_key}"
    told = (folder / "told").read_text().splitlines()
    assert sorted(told) == sorted(f"{node.address.lower()} + {url}" for node in plan.nodes[:3])

    running.up(folder, plan, [4], print)
    voted(plan, plan.node(4).address, adds=True)
    plan = membership.kept_up(folder, plan)
    assert plan.node(4).validates
    assert plan.node(4).address in (folder / "allowed.json").read_text()
    assert (folder / "told").read_text().splitlines() == told

    with pytest.raises(InvalidInput, match="Node 2 runs; end it first: jamjar network down"):
        membership.removed(folder, plan, 2)
    with pytest.raises(InvalidInput, match="Node 2 runs; end it first"):
        membership.rotated(folder, plan, 2, bytes([98]) * 32)
    running.down(folder, plan, [2])
    for refused in (lambda: membership.removed(folder, plan, 2), lambda: membership.rotated(folder, plan, 2, KEY)):
        with pytest.raises(InvalidInput, match=r"Node 2 seals blocks; vote it out first: .* propose .* 2 --out"):
            refused()
    assert read(folder) == plan

    voted(plan, plan.node(2).address, adds=False)
    old = plan.node(2)
    plan = membership.rotated(folder, plan, 2, bytes([98]) * 32)
    assert plan.node(2).address != old.address
    assert (plan.node(2).rpc_port, plan.node(2).validates) == (old.rpc_port, False)
    assert (folder / "nodes" / "2" / "data" / "blocks").exists()
    assert (folder / "nodes" / "2" / "nodekey").read_text() == (bytes([98]) * 32).hex()
    assert [(old.public_key in named(folder, n), plan.node(2).public_key in named(folder, n)) for n in (1, 3, 4)] == [
        (False, True)
    ] * 3

    gone = plan.node(2)
    plan, kept = membership.removed(folder, plan, 2)
    assert [node.number for node in plan.nodes] == [1, 3, 4]
    assert ((kept / "nodekey").exists(), (folder / "nodes" / "2").exists()) == (True, False)
    assert gone.public_key not in named(folder, 1) + (folder / "allowed.json").read_text()
    ends = [line.split()[1:] for line in (folder / "told").read_text().splitlines() if line.split()[1] == "-"]
    assert ends == [["-", f"toy://{old.public_key}"]] * 3 + [["-", f"toy://{gone.public_key}"]] * 3
    with pytest.raises(InvalidInput, match="no node 2; name one of 1, 3, 4"):
        plan.node(2)
    assert added(folder, plan, bytes([97]) * 32).nodes[-1].number == 5


def test_who_seals(resting: tuple[Path, NetworkPlan]) -> None:
    _, plan = resting
    assert followed(plan) == following(plan, ()) == plan
    two = plan.node(2).address.lower()
    assert [node.validates for node in following(plan, [two, "0xee"]).nodes] == [False, True, False]
    assert strangers(plan, [two, "0xee"]) == ("0xee",)
