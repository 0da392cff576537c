"""Who seals, and who is a member, changes while five institutions' nodes run, on each engine; blocks go on throughout.

When a sixth node is added                      all let it in, it has all blocks, is voted in, and seals
Given it was not voted in                       it has no vote
When a member's node gets another key           voted out, rotated, voted in again: it seals under the new address
When one is taken out                           voted out and removed, no other lets it in any longer
Given a vote would have blocks stand still      it is refused without --yes, and nobody voted
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jamjar.network import processes, running
from jamjar.network.building import built
from jamjar.network.engines import ENGINES
from jamjar.network.setting_up import read
from tests.network.running import RealNetwork, real_network, wait
from tests.network.test_outsider import BLOCKS, answers
from tests.unit.cli.home import here


@pytest.fixture(scope="module", params=["kaia", "geth"])
def network(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealNetwork]:
    with real_network(tmp_path_factory.mktemp("members") / "net", request.param) as running_network:
        yield running_network


def seals(network: RealNetwork, number: int) -> None:
    """Start a node that was voted in again, and wait until it seals."""
    network.command("restart", "--node", number)
    wait(lambda: network.status().sealed.get(network.plan.node(number).address, 0) > 0, f"node {number} seals nothing")
    network.agree()


def validators(network: RealNetwork) -> set[int]:
    return {node.number for node in network.status().nodes if node.validates}


def test_a_sixth(network: RealNetwork) -> None:
    network.command("add")
    network.command("restart")  # a node has room for as many peers as there were when it started
    network.command("up", "--node", 6)
    network.agree()
    assert validators(network) == {1, 2, 3, 4, 5}
    refused = here("network", "validator", "propose", network.folder, 5, "--out", "--node", 6)
    assert "does not run, or is no validator" in refused.refusal
    network.command("validator propose", 6)
    seals(network, 6)
    assert validators(network) == {1, 2, 3, 4, 5, 6}
    wait(lambda: not network.status().problems, str(network.status().problems))


def test_another_key(network: RealNetwork) -> None:
    before = network.plan.node(3)
    assert "Node 3 runs; end it first" in here("network", "rotate", network.folder, 3).refusal
    network.command("validator propose", 3, "--out")
    network.command("down", "--node", 3)
    network.command("rotate", 3)
    after = network.plan.node(3)
    assert (before.address == after.address, before.rpc_port) == (False, after.rpc_port)
    network.command("up", "--node", 3)
    network.command("validator propose", 3)
    seals(network, 3)
    assert before.address not in network.status().sealed


def test_one_is_taken_out(network: RealNetwork) -> None:
    plan = network.plan
    gone = plan.node(2)
    assert "vote it out first" in refused_when_down(network, 2)
    network.command("up", "--node", 2)
    network.command("validator propose", 2, "--out")
    network.command("down", "--node", 2)
    network.command("remove", 2)
    network.command("restart")
    network.goes_on(1)
    wait(lambda: not network.status().problems, "a peer is missing")
    (folder,) = (network.folder / "removed").iterdir()
    engine = ENGINES[plan.engine]
    old = replace(plan, nodes=tuple(replace(each, validates=each.validates and each != gone) for each in plan.nodes))
    processes.start(folder, engine.start(built(engine, print), folder, old, replace(gone, validates=False)))
    rpc = running.rpc_of(gone)
    try:
        wait(lambda: answers(rpc), "the node that was taken out does not answer")
        had = running.height(rpc)
        network.goes_on(1, blocks=BLOCKS)
        assert (running.peers(rpc), running.height(rpc)) == (0, had)
    finally:
        processes.end(folder)


def refused_when_down(network: RealNetwork, number: int) -> str:
    network.command("down", "--node", number)
    return here("network", "remove", network.folder, number).refusal


def test_no_quorum_is_lost_unasked(network: RealNetwork) -> None:
    """Of five validators, so many are killed that one more that goes would stop all."""
    engine = ENGINES[network.plan.engine]
    numbers = [node.number for node in network.plan.validators()]
    left = engine.quorum(len(numbers) - 1)
    network.kill(*numbers[left:])
    refused = here("network", "validator", "propose", network.folder, numbers[0], "--out")
    assert "Blocks would stand still" in refused.refusal
    assert numbers[0] in validators(network)
    network.up()
    network.agree()


def test_the_folder_is_as_it_should_be(network: RealNetwork) -> None:
    assert read(network.folder) == network.plan
    assert here("network", "verify", network.folder).status == 0
    status: Path = network.folder / "allowed.json"
    assert network.plan.node(1).public_key in status.read_text()
