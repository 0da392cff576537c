"""A node is kept, and an engine upgraded, on five institutions' nodes that run; blocks go on throughout.

When a node is backed up                           it runs again, and its backup is verified
Given its folder is lost and its disk new          restored, it catches up, and has the blocks of the backup
Given it runs, in its folder or elsewhere          it is not restored, so no two nodes have its key
Given the backup is of another network             refused
When all nodes go from one version to the next     one after the other: both run in one network, then the next alone
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.network import archive, running
from jamjar.network.building import built
from jamjar.network.engines import ENGINES
from jamjar.network.geth import GETH
from tests.network.older_geth import VERSION, older_geth
from tests.network.running import RealNetwork, real_network, wait
from tests.unit.cli.home import here


@pytest.fixture(scope="module", params=["kaia", "geth"])
def network(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealNetwork]:
    with real_network(tmp_path_factory.mktemp("kept") / "net", request.param) as running_network:
        yield running_network


def block(network: RealNetwork, number: int, height: int) -> str:
    return str(running.rpc_of(network.plan.node(number)).one("eth_getBlockByNumber", hex(height), False)["hash"])


def test_a_node_is_kept(network: RealNetwork, tmp_path: Path) -> None:
    file = tmp_path / "node-4.tar"
    said = network.command("backup", 4, file)
    network.agree()
    made = archive.read(file)
    assert f"newest block {made.block}, {made.hash}" in said
    assert block(network, 1, made.block) == made.hash
    assert made.fingerprint() in here("network", "verify", file).out
    assert "Node 4 runs: as process" in here("network", "restore", network.folder, file).refusal

    place, elsewhere = network.folder / "nodes" / "4", network.folder / "elsewhere"
    place.rename(elsewhere)
    refused = here("network", "restore", network.folder, file).refusal
    assert "something answers at its ports" in refused
    elsewhere.rename(place)
    network.kill(4)
    shutil.rmtree(place)
    network.goes_on(1, 2, 3, 5, blocks=10)
    network.command("restore", file)
    network.command("up", "--node", 4)
    network.agree()
    assert block(network, 4, made.block) == made.hash
    assert "As the network says: 1, 2, 3, 4, 5." in network.command("verify")

    other = tmp_path / "other"
    assert here("network", "init", other, "--engine", network.plan.engine, "--validators", 3).status == 0
    assert "is of another network" in here("network", "restore", other, file).refusal


def versions(network: RealNetwork) -> list[str]:
    return [node.version.split("/")[1].split("-")[0] for node in network.status().nodes]


def test_an_upgrade(network: RealNetwork) -> None:
    """Kaia has one version that is built here, so its nodes go from one file of it to another."""
    is_geth = network.plan.engine == GETH.name
    older, newer = f"v{VERSION}" if is_geth else "v1.0.3", "v1.13.15" if is_geth else "v1.0.3"
    program = network.folder / "program"
    shutil.copy(older_geth() if is_geth else built_here(network), program)
    network.command("down")
    network.command("up", "--program", program)
    assert versions(network) == [older] * 5
    network.command("restart", "--node", 2, "--node", 5, "--program", built_here(network))
    assert versions(network) == [older, newer, older, older, newer]
    network.agree()
    wait(lambda: not network.status().problems, "something is wrong with two versions")
    network.command("restart", "--program", built_here(network))
    assert versions(network) == [newer] * 5
    network.agree()


def built_here(network: RealNetwork) -> Path:
    return built(ENGINES[network.plan.engine], print)
