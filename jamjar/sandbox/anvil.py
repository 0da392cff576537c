"""An Anvil of one's own: a development node at a port of its own, which ends with the process that started it."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from jamjar.service.ports import free_port, listens

CHAIN_ID: Final = 1337
GENESIS: Final = 1_800_000_000
"""When a chain begins whose blocks are mined when told, so that a run is the same on every day."""
ACCOUNTS: Final = 12
GAS_LIMIT: Final = 56_000_000
USUAL: Final = (
    *("--quiet", "--chain-id", CHAIN_ID, "--accounts", ACCOUNTS, "--order", "fifo"),
    *("--gas-limit", GAS_LIMIT, "--block-base-fee-per-gas", 0),
)
WHEN_TOLD: Final = ("--no-mining", "--timestamp", GENESIS)
"""Options of a node that mines when told to."""
START_SECONDS: Final = 60.0
ANSWER_SECONDS: Final = 60.0
# The shell waits for the end of its input, which comes with the end of this process however that ends, and then ends
# its process group, as it does when the node ends: npm's command is a wrapper, so ending one process is not enough.
WITH_US: Final = '("$@"; kill 0) & read _; kill 0'


class Anvil:
    """One node, which can be started again at its port once it has ended."""

    program = "anvil"
    usual: tuple[object, ...] = USUAL
    port_option = "--port"

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *options: object) -> None:
        """Start with these options beside the usual ones, and wait for an answer; raises RuntimeError without one."""
        program = found(self.program)
        if program is None:
            raise RuntimeError(f"There is no {self.program}: run `make setup`, or put it on PATH.")
        command = ["/bin/sh", "-c", WITH_US, "sh", program, self.port_option, self.port, *self.usual, *options]
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            list(map(str, command)), stdin=subprocess.PIPE, start_new_session=True
        )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self.ask("eth_chainId")
                return
            except (OSError, http.client.HTTPException) as error:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self.end()
                    what = f"{self.program} {self.port_option} {self.port}"
                    raise RuntimeError(f"{self.program} did not start; run `{what}` to see why.") from error
                time.sleep(0.05)

    def ask(self, method: str, *parameters: Any) -> Any:
        """Return the result of a JSON-RPC question; raises RuntimeError when it is refused."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}
        try:
            connection.request("POST", "/", json.dumps(body), {"Content-Type": "application/json"})
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if "error" in answer:
            raise RuntimeError(f"{method} was refused: {answer['error'].get('message')}")
        return answer["result"]

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the node and to what it runs in."""
        assert self._process
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)

    def end(self) -> None:
        """Kill it, if it runs, and wait until its port is free; nothing is kept."""
        if self._process and self._process.stdin:
            self.signal(signal.SIGKILL)
            self._process.stdin.close()
            self._process.wait()
            while listens(self.port):
                time.sleep(0.01)


class Ganache(Anvil):
    """The same of Ganache, which mines by itself."""

    program = "ganache"
    usual = (
        *("--logging.quiet", "--chain.chainId", CHAIN_ID, "--wallet.totalAccounts", ACCOUNTS),
        *("--wallet.mnemonic", "brownie", "--miner.blockGasLimit", GAS_LIMIT, "--chain.hardfork", "merge"),
    )
    port_option = "--server.port"


def found(program: str) -> str | None:
    """Return where a development node's program is, among this checkout's own if any, or on PATH; None if nowhere."""
    ours = Path(__file__).resolve().parents[2] / "node_modules" / ".bin"
    return shutil.which(program, path=os.pathsep.join([str(ours), os.environ.get("PATH", "")]))


@contextmanager
def anvil(*options: object) -> Iterator[Anvil]:
    """Run a node until the block ends; it mines when told to, unless options say otherwise."""
    node = Anvil()
    node.start(*(options or WHEN_TOLD))
    try:
        yield node
    finally:
        node.end()
