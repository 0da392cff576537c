"""The nodes of a local network, to measure and to hurt: each is killed, stopped and started by its number."""

import os
import secrets
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jamjar.network import processes, running, setting_up
from jamjar.network.engine import NetworkError
from jamjar.network.node_status import NetworkStatus
from jamjar.network.status import look
from jamjar.service.ports import free_port


class LocalNodes:
    """A network that was made in a folder, and runs; `say` is told what takes long."""

    def __init__(self, folder: Path, engine: str, validators: int, say: Callable[[str], None]) -> None:
        self.folder, self._say = folder, say
        self.plan = setting_up.make(
            folder, engine, validators=validators, followers=0, chain_id=secrets.randbelow(10**9) + 10**6,
            now=int(time.time()), random=secrets.token_bytes, port=free_port,
        )  # fmt: skip
        self.numbers = [node.number for node in self.plan.nodes]

    def up(self, *numbers: int) -> None:
        """Start nodes, all unless some are named, and wait until they have new blocks; all anew where none come."""
        try:
            running.up(self.folder, self.plan, numbers or self.numbers, self._say)
        except NetworkError as error:
            self._say(f"{error} All nodes are ended and started, as the doctor says.")
            self.down()
            running.up(self.folder, self.plan, self.numbers, self._say)

    def down(self) -> None:
        """End all nodes that run."""
        running.down(self.folder, self.plan, self.numbers)

    def kill(self, *numbers: int) -> None:
        """Kill nodes as a power cut does: nothing is written, pools are lost."""
        for number in numbers:
            processes.end(self._place(number), signal.SIGKILL)

    def stop(self, number: int, what: signal.Signals = signal.SIGSTOP) -> None:
        """Stop a node, or with SIGCONT let it go on."""
        os.kill(self.pid(number), what)

    def pid(self, number: int) -> int:
        """Return the process id of a node, 0 if it does not run."""
        return processes.running(self._place(number))

    def url(self, number: int) -> str:
        """Return a node's JSON-RPC address."""
        return running.url_of(self.plan.node(number))

    def height(self, number: int) -> int:
        """Return a node's newest block; raises NodeUnavailable."""
        return running.height(running.rpc_of(self.plan.node(number)))

    def status(self) -> NetworkStatus:
        """Return what the nodes say of themselves."""
        return look(self.folder, self.plan, int(time.time()))

    def _place(self, number: int) -> Path:
        return running.node_folder(self.folder, self.plan.node(number))


@contextmanager
def local_nodes(folder: Path, engine: str, validators: int, say: Callable[[str], None]) -> Iterator[LocalNodes]:
    """Run a new network in a folder until the block ends; raises NetworkError where its engine cannot be built."""
    nodes = LocalNodes(folder, engine, validators, say)
    try:
        nodes.up()
        yield nodes
    finally:
        for number in nodes.numbers:
            with suppress(ProcessLookupError, PermissionError):
                if nodes.pid(number):
                    nodes.stop(number, signal.SIGCONT)  # a stopped one ends only when it is killed
        nodes.down()
