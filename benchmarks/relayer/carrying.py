"""A relayer's carrier in a process of its own: how fast it records its queue, and where its time goes."""

import cProfile
import pstats
import random
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Final

from eth_account import Account
from sqlalchemy import func, insert, select

from benchmarks.relayer.workload import DEPTH, Stage
from jamjar.protocol import signed_message, typed_data
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import SignedMessage
from jamjar.relayer.carrier import Carrier
from jamjar.relayer.item import ItemState
from jamjar.relayer.journal import Journal
from jamjar.relayer.node import CarrierNode
from jamjar.relayer.queue import Queue
from jamjar.relayer.settings import CarrierSettings
from jamjar.relayer.tables import ITEMS
from jamjar.service.database import is_sqlite, transaction

PAUSE: Final = 0.02
"""Seconds between passes."""
SETTINGS: Final = CarrierSettings(depth=DEPTH)
GROUPS: Final = {
    "rest": ("time.sleep",),
    "database": ("sqlalchemy", "sqlite3", "psycopg", "/journal.py", "/database.py"),
    "sign": ("eth_account", "eth_keys", "coincurve", "/transactions.py", "rlp"),
    "encode": ("/calldata.py", "json/decoder", "json.loads", "_json"),
    "decode": ("/outcomes.py", "/node.py", "json/encoder", "eth_abi", "hexbytes"),
    "node": ("requests", "urllib3", "http/client", "socket", "web3", "/rpc.py", "_ssl"),
}
"""The groups of the profile: a function belongs to the first that has a part of its file or name."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A carrier's elapsed seconds, CPU seconds and passes, and its profile by groups if it was profiled."""

    seconds: float
    cpu_seconds: float
    passes: int
    recorded: int
    profile: dict[str, float]
    problem: str

    @property
    def python_share(self) -> float:
        """The carrier process' CPU time as a share of the elapsed time."""
        return self.cpu_seconds / self.seconds


def fill(queue: Queue, deployment: Deployment, messages: Iterable[SignedMessage], now: int) -> None:
    """Put messages into a queue as accepted and due, without checking them."""
    rows = [
        {
            "id": typed_data.digest(domain := deployment.domain_of(type(each.message)), each.message),
            "kind": type(each.message).__name__,
            "consent": each.message.consent,
            "signed": signed_message.to_json(each, domain),
            "accepted_at": now,
            "due_at": now,
            "carry_by": now + 600,
            "state": int(ItemState.WAITING),
        }
        for each in messages
    ]
    with transaction(queue.engine) as connection:
        connection.execute(insert(ITEMS), rows)
    if is_sqlite(queue.engine):  # otherwise the first message accepted pays for this checkpoint
        raw = queue.engine.raw_connection()
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()


def carry(place: tuple[str, str, Deployment], keys: Sequence[bytes], now: int, *, profiled: bool) -> Carried:
    """Carry the queue until everything is final, in this process; `place` is node, database and deployment."""
    url, database, deployment = place
    queue = Queue(database)
    node, accounts = CarrierNode(url, deployment), [Account.from_key(key) for key in keys]
    journal = Journal(queue.engine)
    carrier = Carrier(node, journal, accounts, deployment, settings=SETTINGS, random=random.SystemRandom())
    node.head()  # checks the deployment, once
    before, passes, profile = _recorded(queue), 0, cProfile.Profile()
    if profiled:
        profile.enable()
    began, worked = time.perf_counter(), time.process_time()
    while carrier.pass_once(now + int(time.perf_counter() - began)):
        passes += 1
        time.sleep(PAUSE)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    profile.disable()
    recorded, problem = _recorded(queue) - before, carrier.problem
    queue.close()
    return Carried(seconds, cpu, passes, recorded, _groups(profile) if profiled else {}, problem)


@dataclass(frozen=True, slots=True)
class Row:
    """The relayer and the ceiling, in messages a second; with `counts` the bound applies to it.

    share         of the ceiling that the relayer reaches
    block_share   of the gas limits of the blocks with its transactions, the gas that they used
    python_share  of the elapsed time that is the relayer process' CPU time
    gas           that one commitment used
    """

    blocks: str
    commitments: str
    counts: bool
    ceiling: float
    relayer: float
    share: float
    block_share: float
    python_share: float
    gas: float


def compared(
    stage: Stage, folder: str, messages: int, say: Callable[[str], object]
) -> tuple[list[Row], dict[str, float]]:
    """Return the relayer's rates beside the ceiling's, with half of the claimants for each, and its profile."""
    rows, database = [], f"sqlite:///{folder}/carried.db"
    for interval, commitments in ((1, "first"), (1, "replacing"), (0, "replacing")):
        blocks = "each second" if interval else "at once"
        say(f"Commitments, {commitments}, blocks {blocks} ...")
        with stage.mining(interval):
            ceiling = stage.ceiling(stage.commitments(slice(0, messages)))
            first = stage.chain.node.height() + 1
            found = _relayed(stage, database, messages, profiled=False)
            pace = stage.pace(messages, found.seconds, first)
        share = pace.per_second / ceiling.per_second
        speeds = ceiling.per_second, pace.per_second, share, pace.block_share, found.python_share
        rows.append(Row(blocks, commitments, bool(interval), *speeds, pace.gas / messages))
    say("Where the time goes ...")
    with stage.mining(1):
        return rows, _relayed(stage, database, messages, profiled=True).profile


def _relayed(stage: Stage, database: str, messages: int, *, profiled: bool) -> Carried:
    """Have a relayer carry a commitment of each claimant in the second half."""
    queue, deployment, now = Queue(database), stage.chain.deployment, stage.chain.now()
    fill(queue, deployment, stage.commitments(slice(messages, 2 * messages)), now)
    queue.close()
    keys, place = [bytes(account.key) for account in stage.accounts], (stage.url, database, deployment)
    found: Carried = in_process(carry, place, keys, now, profiled=profiled)
    if found.recorded != messages:
        raise RuntimeError(f"Only {found.recorded} of {messages} messages were recorded. {found.problem}")
    return found


def in_process(task: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Run a task in a fresh process and return its result."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(task, *arguments, **named).result()


def _recorded(queue: Queue) -> int:
    with transaction(queue.engine) as connection:
        asked = select(func.count()).select_from(ITEMS).where(ITEMS.c.state == ItemState.RECORDED)
        return int(connection.execute(asked).scalar_one())


def _groups(profile: cProfile.Profile) -> dict[str, float]:
    """Return the seconds spent in functions themselves, by groups."""
    found = dict.fromkeys((*GROUPS, "other"), 0.0)
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, Any]] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    for (file, _, name), (_, _, own, _, callers) in stats.items():
        place = f"{file}:{name}"
        if file == "~" and callers:  # a built-in function counts for its most expensive caller
            caller = max(callers, key=lambda each: callers[each][2])
            place += f" {caller[0]}:{caller[2]}"
        found[next((group for group, parts in GROUPS.items() if any(p in place for p in parts)), "other")] += own
    return found
