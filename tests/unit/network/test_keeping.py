"""network.keeping, with toy nodes in processes of their own.

When a node is backed up                            it ends, is written, and runs again as it did; what is told is true
Given it did not run                                it is asked, and does not run afterwards
When it is restored                                 all its files are back, but what is of one machine
Given it runs, is there, or a peer has it           refused, and nothing changed: no two nodes have one key
Given the backup is another network's, altered, or has another key    refused, and nothing is left
Given a folder is not as the network says           each fault is a sentence
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jamjar.errors import InvalidInput
from jamjar.network import archive, keeping, processes, running
from jamjar.network.archive import Backup
from jamjar.network.engine import NetworkError
from jamjar.network.plan import NetworkPlan

NOW = 1_800_000_000


def backed_up(folder: Path, plan: NetworkPlan, number: int = 2) -> tuple[Path, Backup]:
    file = folder.parent / f"node-{number}.tar"
    return file, keeping.back_up(folder, plan, number, file, now=NOW, progress=print)


def pid(folder: Path, number: int) -> int:
    return processes.running(folder / "nodes" / str(number))


def gone(folder: Path, plan: NetworkPlan, number: int = 2) -> None:
    """End a node and lose its folder."""
    running.down(folder, plan, [number])
    shutil.rmtree(folder / "nodes" / str(number))


def test_a_backup(network: tuple[Path, NetworkPlan]) -> None:
    folder, plan = network
    before = pid(folder, 2)
    file, made = backed_up(folder, plan)
    assert archive.read(file) == made
    assert (made.engine, made.chain_id, made.number, made.address) == ("toy", 7, 2, plan.node(2).address)
    assert (made.version, made.taken, made.genesis) == ("Toy/1", NOW, f"0x{0:064x}")
    assert made.hash == f"0x{made.block:064x}"
    assert set(made.files) == {"nodekey", "peers", "initialised", "data/blocks"}
    assert pid(folder, 2) not in (0, before)
    running.down(folder, plan, [3])
    backed_up(folder, plan, 3)
    assert pid(folder, 3) == 0
    with pytest.raises(InvalidInput, match="is there already, or its folder is not"):
        backed_up(folder, plan, 3)


def test_a_restored_node(network: tuple[Path, NetworkPlan]) -> None:
    folder, plan = network
    file, made = backed_up(folder, plan)
    was = (folder / "nodes" / "2" / "data" / "blocks").read_bytes()
    gone(folder, plan)
    assert keeping.restore(folder, plan, file) == (made, plan.node(2))
    assert (folder / "nodes" / "2" / "data" / "blocks").read_bytes() == was
    assert list(keeping.faults(folder, plan, 2)) == []
    running.up(folder, plan, [2], print)
    assert pid(folder, 2)
    assert list(keeping.faults(folder, plan, 2)) == []


def test_never_two_of_one_key(network: tuple[Path, NetworkPlan]) -> None:
    folder, plan = network
    file, _ = backed_up(folder, plan)
    with pytest.raises(InvalidInput, match=r"Node 2 runs: as process \d+; two with one key must not. End it first"):
        keeping.restore(folder, plan, file)
    moved = folder / "moved"
    (folder / "nodes" / "2").rename(moved)
    with pytest.raises(InvalidInput, match="Node 2 runs: something answers at its ports"):
        keeping.restore(folder, plan, file)
    with pytest.raises(NetworkError, match="ports of node 2 are in use, so it may run elsewhere"):
        running.up(folder, plan, [2], print)
    processes.end(moved)
    (folder / "peers.json").write_text(f'[{{"id": "{plan.node(2).public_key}"}}]')
    with pytest.raises(InvalidInput, match="Node 2 runs: node 1 has it as a peer"):
        keeping.restore(folder, plan, file)
    (folder / "peers.json").unlink()
    keeping.restore(folder, plan, file)
    with pytest.raises(InvalidInput, match="nodes/2 is there already; move it elsewhere"):
        keeping.restore(folder, plan, file)


def test_what_is_not_restored(network: tuple[Path, NetworkPlan], tmp_path: Path) -> None:
    folder, plan = network
    file, made = backed_up(folder, plan)
    place = shutil.copytree(folder / "nodes" / "2", tmp_path / "copy")
    gone(folder, plan)
    (place / "program").write_text("/bin/sh")
    (place / "other").write_text("1" * 64)
    changes = {
        "of another network": {"chain_id": 8},
        "of another network .* first block 0x": {"genesis_file": "00"},
        "no node here now": {"address": "0xee"},
        "files that no backup has": {"files": archive.sums(place, [*made.files, "program"])},
        "another key than it says": {"address": plan.node(3).address},
        "not a node's key": {"files": archive.sums(place, ["other"])},
    }
    running.down(folder, plan, [3])
    shutil.rmtree(folder / "nodes" / "3")
    for count, (says, change) in enumerate(changes.items()):
        wrong = tmp_path / f"wrong-{count}.tar"
        archive.write(wrong, place, replace(made, **change))  # type: ignore[arg-type]
        with pytest.raises(InvalidInput, match=says):
            keeping.restore(folder, plan, wrong)
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(InvalidInput, match=r"altered|whole"):
        keeping.restore(folder, plan, file)
    assert [each.name for each in (folder / "nodes").iterdir()] == ["1"]


def test_faults(network: tuple[Path, NetworkPlan]) -> None:
    folder, plan = network
    (folder / "nodes" / "1" / "nodekey").chmod(0o644)
    (folder / "nodes" / "1" / "peers").write_text("others")
    assert [each.split("; ")[1] for each in keeping.faults(folder, plan, 1)] == [
        "take their rights away: chmod 600.", "jamjar network up writes it anew.",
    ]  # fmt: skip
    (folder / "nodes" / "2" / "nodekey").write_text((folder / "nodes" / "3" / "nodekey").read_text())
    assert ["is not 0x" in each for each in keeping.faults(folder, plan, 2)] == [True]
    (folder / "nodes" / "3" / "nodekey").unlink()
    assert ["There is no key at" in each for each in keeping.faults(folder, plan, 3)] == [True]
