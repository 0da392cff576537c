"""A relayer in a process of its own, as a library and over HTTP: the time that accepting a message takes, and latency.

Processor time is the relayer's process's, as claimants and node share the machine.
"""

import http.client
import os
import random
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Final

import uvicorn
from eth_account import Account

from benchmarks.relayer.carrying import PAUSE, SETTINGS
from jamjar.ledger.ledger import Ledger
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import AccountSigner
from jamjar.relayer.app import create_app
from jamjar.relayer.carrier import Carrier
from jamjar.relayer.conditions import Timing
from jamjar.relayer.epochs import Epochs
from jamjar.relayer.health import examine
from jamjar.relayer.intake import Intake, ReplayedLook
from jamjar.relayer.journal import Journal
from jamjar.relayer.ledger_view import RelayerNodeView
from jamjar.relayer.metrics import Metrics
from jamjar.relayer.node import CarrierNode
from jamjar.relayer.queue import Queue
from jamjar.relayer.replaying import replaying
from jamjar.relayer.settings import IntakeSettings
from jamjar.relayer.worker import Worker
from jamjar.service.clock import SteadyClock
from jamjar.service.refusal import Refused

EPOCH: Final = 5
"""Seconds between epochs when claimants, relayer and node all run at once."""
FREE: Final = IntakeSettings(Timing(Epochs(EPOCH)), most=10**7, reserve=1, share=1.0, burst=10**7)
"""Settings without rate limits, because one program sends for all claimants."""
REMEMBERED: Final = 10**6
"""Consents that a relayer remembers, so that it need not ask its node about them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A relayer's node, database, deployment, account keys, and the seconds by which its clock is ahead.

    most      how many consents it remembers
    settings  how it accepts, and `pause` the seconds between the passes in which it carries
    """

    url: str
    database: str
    deployment: Deployment
    keys: tuple[bytes, ...]
    ahead: float
    most: int = REMEMBERED
    settings: IntakeSettings = FREE
    pause: float = PAUSE

    def clock(self) -> SteadyClock:
        """Return the chain's clock: this machine's, `ahead` seconds ahead."""
        return SteadyClock(lambda: time.time() + self.ahead, time.monotonic)

    def intake(self, queue: Queue, replayed: ReplayedLook) -> tuple[Intake, RelayerNodeView]:
        """Return the intake, and its view of the ledger through the node."""
        accounts = [Account.from_key(key) for key in self.keys]
        carrier, operator = accounts[-1].address, AccountSigner(accounts[0])
        view = RelayerNodeView(lambda: Ledger(self.url, self.deployment), carrier)
        parts = {"ledger_view": view, "queue": queue, "operator": operator, "carrier": carrier, "clock": self.clock()}
        return Intake(self.settings, self.deployment, replayed=replayed, **parts), view

    @contextmanager
    def replaying(self) -> Iterator[ReplayedLook]:
        """Replay the ledger during the block, which begins once all of it is replayed."""
        carrier = Account.from_key(self.keys[-1]).address
        with replaying(self.url, self.deployment, carrier, self.most) as view:
            while self.most and not view.is_sure():
                time.sleep(0.1)
            yield view.look


@dataclass(frozen=True, slots=True)
class Taken:
    """The elapsed and the processor seconds that accepting messages took, and over HTTP the seconds of each answer."""

    messages: int
    seconds: float
    cpu_seconds: float
    answers: Sequence[float] = ()

    @property
    def per_second(self) -> float:
        """Messages accepted a second."""
        return self.messages / self.seconds

    @property
    def cpu_ms(self) -> float:
        """The milliseconds of processor time for each."""
        return self.cpu_seconds / self.messages * 1000


def take(place: Place, texts: Sequence[str]) -> Taken:
    """Accept messages one after another through the library."""
    queue = Queue(place.database)
    with place.replaying() as replayed:
        intake, view = place.intake(queue, replayed)
        view.time()  # connects
        began, worked = time.perf_counter(), time.process_time()
        try:
            for text in texts:
                intake.take(text, "claimants")
        except Refused as refused:  # cannot be sent from one process to another
            raise RuntimeError(str(refused)) from None
        found = Taken(len(texts), time.perf_counter() - began, time.process_time() - worked)
    queue.close()
    return found


def serve(place: Place, parent: Connection) -> None:
    """Run a whole relayer over HTTP and send its port, until the other end of the connection is closed.

    Whatever is received meanwhile is answered with the seconds of processor time that this process has taken.
    """
    queue, clock = Queue(place.database), place.clock()
    accounts = [Account.from_key(key) for key in place.keys]
    node = CarrierNode(place.url, place.deployment)
    carrier = Carrier(
        node, Journal(queue.engine), accounts, place.deployment, settings=SETTINGS, random=random.SystemRandom()
    )
    worker = Worker(carrier, clock, place.pause)
    with place.replaying() as replayed, socket.create_server(("127.0.0.1", 0)) as listening:
        intake, view = place.intake(queue, replayed)
        app = create_app(
            intake,
            Metrics(queue, clock),
            lambda: examine(queue, view, worker, place.settings.timing.epochs, clock),
            start=worker.start,
            stop=worker.stop,
        )
        parent.send(listening.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        threading.Thread(target=_until_closed, args=(parent, server), daemon=True).start()
        server.run(sockets=[listening])
    parent.close()
    os._exit(0)  # the web server's pool may still wait for a disconnected claimant


def _until_closed(parent: Connection, server: uvicorn.Server) -> None:
    try:
        while True:
            parent.recv()
            parent.send(time.process_time())
    except EOFError:
        server.should_exit = True


@dataclass(frozen=True, slots=True)
class Serving:
    """A relayer over HTTP in a process of its own."""

    port: int
    process: Connection

    def cpu_seconds(self) -> float:
        """Return the processor time that it has taken."""
        self.process.send(None)
        return float(self.process.recv())


@contextmanager
def serving(place: Place) -> Iterator[Serving]:
    """Run a relayer over HTTP in a process of its own during the block."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(place, theirs))
    process.start()
    theirs.close()
    try:
        yield Serving(ours.recv(), ours)
    finally:
        ours.close()
        process.join(20)
        process.kill()


def post(to: Serving, texts: Sequence[str], claimants: int) -> Taken:
    """Send messages over HTTP, on a connection for each claimant at once."""
    began, worked = time.perf_counter(), to.cpu_seconds()
    with ThreadPoolExecutor(claimants) as pool:
        each = pool.map(lambda first: _post(to.port, texts[first::claimants]), range(claimants))
        answers = sorted(seconds for some in each for seconds in some)
    return Taken(len(texts), time.perf_counter() - began, to.cpu_seconds() - worked, answers)


def _post(port: int, texts: Sequence[str]) -> list[float]:
    connection, answers = http.client.HTTPConnection("127.0.0.1", port, timeout=60), []
    for text in texts:
        began = time.perf_counter()
        connection.request("POST", "/messages", text.encode(), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        body = answer.read()
        answers.append(time.perf_counter() - began)
        assert answer.status == 202, body.decode()
    connection.close()
    return answers
