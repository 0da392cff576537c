"""An Anvil of a test's own that can be killed, frozen and started again, and a chain to start it from.

The chain has the contracts, an operator and an adviser, and consents that are live: it is made once and kept as a
file, from which every node here starts. A node that is killed keeps its blocks, and loses what waits to be mined.
"""

import gzip
import secrets
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from jamjar.audit.node import AuditNode
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import ConsentKey
from sandbox.local_chain import ANVIL, CHAIN_ID, LocalChain
from tests.faults.ports import new_port

DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL")
"""What ends a process with the thread that started it."""
AGE = 7200
"""How many seconds ago the chain was begun: its consents are live now."""
OPTIONS = ("--chain-id", CHAIN_ID, "--block-base-fee-per-gas", 0, "--gas-limit", 56_000_000, "--order", "fifo")


class Anvil:
    """One node, on a port of its own, with a block a second."""

    def __init__(self, folder: Path) -> None:
        self.port = new_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._state = folder / f"anvil-{self.port}.json"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *options: Any) -> None:
        """Start with these options, unless told as it was when it was killed, and wait until it answers."""
        options = options or ("--block-time", 1, "--load-state", self._state)
        command = [*DIES_WITH_US, ANVIL, "--quiet", "--port", self.port, *OPTIONS, *options]
        self._process = subprocess.Popen([str(part) for part in command])
        until = time.monotonic() + 20
        while True:
            try:
                self.ask("eth_chainId")
                return
            except OSError:
                assert time.monotonic() < until, "Anvil did not start"
                time.sleep(0.05)

    def ask(self, method: str, *parameters: Any) -> Any:
        """Return the result of a JSON-RPC question."""
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
        answer = requests.post(self.url, json=body, timeout=10).json()
        assert "result" in answer, answer
        return answer["result"]

    def height(self) -> int:
        """Return the newest block's number."""
        return int(self.ask("eth_blockNumber"), 16)

    def keep(self) -> bytes:
        """Return the chain as it is now."""
        return gzip.decompress(bytes.fromhex(self.ask("anvil_dumpState", True)[2:]))

    def kill(self) -> None:
        """Kill it as a power cut would, with all blocks on its disk."""
        self._state.write_bytes(self.keep())
        self.end()

    def freeze(self) -> None:
        """Have it take questions and answer none."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Have it go on."""
        self._signal(signal.SIGCONT)

    def end(self) -> None:
        """Kill it; nothing is kept."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def _signal(self, number: int) -> None:
        assert self._process
        self._process.send_signal(number)


@dataclass(frozen=True)
class Snapshot:
    """A chain in a file, where the contracts are on it, two accounts, and keys of consents that live.

    operator  acts for the operator
    stranger  acts for nobody; the node has its key
    """

    file: Path
    deployment: Deployment
    operator: str
    stranger: str
    keys: list[ConsentKey] = field(repr=False)

    @classmethod
    def make(cls, folder: Path, consents: int) -> "Snapshot":
        """Deploy, admit the members, and grant consents."""
        node = Anvil(folder)
        node.start("--no-mining", "--timestamp", int(time.time()) - AGE)
        try:
            chain = LocalChain(AuditNode(node.url))
            keys = [ConsentKey.generate(secrets.token_bytes) for _ in range(consents)]
            for first in range(0, consents, 100):
                chain.carry(*(chain.grant_to_adviser(key) for key in keys[first : first + 100]))
            chain.wait_until(chain.now() + 120)
            file = folder / "chain.json"
            file.write_bytes(node.keep())
        finally:
            node.end()
        return cls(file, chain.deployment, chain.accounts[1], chain.accounts[5], keys)

    def node(self, folder: Path) -> Anvil:
        """Start a node on this chain."""
        node = Anvil(folder)
        node.start("--block-time", 1, "--load-state", self.file)
        return node
