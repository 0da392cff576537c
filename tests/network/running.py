"""A network of real nodes for tests: started, hurt, and looked at."""

import os
import secrets
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jamjar.errors import NodeUnavailable
from jamjar.network import processes, running, setting_up
from jamjar.network.building import built
from jamjar.network.diagnosis import Diagnosis, diagnose
from jamjar.network.engine import NetworkError
from jamjar.network.engines import ENGINES
from jamjar.network.node_status import NetworkStatus
from jamjar.network.plan import NetworkPlan
from jamjar.network.status import look
from jamjar.network.votes import told
from jamjar.sandbox.institutions import Institutions
from jamjar.sandbox.members import MEMBERS
from jamjar.service.json_rpc import JsonRpc
from jamjar.service.ports import free_port
from tests.unit.cli.home import here

CHOSEN = os.environ.get("JAMJAR_ENGINES", "kaia,geth").split(",")
"""The engines that are tried."""
PATIENCE_SECONDS = 900.0
STILL_SECONDS = 60.0
"""After how long without a new block an engine is told to begin again, as `up` tells it: Clique can stand still."""
QUIET_SECONDS = 6.0
"""How long no block must come before a network counts as halted: some periods and rounds."""


class RealNetwork:
    """Five validators of one engine, and the consortium across them."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.folder = folder
        self.plan: NetworkPlan = setting_up.make(
            folder, engine, validators=len(MEMBERS), followers=0, chain_id=secrets.randbelow(10**9) + 10**6,
            now=int(time.time()), random=secrets.token_bytes, port=free_port,
        )  # fmt: skip
        self.numbers = [node.number for node in self.plan.nodes]
        self.up()
        urls = [running.url_of(node) for node in self.plan.nodes]
        self.institutions = Institutions(folder / "consortium", dict(zip(MEMBERS, urls, strict=True)))

    def command(self, name: str, *words: object) -> str:
        """Run `jamjar network`, which must succeed, follow what it changed, and return what it printed."""
        ended = here("network", *name.split(), self.folder, *words)
        assert ended.status == 0, ended
        self.plan = setting_up.read(self.folder)
        self.numbers = [node.number for node in self.plan.nodes]
        return ended.out

    def up(self, *numbers: int) -> None:
        running.up(self.folder, self.plan, numbers or self.numbers, print)

    def down(self, *numbers: int) -> None:
        running.down(self.folder, self.plan, numbers or self.numbers)

    def kill(self, *numbers: int) -> None:
        """Kill nodes as a power cut does: nothing is written, pools are lost."""
        for number in numbers:
            processes.end(running.node_folder(self.folder, self.plan.node(number)), signal.SIGKILL)

    def signal(self, number: int, what: signal.Signals) -> None:
        os.kill(processes.running(running.node_folder(self.folder, self.plan.node(number))), what)

    def cut(self, *minority: int) -> None:
        """Take away every link between these nodes and the others, from both ends, until they are linked again."""
        inside, outside = len(minority) - 1, len(self.numbers) - len(minority) - 1

        def is_cut() -> bool:
            self._tell_across(minority, ENGINES[self.plan.engine].expels)
            return all(self.peers(each) <= (inside if each in minority else outside) for each in self.numbers)

        wait(is_cut, f"nodes {minority} are not cut off")

    def link(self, *minority: int) -> None:
        """Link these nodes with the others again."""
        self._tell_across(minority, ENGINES[self.plan.engine].admits)

    def _tell_across(self, minority: tuple[int, ...], methods: tuple[str, ...]) -> None:
        others, url = [number for number in self.numbers if number not in minority], ENGINES[self.plan.engine].peer_url
        for one, other in [pair for a in minority for b in others for pair in ((a, b), (b, a))]:
            for method in methods:
                answer = self.rpc(one).one(method, url(self.plan.node(other)))
                assert answer is True, answer

    def rpc(self, number: int) -> JsonRpc:
        return running.rpc_of(self.plan.node(number))

    def tell(self, method: str, *numbers: int) -> None:
        """Call a method without parameters at nodes; raises where one refuses it."""
        for number in numbers:
            told(self.rpc(number), (method, ()))

    def peers(self, number: int) -> int:
        return running.peers(self.rpc(number))

    def block_hash(self, number: int, block: int) -> str:
        """The hash of a block at a node, "" where there is none."""
        found = self.rpc(number).one("eth_getBlockByNumber", hex(block), False)
        return found["hash"] if isinstance(found, dict) else ""

    def height(self, number: int) -> int:
        return running.height(self.rpc(number))

    def status(self) -> NetworkStatus:
        return look(self.folder, self.plan, int(time.time()))

    def doctor(self) -> Diagnosis:
        before = self.status()
        time.sleep(QUIET_SECONDS)
        return diagnose(self.plan, self.folder, before, self.status())

    def goes_on(self, *numbers: int, blocks: int = 3) -> None:
        """Wait until nodes have some more blocks; where the chain stands still, they are told to begin again."""
        nodes = {number: self.rpc(number) for number in numbers or self.numbers}
        until = {number: self.height(number) + blocks for number in nodes}
        last = [0, time.monotonic()]

        def have_them() -> bool:
            heights = {number: self.height(number) for number in nodes}
            if (newest := max(heights.values())) != last[0]:
                last[:] = [newest, time.monotonic()]
            elif time.monotonic() - last[1] > STILL_SECONDS:
                ENGINES[self.plan.engine].begin(self.plan, nodes)
                last[1] = time.monotonic()
            return all(heights[number] >= until[number] for number in nodes)

        wait(have_them, f"nodes {sorted(nodes)} have no new blocks")

    def halts(self, number: int) -> None:
        """Wait until a node has had no new block for a while."""
        last = [self.height(number), time.monotonic()]

        def is_quiet() -> bool:
            if (now := self.height(number)) != last[0]:
                last[:] = [now, time.monotonic()]
            return time.monotonic() - last[1] > QUIET_SECONDS

        wait(is_quiet, "blocks go on")

    def agree(self) -> None:
        """Wait until all nodes have the same block at one height, and more after it."""
        top = max(self.height(number) for number in self.numbers)
        self.goes_on()
        wait(lambda: min(map(self.height, self.numbers)) > top, "a node stays behind")
        wait(lambda: len({node.hash for node in self.status().nodes}) == 1, "nodes have different blocks")


def wait(until: Callable[[], bool], otherwise: str) -> None:
    """Wait until it is so; a node that is too busy to answer is asked again."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _is(until):
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.2)


def _is(so: Callable[[], bool]) -> bool:
    try:
        return so()
    except NodeUnavailable:
        return False


@contextmanager
def real_network(folder: Path, engine: str) -> Iterator[RealNetwork]:
    """Run five nodes until the block ends; skips where the engine cannot be built, and says what is missing."""
    try:
        built(ENGINES[engine], print)
    except NetworkError as error:
        pytest.skip(str(error))
    network = None
    try:
        network = RealNetwork(folder, engine)
        yield network
    finally:
        plan = setting_up.read(folder)
        running.down(folder, plan, [node.number for node in plan.nodes])
