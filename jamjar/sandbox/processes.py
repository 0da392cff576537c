"""The mailbox and the advisers' desks of a sample network, each a process of the `jamjar` command."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import requests

from jamjar.cli.mailbox_connection import connection
from jamjar.errors import JamjarError
from jamjar.ledger import deployment_file
from jamjar.ledger.finality import finality
from jamjar.mailbox.client import MailboxClient
from jamjar.protocol.signing import AccountSigner
from jamjar.service.ports import free_port

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount

    from jamjar.sandbox.network import SampleNetwork

JAMJAR = (sys.executable, "-m", "jamjar.cli.main")
START_SECONDS = 240
PATIENCE_SECONDS = 300
DEPTH = 1
"""The number of blocks on a use before the mailbox hands over a key, where the consensus needs no more."""


TICKS = os.sysconf("SC_CLK_TCK")
"""How many units of processor time make a second."""


class ProcessError(JamjarError):
    """A command ended with an error; the text is its own message."""


@dataclass(frozen=True, slots=True)
class AdviserProcess:
    """An adviser's desk: the environment of its commands, a client of the mailbox, and whether its node can mine."""

    member: int
    environment: Mapping[str, str]
    client: MailboxClient
    mines: bool

    def look(self, package: bytes, *, advice: Path | None = None) -> dict[str, int]:
        """Look at a package in a process of its own; return the figures in pence."""
        options = [] if advice is None else ["--advice", str(advice)]
        return dict(json.loads(self.run("look", package.hex(), "--json", *options))["figures"])

    def run(self, *words: str, group: str = "adviser") -> str:
        """Run a command of the adviser's, which mines what it waits for, and return its output; raises ProcessError.

        group  the first word of the command: `jamjar adviser`, or another
        """
        mine = ["--mine"] if self.mines and words[0] == "look" else []
        done = subprocess.run(  # noqa: S603 - a fixed command
            [*JAMJAR, group, *words, *mine],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["The command failed without a message; run it again."]
            raise ProcessError(last[0].removeprefix("jamjar: "))
        return done.stdout


@dataclass(frozen=True, slots=True)
class NetworkProcesses:
    """The mailbox's URL, and the desks by member number."""

    mailbox: str
    desks: Mapping[int, AdviserProcess]


@contextmanager
def processes(network: SampleNetwork, folder: Path) -> Iterator[NetworkProcesses]:
    """Start the mailbox and a desk for each adviser of a network; all their files are in `folder`."""
    record = deployment_file.path_of(folder, network.deployment.chain_id)
    deployment_file.write(network.deployment, folder)
    port = free_port()
    common = {
        "JAMJAR_DEPLOYMENT": str(record),
        "JAMJAR_NODE": network.url,
        "JAMJAR_MAILBOX": f"http://127.0.0.1:{port}",
    }
    depth = max(DEPTH, finality(network.url).depth)
    words = ["mailbox", "serve", "--port", str(port), "--depth", str(depth)]
    database = {"JAMJAR_MAILBOX_DATABASE": f"sqlite:///{folder / 'mailbox.db'}"}
    with serving(words, {**common, **database}, common["JAMJAR_MAILBOX"], folder / "mailbox.log"):
        yield NetworkProcesses(
            common["JAMJAR_MAILBOX"], {number: _desk(network, number, folder, common) for number in network.desks}
        )


@contextmanager
def serving(words: Sequence[str], environment: Mapping[str, str], url: str, log: Path) -> Iterator[None]:
    """Run a command that serves at this address until the block ends; raises ProcessError when it does not start."""
    with (
        log.open("w") as output,
        subprocess.Popen(  # noqa: S603 - a fixed command
            [*JAMJAR, *words], env={**os.environ, **environment}, stdout=output, stderr=output
        ) as process,
    ):
        try:
            _wait(url, process, log)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(START_SECONDS)


def desk_environment(folder: Path, member: int, account: LocalAccount, common: Mapping[str, str]) -> dict[str, str]:
    """Write a keystore with a member's account, and return the environment of its desk's commands."""
    password = _written(folder / f"desk-{member}.password", secrets.token_urlsafe(16))
    keystore = _written(
        folder / f"desk-{member}.keystore", json.dumps(account.encrypt(password.read_text(), iterations=1024))
    )
    return {
        **common,
        "JAMJAR_VAULT": str(folder / f"desk-{member}.vault"),
        "JAMJAR_PASSPHRASE_FILE": str(password),
        "JAMJAR_PASSWORD_FILE": str(password),
        "JAMJAR_ACCOUNT": str(keystore),
    }


def _desk(network: SampleNetwork, member: int, folder: Path, common: Mapping[str, str]) -> AdviserProcess:
    """Set up one desk: a vault with an encryption key, and a keystore with the member's account."""
    account = network.key(member)
    desk = AdviserProcess(
        member,
        desk_environment(folder, member, account, common),
        connection(network.deployment, common["JAMJAR_MAILBOX"], AccountSigner(account)),
        mines=network.chain.turns,
    )
    key = bytes.fromhex(desk.run("create").strip())
    network.member(member).change_encryption_key(key)
    return desk


def _written(file: Path, text: str) -> Path:
    file.touch(0o600)
    file.write_text(text, encoding="utf-8")
    return file


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            requests.get(url, timeout=1)
        except requests.RequestException:
            if process.poll() is not None or time.monotonic() > deadline:
                raise ProcessError(
                    f"{url} does not answer; see {log}: {log.read_text(encoding='utf-8')[-500:]}"
                ) from None
            time.sleep(0.1)
        else:
            return


def processor_seconds(process: int) -> float:
    """Return the processor time that a process has taken, in seconds: utime and stime of proc(5)."""
    words = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / TICKS
