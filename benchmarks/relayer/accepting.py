"""A relayer in a process of its own, as a library and over HTTP: its rate of acceptance, and its latency."""

import http.client
import os
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Final

import uvicorn
from eth_account import Account
from sqlalchemy import select

from benchmarks.relayer.carrying import PAUSE, SETTINGS, in_process
from benchmarks.relayer.workload import Stage
from jamjar.ledger.ledger import Ledger
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import AccountSigner
from jamjar.relayer.app import create_app
from jamjar.relayer.carrier import Carrier
from jamjar.relayer.conditions import Timing
from jamjar.relayer.epochs import Epochs
from jamjar.relayer.health import examine
from jamjar.relayer.intake import Intake
from jamjar.relayer.item import ItemState
from jamjar.relayer.journal import Journal
from jamjar.relayer.ledger_view import RelayerNodeView
from jamjar.relayer.metrics import Metrics
from jamjar.relayer.node import CarrierNode
from jamjar.relayer.queue import Queue
from jamjar.relayer.settings import IntakeSettings
from jamjar.relayer.tables import ITEMS
from jamjar.relayer.worker import Worker
from jamjar.service.clock import SteadyClock
from jamjar.service.database import transaction
from jamjar.service.refusal import Refused

EPOCH: Final = 5
"""Seconds between epochs when claimants, relayer and node all run at once."""
FREE: Final = IntakeSettings(Timing(Epochs(EPOCH)), most=10**7, reserve=1, share=1.0, burst=10**7)
"""Settings without rate limits, because one program sends for all claimants."""


@dataclass(frozen=True, slots=True)
class Place:
    """A relayer's node, database, deployment, account keys, and the seconds by which its clock is ahead."""

    url: str
    database: str
    deployment: Deployment
    keys: tuple[bytes, ...]
    ahead: float

    def clock(self) -> SteadyClock:
        """Return the chain's clock: this machine's, `ahead` seconds ahead."""
        return SteadyClock(lambda: time.time() + self.ahead, time.monotonic)

    def intake(self, queue: Queue) -> tuple[Intake, RelayerNodeView]:
        """Return the intake, and its view of the ledger."""
        accounts = [Account.from_key(key) for key in self.keys]
        carrier, operator = accounts[-1].address, AccountSigner(accounts[0])
        view = RelayerNodeView(lambda: Ledger(self.url, self.deployment), carrier)
        parts = {"ledger_view": view, "queue": queue, "operator": operator, "carrier": carrier, "clock": self.clock()}
        return Intake(FREE, self.deployment, **parts), view


@dataclass(frozen=True, slots=True)
class Taken:
    """The elapsed seconds that accepting messages took, and the CPU seconds where they were measured."""

    messages: int
    seconds: float
    cpu_seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Messages accepted a second."""
        return self.messages / self.seconds


def take(place: Place, texts: Sequence[str]) -> Taken:
    """Accept messages one after another through the library."""
    queue = Queue(place.database)
    intake, watch = place.intake(queue)
    watch.time()  # connects
    began, worked = time.perf_counter(), time.process_time()
    try:
        for text in texts:
            intake.take(text, "claimants")
    except Refused as refused:  # cannot be sent from one process to another
        raise RuntimeError(str(refused)) from None
    found = Taken(len(texts), time.perf_counter() - began, time.process_time() - worked)
    queue.close()
    return found


def serve(place: Place, port: Connection) -> None:
    """Run a whole relayer over HTTP and send its port, until the other end of the connection is closed."""
    queue, clock = Queue(place.database), place.clock()
    intake, watch = place.intake(queue)
    accounts = [Account.from_key(key) for key in place.keys]
    node = CarrierNode(place.url, place.deployment)
    carrier = Carrier(
        node, Journal(queue.engine), accounts, place.deployment, settings=SETTINGS, random=random.SystemRandom()
    )
    worker = Worker(carrier, clock, PAUSE)
    app = create_app(
        intake,
        Metrics(queue, clock),
        lambda: examine(queue, watch, worker, FREE.timing.epochs, clock),
        start=worker.start,
        stop=worker.stop,
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port.send(listening.getsockname()[1])
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        threading.Thread(target=_until_closed, args=(port, server), daemon=True).start()
        server.run(sockets=[listening])
    port.close()
    os._exit(0)  # the web server's pool may still wait for a disconnected claimant


def _until_closed(port: Connection, server: uvicorn.Server) -> None:
    try:
        port.recv()
    except EOFError:
        server.should_exit = True


@contextmanager
def serving(place: Place) -> Iterator[int]:
    """Run a relayer over HTTP in a process of its own during the block, and yield its port."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(place, theirs))
    process.start()
    theirs.close()
    try:
        yield ours.recv()
    finally:
        ours.close()
        process.join(20)
        process.kill()


def post(port: int, texts: Sequence[str], claimants: int) -> Taken:
    """Send messages over HTTP, on a connection for each claimant at once."""
    began = time.perf_counter()
    with ThreadPoolExecutor(claimants) as pool:
        list(pool.map(lambda first: _post(port, texts[first::claimants]), range(claimants)))
    return Taken(len(texts), time.perf_counter() - began)


def _post(port: int, texts: Sequence[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for text in texts:
        connection.request("POST", "/messages", text.encode(), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 202, body.decode()
    connection.close()


def latencies(queue: Queue) -> list[int]:
    """Return the seconds from acceptance to being recorded at depth, for all recorded messages, in ascending order."""
    asked = select(ITEMS.c.ended_at - ITEMS.c.accepted_at).where(ITEMS.c.state == ItemState.RECORDED)
    with transaction(queue.engine) as connection:
        return sorted(connection.execute(asked).scalars())


def doors(stage: Stage, folder: str, messages: int, claimants: int, say: Callable[[str], object]) -> dict[str, Any]:
    """Return the rates at which messages are accepted, and their latencies over HTTP."""
    half, keys = messages // 2, tuple(bytes(account.key) for account in stage.accounts)
    with stage.mining(1):
        time.sleep(2)
        ahead = stage.chain.now() - time.time()
        places = [
            Place(stage.url, f"sqlite:///{folder}/{name}.db", stage.chain.deployment, keys, ahead) for name in "ab"
        ]
        say("The library's door ...")
        taken = in_process(take, places[0], [stage.text(each) for each in stage.commitments(slice(0, half))])
        say("Claimants, HTTP, relayer and node at once ...")
        texts = [stage.text(each) for each in stage.commitments(slice(half, messages))]
        with serving(places[1]) as port:
            posted, queue = post(port, texts, claimants), Queue(places[1].database)
            while queue.open():
                time.sleep(0.1)
            waited = latencies(queue)
            queue.close()
    return {
        "library_per_second": taken.per_second,
        "library_cpu_ms_each": taken.cpu_seconds / half * 1000,
        "http_per_second": posted.per_second,
        "recorded": len(waited),
        "latency_median": waited[len(waited) // 2],
        "latency_99th": waited[len(waited) * 99 // 100],
    }
