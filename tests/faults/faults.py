"""What can happen to a relayer, as data: how each fault begins, for how long it lasts, and how it ends.

kill relayer    kill -9; it is started again
kill node       kill -9; it is started again with its blocks, without what waited to be mined
kill database   kill -9 of PostgreSQL's first process; it is started again
lock database   another process holds SQLite's file for longer than a relayer waits for it
freeze node     the node takes questions and answers none (SIGSTOP)
reorganise      the newest three blocks are replaced by empty ones; what was in them is forgotten
refuse          connections to the node are refused
garbage         the node's answers are no HTTP, no JSON, or no sense
clock forward   the machine's clock is set an hour forward
clock back      the machine's clock is set an hour back
disk full       nothing can be written to any file (RLIMIT_FSIZE of 0: a write fails, as on a full disk)
ask much        the node asks 2^62 wei for a unit of gas
empty pool      what waits to be mined is forgotten
empty accounts  the accounts have nothing, and get it back
count too many  the node counts 2^40 transactions of each account, in every block
count a few     it counts 5
count none      it counts none
ask a little    it asks 1 wei, and the accounts have nothing; the ledger takes what pays nothing
"""

import os
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.anvil import FaultyAnvil
from tests.faults.proxy import Proxy
from tests.faults.relayer import Relayer
from tests.support.postgres import Server


@dataclass
class Scene:
    """A relayer, and what it depends on."""

    relayer: Relayer
    node: FaultyAnvil
    proxy: Proxy
    file: Path
    server: Server | None = None
    locking: threading.Thread = field(default_factory=threading.Thread)
    may_unlock: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Fault:
    """One fault; it lasts for some seconds."""

    begin: Callable[[Scene], object]
    seconds: float
    end: Callable[[Scene], object] = lambda scene: None
    needs_server: bool = False


def kill_database(scene: Scene) -> None:
    """Kill PostgreSQL's first process, and the others with it."""
    assert scene.server
    first = int((scene.server.data / "postmaster.pid").read_text().split()[0])
    os.kill(first, signal.SIGKILL)


def start_database(scene: Scene) -> None:
    """Start PostgreSQL again, once the processes that were left have ended."""
    assert scene.server
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*as_postgres, scene.server.programs / "pg_ctl", "-D", scene.server.data, "-w", "restart"]
    command += ["-l", scene.server.socket / "log"]
    for _ in range(20):
        if subprocess.run(command, cwd="/", capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.5)
    raise AssertionError((scene.server.socket / "log").read_text()[-2000:])


def lock_database(scene: Scene) -> None:
    """Hold the database's file from as soon as nobody else does."""

    def hold() -> None:
        with closing(sqlite3.connect(scene.file, timeout=60, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            scene.may_unlock.wait()

    scene.may_unlock.clear()
    scene.locking = threading.Thread(target=hold)
    scene.locking.start()


def unlock_database(scene: Scene) -> None:
    """Let go of it."""
    scene.may_unlock.set()
    scene.locking.join()


def reorganise(scene: Scene) -> None:
    """Replace three blocks, once what was sent is in one of them."""
    before = scene.node.height()
    while scene.node.height() == before:
        time.sleep(0.05)
    scene.node.ask("anvil_reorg", 3, [])


def have(scene: Scene, wei: int) -> None:
    """Give the relayer's accounts so much."""
    for account in scene.node.ask("eth_accounts")[1:3]:
        scene.node.ask("anvil_setBalance", account, hex(wei))


def ask_a_little(scene: Scene) -> None:
    """Ask for what nobody has, for as little as that is."""
    have(scene, 0)
    scene.proxy.ask(1)


RICH = 10**22
FAULTS = {
    "kill relayer": Fault(lambda scene: scene.relayer.kill(), 1, lambda scene: scene.relayer.start()),
    "kill node": Fault(lambda scene: scene.node.kill(), 5, lambda scene: scene.node.restart()),
    "kill database": Fault(kill_database, 5, start_database, needs_server=True),
    "lock database": Fault(lock_database, 13, unlock_database),
    "freeze node": Fault(lambda scene: scene.node.freeze(), 30, lambda scene: scene.node.thaw()),
    "reorganise": Fault(reorganise, 0),
    "refuse": Fault(lambda scene: scene.proxy.refuse(), 8, lambda scene: scene.proxy.open()),
    "garbage": Fault(lambda scene: scene.proxy.answer_garbage(), 8, lambda scene: scene.proxy.behave()),
    "clock forward": Fault(lambda scene: scene.relayer.jump(signal.SIGUSR1), 1),
    "clock back": Fault(lambda scene: scene.relayer.jump(signal.SIGUSR2), 1),
    "disk full": Fault(lambda scene: scene.relayer.may_write(0), 6, lambda scene: scene.relayer.may_write(-1)),
    "ask much": Fault(lambda scene: scene.proxy.ask(2**62), 8, lambda scene: scene.proxy.behave()),
    "count too many": Fault(lambda scene: scene.proxy.count(2**40), 8, lambda scene: scene.proxy.behave()),
    "count a few": Fault(lambda scene: scene.proxy.count(5), 8, lambda scene: scene.proxy.behave()),
    "count none": Fault(lambda scene: scene.proxy.count(0), 8, lambda scene: scene.proxy.behave()),
    "empty pool": Fault(lambda scene: scene.node.ask("anvil_dropAllTransactions"), 0),
    "empty accounts": Fault(lambda scene: have(scene, 0), 8, lambda scene: have(scene, RICH)),
    "ask a little": Fault(ask_a_little, 8, lambda scene: scene.proxy.ask(0)),
}
