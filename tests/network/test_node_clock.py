"""A validator whose own clock is 30 s off: it is named, the others go on, and nothing is lost or doubled.

Given one validator's clock is 30 s ahead, or behind
    status and doctor name it; the others have new blocks; what the relayer accepts is at each of them, once
When its clock is right again
    it has what the others have; each message is recorded once at every node, and the audit is sound
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jamjar.network import processes, running
from jamjar.network.engines import ENGINES
from jamjar.sandbox.institutions import Services
from tests.network.other_clock import VARIABLE, with_another_clock
from tests.network.running import CHOSEN, RealNetwork, real_network, wait
from tests.network.scene import Scene

ODD, OTHERS = 5, (1, 2, 3, 4)
SECONDS = 30


@pytest.fixture(scope="module", params=CHOSEN)
def network(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealNetwork]:
    with real_network(tmp_path_factory.mktemp("networks") / "net", request.param) as found:
        found.institutions.found()
        yield found


@pytest.fixture(scope="module")
def services(network: RealNetwork) -> Iterator[Services]:
    with network.institutions.services() as services:
        yield services


def begin(network: RealNetwork, program: Path) -> None:
    """Start the odd node by this program, whether or not it ever has what the others have."""
    node, engine = network.plan.node(ODD), ENGINES[network.plan.engine]
    place = running.node_folder(network.folder, node)
    processes.start(place, engine.start(program, place, network.plan, node))
    wait(lambda: network.peers(ODD) > 0, "the odd node finds no peer")
    engine.begin(network.plan, {ODD: network.rpc(ODD)})


@pytest.mark.parametrize("seconds", [SECONDS, -SECONDS])
def test_a_validators_clock(
    network: RealNetwork, services: Services, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = Scene(network, services)
    scene.send(2)
    scene.all_is_recorded()
    network.down(ODD)
    monkeypatch.setenv(VARIABLE, str(seconds))
    begin(network, with_another_clock(ENGINES[network.plan.engine]))
    monkeypatch.delenv(VARIABLE)
    named = re.compile(rf"The clock of node {ODD} is \d+ s {'ahead of' if seconds > 0 else 'behind'} this machine's")
    wait(lambda: any(map(named.match, network.status().problems)), "status does not name the clock")
    wait(lambda: any(map(named.match, network.doctor().causes)), "the doctor does not name the clock")
    for _ in range(3):
        network.goes_on(*OTHERS, blocks=5)
        scene.send(3)
    consents = {each.message.consent for each in scene.sent}
    for member in OTHERS:
        wait(lambda member=member: consents <= set(scene.withdrawn(member)), f"node {member} lacks a message")
    network.down(ODD)
    network.up(ODD)
    network.agree()
    scene.all_is_recorded()
    assert not [each for each in network.status().problems if "clock" in each]
