"""A relayer in a process of its own, and the door through which messages are given to it."""

import http.client
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from eth_account import Account

from jamjar.ledger import deployment_file
from jamjar.protocol import signed_message, typed_data
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import Grant
from jamjar.relayer import answers, promise
from jamjar.service.ports import free_port
from tests.faults.messages import Reply

ROOT = Path(__file__).parents[2]
MNEMONIC = "test test test test test test test test test test test junk"
DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL")
"""What ends a process with the thread that started it."""
EPOCH = 5
DEPTH = 3
START_SECONDS = 180


def keystore(number: int, folder: Path) -> Path:
    """Write the keystore of one of Anvil's accounts, which act for the members of that number."""
    Account.enable_unaudited_hdwallet_features()
    key = Account.from_mnemonic(MNEMONIC, account_path=f"m/44'/60'/0'/0/{number}").key
    file = folder / f"account-{number}.json"
    file.write_text(json.dumps(Account.encrypt(key, "open", kdf="pbkdf2", iterations=1)))
    return file


class Door:
    """One sender at a relayer's door; `source` is the address it comes from."""

    def __init__(self, port: int, deployment: Deployment, operator: str, source: str = "127.0.0.1") -> None:
        self._port, self._deployment, self._operator, self._source = port, deployment, operator, source
        self._domain = promise.domain_of(deployment.domain_of(Grant))

    def id(self, signed: SignedMessage) -> bytes:
        """Return a message's id."""
        return typed_data.digest(self._deployment.domain_of(type(signed.message)), signed.message)

    def send(self, signed: SignedMessage) -> Reply:
        """Give a message: an answer with its receipt checked, the code of the refusal, or None without an answer."""
        text = signed_message.to_json(signed, self._deployment.domain_of(type(signed.message)))
        return self._answer(self.id(signed), *self.ask("POST", "/messages", text.encode()))

    def look(self, signed: SignedMessage) -> Reply:
        """Ask what became of a message."""
        return self._answer(self.id(signed), *self.ask("GET", f"/messages/{self.id(signed).hex()}"))

    def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, Any]:
        """Return the status and the JSON of an answer; 0 without one."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, 60, source_address=(self._source, 0))
        try:
            connection.request(method, path, body)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        except (OSError, http.client.HTTPException):
            return 0, None
        finally:
            connection.close()

    def _answer(self, name: bytes, status: int, body: Any) -> Reply:
        if status not in (200, 202):
            return str(body["code"]) if status else None
        answer = answers.from_json(body, is_new=status == 202)
        assert answer.id == name
        if answer.receipt:
            promise.check(answer.receipt, name, self._domain, lambda account: account == self._operator)
        return answer


class Relayer:
    """`jamjar relayer serve`, stopped at a stage until told to go on."""

    def __init__(self, folder: Path, deployment: Deployment, node: str, database: str) -> None:
        self.port, self._log = free_port(), folder / "relayer.log"
        password = folder / "password"
        password.write_text("open\n")
        options = {
            "--deployment": deployment_file.write(deployment, folder),
            "--node": node,
            "--database": database,
            "--epoch": EPOCH,
        }
        options |= {"--password-file": password, "--port": self.port, "--depth": DEPTH, "--margin": 20}
        flags = [part for option in options.items() for part in option]
        for number in (1, 2):
            flags += ["--account", keystore(number, folder)]
        self._command = ["relayer", "serve", *map(str, flags)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, stage: str = "-") -> None:
        """Start it, with a stage to stop at if one is named, and wait until it answers."""
        (self._told, tell), (go, self._go) = os.pipe(), os.pipe()
        launch = [*DIES_WITH_US, sys.executable, "-m", "tests.faults.launcher", stage, str(tell), str(go)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*launch, *self._command], cwd=ROOT, stdout=log, stderr=log, pass_fds=(tell, go)
            )
        os.close(tell)
        os.close(go)
        until = time.monotonic() + START_SECONDS
        while not self._listens():
            assert self._process.poll() is None, self.log()
            assert time.monotonic() < until, self.log()
            time.sleep(0.1)

    def wait_for_stage(self) -> None:
        """Wait until it has come to the stage."""
        assert select.select([self._told], [], [], START_SECONDS)[0], f"it did not come to the stage\n{self.log()}"

    def go_on(self) -> None:
        """Let it leave the stage."""
        os.write(self._go, b"!")

    def kill(self) -> None:
        """Kill it (-9), if it runs."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def jump(self, number: signal.Signals) -> None:
        """Set its clock: SIGUSR1 an hour forward, SIGUSR2 an hour back."""
        self._process.send_signal(number)

    def may_write(self, most: int) -> None:
        """Have it write no more than so many bytes into any file: with 0 its disk is full."""
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def stop(self) -> int:
        """Tell it to stop, and return its exit status."""
        self._process.terminate()
        return self._process.wait(START_SECONDS)

    def log(self) -> str:
        """Return the end of what it printed."""
        return self._log.read_text(errors="replace")[-3000:]

    def _listens(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, 20)
        try:
            connection.request("GET", "/health")
            return bool(connection.getresponse().status)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
