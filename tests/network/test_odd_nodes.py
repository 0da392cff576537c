"""One node of five that is odd: another first block, a full disk, a way in that swallows what one sender sends.

Given a node that began with another first block     status names it; the others go on; begun again, it has all
Given a node whose disk is full                      it is named; the others go on; begun again with room, it has all
Given the way into the relayer's node swallows transactions
    what was accepted waits, and is recorded once at every node when the way is free
Given the clock of relayer, mailbox and desk is 30 s ahead, or behind
    what is accepted is recorded once at every node
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jamjar.crypto.hashing import keccak256
from jamjar.network.setting_up import GENESIS
from jamjar.relayer.item import ItemState
from jamjar.sandbox.institutions import OPERATOR
from jamjar.service.json_rpc import read_data
from tests.network.odd_node import ODD, OddNode
from tests.network.running import CHOSEN, RealNetwork, real_network, wait
from tests.network.scene import Scene, unrecorded
from tests.support.plain_node import plain_node

OTHERS = (1, 2, 3, 4)
ROOM = "160m"
BEHIND = 10


@pytest.fixture(scope="module", params=CHOSEN)
def network(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealNetwork]:
    with real_network(tmp_path_factory.mktemp("networks") / "net", request.param) as found:
        found.institutions.found()
        yield found


def test_another_first_block(network: RealNetwork, tmp_path: Path) -> None:
    odd, other = OddNode(network), tmp_path / "other.json"
    genesis = json.loads((network.folder / GENESIS).read_text())
    other.write_text(json.dumps(genesis | {"timestamp": hex(int(genesis["timestamp"], 16) - 1)}))
    odd.empty()
    odd.begin(other)
    said = "Nodes have different first blocks; give all of them the same genesis file."
    wait(lambda: said in network.status().problems, "status does not say so")
    network.goes_on(*OTHERS, blocks=10)
    assert network.peers(ODD) == 0
    assert any("began with the first block" in each for each in network.doctor().causes)
    odd.is_well_again()


def test_a_full_disk(network: RealNetwork) -> None:
    if os.geteuid():
        pytest.skip("Only root can mount a small disk; run this as root.")
    odd = OddNode(network)
    odd.empty()
    data = odd.place / "data"
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", data], check=True)
    try:
        odd.begin(network.folder / GENESIS)
        network.up(ODD)
        with pytest.raises(OSError, match="No space left"):
            fill(data / "full")

        def is_named() -> bool:
            found = next(each for each in network.status().nodes if each.number == ODD)
            return not found.answers or found.behind > BEHIND

        wait(is_named, "a node goes on without room")
        network.goes_on(*OTHERS)
        assert any(f"{ODD}" in each for each in network.doctor().causes)
        network.down(ODD)
    finally:
        network.down(ODD)
        subprocess.run(["/bin/umount", data], check=True)
    odd.is_well_again()


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as full:
        while True:
            full.write(bytes(1 << 16))


def test_a_way_in_that_swallows(network: RealNetwork) -> None:
    """A stand-in for a validator that drops one sender: it answers, and the relayer's transactions get nowhere."""
    at, url = network.institutions, network.institutions.nodes[OPERATOR]
    nodes = dict(at.nodes)
    with plain_node(url) as proxy:
        answer, swallows = proxy.answer, [True]

        def answered(request: Any) -> dict[str, Any]:
            if swallows and isinstance(request, dict) and request["method"] == "eth_sendRawTransaction":
                digest = f"0x{keccak256(read_data(request['params'][0])).hex()}"
                return {"jsonrpc": "2.0", "id": request["id"], "result": digest}
            return answer(request)

        setattr(proxy, "answer", answered)  # noqa: B010 - a method is replaced
        at.nodes = nodes | {OPERATOR: proxy.url}
        with at.services() as services:
            at.nodes = nodes
            scene = Scene(network, services)
            scene.send(5)
            network.goes_on(blocks=10)
            assert ItemState.RECORDED not in unrecorded(scene, 0)
            assert not set(scene.withdrawn(OPERATOR)) & {each.message.consent for each in scene.sent}
            swallows.clear()
            scene.all_is_recorded()


@pytest.mark.parametrize("seconds", [30, -30])
def test_a_clock_that_is_off(network: RealNetwork, seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of those that run on Python; `test_node_clock` sets a node's, which is a program of Go."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        pytest.skip("There is no libfaketime; install it with apt-get install faketime.")
    monkeypatch.setenv("LD_PRELOAD", str(found[0]))
    monkeypatch.setenv("FAKETIME", f"{seconds:+d}s")
    monkeypatch.setenv("DONT_FAKE_MONOTONIC", "1")
    assert is_off(seconds)
    with network.institutions.services() as services:
        scene = Scene(network, services)
        scene.send(5)
        scene.all_is_recorded()


def is_off(seconds: int) -> bool:
    """Whether the clock of a process that is started now is off by so many seconds, however long it takes."""
    before = time.time()
    done = subprocess.run([sys.executable, "-c", "import time; print(time.time())"], capture_output=True, check=True)
    return before + seconds <= float(done.stdout) <= time.time() + seconds
