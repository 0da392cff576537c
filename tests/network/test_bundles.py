"""Members' own bundles, run as a member runs them: found by requests, joined by approvals; of go-ethereum.

When three members' bundles are started     blocks go on, sealed by each, and all have the same first block
When a fourth joins by approvals            it has the chain, once all run by the new bundles
Given a bundle of the network before        it has no room for the fourth
"""

import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jamjar.errors import NodeUnavailable
from jamjar.network import approval, bundle, join_request, running
from jamjar.network.agreement import NetworkAgreement
from jamjar.network.building import built
from jamjar.network.engine import NetworkError
from jamjar.network.geth import GETH
from jamjar.service.json_rpc import JsonRpc
from jamjar.service.ports import free_port
from tests.network.running import wait

DAY = 86_400
START_SECONDS = 30
"""From now to the first block: all founders are there by then, as a network's are by the time that they agree on."""


class Member:
    """An institution on this machine: its key, its request, and its node's files, data and process."""

    def __init__(self, folder: Path, number: int, geth: Path, now: int) -> None:
        self.folder, self.key, self.port = folder / f"member{number}", os.urandom(32), free_port()
        self.rpc_port, self.process = free_port(), None
        self.environment = {
            "GETH": str(geth), "GETH_DATA": str(self.folder / "data"), "GETH_RPC_PORT": str(self.rpc_port),
            "GETH_SPARE_PORT": str(free_port()), "HOME": str(self.folder), "PATH": os.environ["PATH"],
        }  # fmt: skip
        self.signed = join_request.sign(
            self.key, network="Town", chain_id=20261129, name=f"Member {number}", host=f"192.0.2.{number}",
            port=self.port, accounts=(f"0x{number:02d}" + 38 * "1",), signed_at=now, expires=now + DAY,
        )  # fmt: skip
        self.rpc = JsonRpc(f"http://127.0.0.1:{self.rpc_port}", seconds=10)

    def start(self, agreement: NetworkAgreement) -> None:
        """Unpack the bundle, with every member on this machine, and start it as its unit does."""
        place = self.folder / "bundle"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for name, data in bundle.bundle(agreement, self.signed.request).items():
            (place / name).write_bytes(data)
        config = (place / "config.toml").read_text().replace(f'":{self.port}"', f'"127.0.0.1:{self.port}"')
        for each in agreement.members:
            config = config.replace(f"@{each.request.host}:", "@127.0.0.1:")
        (place / "config.toml").write_text(config)
        lines = [line for line in (place / "SHA256SUMS").read_text().splitlines() if "config.toml" not in line]
        lines.append(f"{hashlib.sha256(config.encode()).hexdigest()}  config.toml\n")
        (place / "SHA256SUMS").write_text("\n".join(lines))
        (place / "node.key").write_text(self.key.hex())
        (place / "node.key").chmod(0o400)
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(["/bin/sh", place / "start.sh"], env=self.environment, stdout=log, stderr=log)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(120)
            self.process = None

    def height(self) -> int:
        try:
            return running.height(self.rpc)
        except NodeUnavailable:
            return -1

    def seals(self) -> bool:
        return self.height() >= 0 and self.one("eth_mining") is True

    def one(self, method: str, *parameters: Any) -> Any:
        return self.rpc.one(method, *parameters)


@pytest.fixture
def members(tmp_path: Path) -> Iterator[list[Member]]:
    try:
        geth = built(GETH, print)
    except NetworkError as error:
        pytest.skip(str(error))
    made = [Member(tmp_path, number, geth, int(time.time())) for number in range(1, 5)]
    yield made
    for each in made:
        each.stop()


def test_founded_and_joined(members: list[Member]) -> None:
    founders, fourth, now = members[:3], members[3], int(time.time())
    agreement = NetworkAgreement(
        "geth", "Town", 20261129, "1.13.15", now + START_SECONDS, 1,
        tuple(each.signed.request.address for each in founders), tuple(each.signed for each in founders),
    )  # fmt: skip
    for each in founders:
        each.start(agreement)
    wait(lambda: min(each.height() for each in founders) > 6, "blocks do not go on")
    sealers = {founders[0].one("clique_getSigner", hex(number)) for number in range(1, 7)}
    assert {each.lower() for each in sealers} == {each.lower() for each in agreement.validators}
    assert len({each.one("eth_getBlockByNumber", "0x0", False)["hash"] for each in founders}) == 1

    genesis, request = bundle.genesis_digest(agreement), fourth.signed.request
    yes = [approval.sign(each.key, chain_id=20261129, genesis=genesis, request=request.digest(), signed_at=now,
                         expires=now + DAY) for each in founders[:2]]  # fmt: skip
    grown = agreement.joined(fourth.signed, yes, genesis, now)
    fourth.start(grown)
    before = founders[0].height()
    wait(lambda: founders[0].height() > before + 5 and fourth.height() == 0, "the fourth node does not answer")
    assert fourth.one("net_peerCount") == "0x0"  # no bundle has room for it yet
    for each in founders:  # one after the other, so that blocks go on
        each.stop()
        each.start(grown)
        wait(each.seals, "a founder does not seal again")
        goes_on = founders[0].height() + 3
        wait(lambda goes_on=goes_on: min(one.height() for one in founders) > goes_on, "blocks do not go on")
    wait(lambda: fourth.height() > before + 5, "the fourth has no block")
    assert fourth.one("eth_getBlockByNumber", "0x5", False) == founders[0].one("eth_getBlockByNumber", "0x5", False)
