"""network.restarting, with toy nodes in processes of their own.

When nodes are restarted                            one after the other, with another program where one is named
Given one does not run, or the program is none      refused before any is ended
Given too few would be left                         it is said, and only where one that runs is chosen
"""

import shutil
from pathlib import Path

import pytest

from jamjar.errors import InvalidInput
from jamjar.network import processes, restarting, running
from jamjar.network.plan import NetworkPlan


def pid(folder: Path, number: int) -> int:
    return processes.running(folder / "nodes" / str(number))


def test_one_after_the_other(network: tuple[Path, NetworkPlan], tmp_path: Path) -> None:
    folder, plan = network
    before = [pid(folder, number) for number in (1, 2, 3)]
    (tmp_path / "2").symlink_to(shutil.which("true") or "")
    told = list[str]()
    restarting.restart(folder, plan, [1, 3], told.append, tmp_path / "2")
    after = [pid(folder, number) for number in (1, 2, 3)]
    assert [new != old for new, old in zip(after, before, strict=True)] == [True, False, True]
    assert told == [f"Node {number} runs again, with all blocks." for number in (1, 3)]
    running.down(folder, plan, [1])
    running.up(folder, plan, [1], print)  # which keeps its program
    versions = [running.rpc_of(node).one("web3_clientVersion") for node in plan.nodes]
    assert versions == ["Toy/2", "Toy/1", "Toy/2"]
    before = [pid(folder, number) for number in (1, 2, 3)]
    for program in (tmp_path, tmp_path / "nothing", folder / "network.json"):
        with pytest.raises(InvalidInput, match="is no program to run; name the engine's"):
            restarting.restart(folder, plan, [1], print, program)
    assert restarting.standstill(folder, plan, [1, 2, 3]) == ""
    running.down(folder, plan, [2])
    with pytest.raises(InvalidInput, match="Node 2 does not run; start it first"):
        restarting.restart(folder, plan, [1, 2], print)
    assert [pid(folder, 1), pid(folder, 3)] == [before[0], before[2]]
    assert "1 of 3 validators run, of 2 needed" in restarting.standstill(folder, plan, [1, 2])
    assert restarting.standstill(folder, plan, [2]) == ""
