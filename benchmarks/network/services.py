"""Services of members as processes of the `jamjar` command, which can be killed and started again."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import requests

from jamjar.ledger import deployment_file
from jamjar.network.engines import engine_of
from jamjar.sandbox.institutions import Institutions
from jamjar.sandbox.members import MEMBERS
from jamjar.sandbox.processes import JAMJAR, START_SECONDS, ProcessError
from jamjar.service.ports import free_port

TWO_OPERATORS: Final = {**MEMBERS, 3: (MEMBERS[3][0], ("ADVISER", "OPERATOR"))}
"""The members, two of which run a relayer."""
OPERATORS: Final = (1, 3)
EPOCH: Final = 4
MARGIN: Final = 15
"""Seconds that carrying may take, by a relayer's promise."""
DEPTH: Final = 2


@dataclass(slots=True)
class Service:
    """One command that runs until it is ended; `url` is where it answers, "" if it serves nothing."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    url: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it, and wait until it answers; raises ProcessError when it does not."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                [*JAMJAR, *self.words], env={**os.environ, **self.environment}, stdout=output, stderr=output
            )
        deadline = time.monotonic() + START_SECONDS
        while self.url:
            try:
                requests.get(self.url, timeout=5)
                return
            except requests.RequestException:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise ProcessError(f"{self.name} does not answer; the end of {self.log} says why.") from None
                time.sleep(0.1)

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it, if it runs, and wait for that."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(START_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def database(at: Institutions, operator: int) -> Path:
    """Return the file of a relayer's database."""
    return at.folder / f"relayer-{operator}.db"


def relayer(at: Institutions, operator: int, engine: str) -> Service:
    """Return the relayer of an operator at its own node; it tells senders apart by X-Forwarded-For."""
    port = free_port()
    keystore, password = at.folder / f"{operator}.keystore", at.folder / f"{operator}.password"
    words = ["relayer", "serve", "--port", str(port), "--account", str(keystore), "--password-file", str(password)]
    words += ["--epoch", str(EPOCH), "--margin", str(MARGIN), "--promise", str(MARGIN), "--most-gas-price", "0"]
    words += ["--depth", str(max(DEPTH, engine_of(engine).depth)), "--proxy", "127.0.0.1", "--most", "1000000"]
    kept = {"JAMJAR_RELAYER_DATABASE": f"sqlite:///{database(at, operator)}"}
    log = at.folder / f"relayer-{operator}.log"
    url = f"http://127.0.0.1:{port}"
    return Service(f"the relayer of member {operator}", words, {**environment(at, operator), **kept}, log, url)


def environment(at: Institutions, member: int) -> dict[str, str]:
    """Return what tells a command of a member the deployment and the member's own node."""
    record = deployment_file.path_of(at.folder, at.found().chain_id)
    return {"JAMJAR_DEPLOYMENT": str(record), "JAMJAR_NODE": at.nodes[member]}
