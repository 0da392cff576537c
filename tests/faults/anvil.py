"""An Anvil of a test's own that can be killed, frozen and started again, and a chain to start it from.

The chain has the contracts, an operator and an adviser, and consents that are live: it is made once and kept as a
file, from which every node here starts. A node that is killed keeps its blocks, and loses what waits to be mined.
"""

import gzip
import secrets
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from jamjar.audit.node import AuditNode
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import ConsentKey
from jamjar.sandbox.anvil import Anvil
from jamjar.sandbox.local_chain import LocalChain

AGE = 7200
"""How many seconds ago the chain was begun: its consents are live now."""


class FaultyAnvil(Anvil):
    """A node with a block a second, which keeps its blocks when it is killed."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._state = folder / f"anvil-{self.port}.json"

    def restart(self) -> None:
        """Start it as it was when it was killed."""
        self.start("--block-time", 1, "--load-state", self._state)

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
        self.signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Have it go on."""
        self.signal(signal.SIGCONT)


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
        node = FaultyAnvil(folder)
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

    def node(self, folder: Path) -> FaultyAnvil:
        """Start a node on this chain."""
        node = FaultyAnvil(folder)
        node.start("--block-time", 1, "--load-state", self.file)
        return node
