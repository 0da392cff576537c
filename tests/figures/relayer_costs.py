"""What commitments cost a relayer, its database and the ledger, counted, in this process and with nobody waiting."""

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import Engine

from benchmarks.relayer.accepting import Place
from benchmarks.relayer.carrying import SETTINGS, fill
from benchmarks.relayer.growth import GIVEN, ledger
from benchmarks.relayer.workload import Stage
from jamjar.protocol.signing import SignedMessage
from jamjar.relayer.carrier import Carrier
from jamjar.relayer.intake import ReplayedLook
from jamjar.relayer.journal import Journal
from jamjar.relayer.node import CarrierNode
from jamjar.relayer.node_events import NodeEvents
from jamjar.relayer.queue import Queue
from jamjar.relayer.replayed_view import ReplayedView
from jamjar.service.clock import SteadyClock
from jamjar.service.database import is_sqlite, transaction
from tests.support.counting import counted

PASSES = 1_000
READ = "SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables"


@dataclass(frozen=True)
class Costs:
    """What one message costs, by what is counted.

    door     once the first has been taken, which finds out how full the relayer is, while all others wait
    asking   the same, of a relayer that replays nothing
    way      from the queue to recorded at depth
    kept     bytes: in the database, and on the ledger
    read     rows that PostgreSQL read for it; None of SQLite, whose steps are counted
    """

    door: dict[str, float]
    asking: dict[str, float]
    way: dict[str, float]
    kept: dict[str, float]
    read: float | None
    gas: float


class StillPlace(Place):
    """A relayer whose time is `ahead`: no epoch passes while it decides, which would have it decide again."""

    def clock(self) -> SteadyClock:
        return SteadyClock(lambda: self.ahead, lambda: 0.0)


def relayer_costs(stage: Stage, database: str, claimants: slice) -> Costs:
    """Have a relayer with an empty database take and carry a commitment of each of these claimants."""
    commitments, number = stage.commitments(claimants), len(range(*claimants.indices(len(stage.keys))))
    queue = Queue(database)
    empty = _bytes(queue.engine)
    fill(queue, stage.chain.deployment, commitments[2 * GIVEN :], stage.chain.now())
    queue.close()
    carrier = stage.accounts[-1].address
    view = ReplayedView(NodeEvents(stage.url, stage.chain.deployment), 0, carrier, most=10**6, clock=lambda: 1.0)
    while view.follow():
        pass
    door = _door(stage, database, commitments[:GIVEN], view.look)
    asking = _door(stage, database, commitments[GIVEN : 2 * GIVEN], lambda *_: None)
    first = stage.chain.node.height() + 1
    way = _way(stage, database)
    gas, size = ledger(stage, first)
    queue = Queue(database)
    kept, read = _bytes(queue.engine) - empty, None if is_sqlite(queue.engine) else _one(queue.engine, READ)
    queue.close()
    return Costs(
        {what: many / (GIVEN - 1) for what, many in door.items()},
        {what: many / (GIVEN - 1) for what, many in asking.items()},
        {what: many / number for what, many in way.items()},
        {"database": kept / number, "ledger": size / number},
        None if read is None else float(read) / number,
        gas / number,
    )


def _door(stage: Stage, database: str, commitments: list[SignedMessage], replayed: ReplayedLook) -> Counter[str]:
    now, texts = stage.chain.now(), [stage.text(each) for each in commitments]
    keys = tuple(bytes(account.key) for account in stage.accounts)
    place = StillPlace(stage.url, database, stage.chain.deployment, keys, now)
    with counted() as counts:
        queue = Queue(database)
        intake, _ = place.intake(queue, replayed)
        intake.take(texts[0], "claimants")
        before = Counter(counts)
        for text in texts[1:]:
            intake.take(text, "claimants")
        queue.close()
    counts.subtract(before)
    return counts


def _way(stage: Stage, database: str) -> Counter[str]:
    deployment, random = stage.chain.deployment, Random(1)  # noqa: S311 - the same in every run
    now = stage.chain.now() + 60
    with counted() as counts:
        queue = Queue(database)
        node, journal = CarrierNode(stage.url, deployment), Journal(queue.engine)
        carrier = Carrier(node, journal, stage.accounts, deployment, settings=SETTINGS, random=random)
        for later in range(PASSES):
            if not carrier.pass_once(now + later):
                break
            stage.chain.ask("evm_mine")
        queue.close()
    assert later < PASSES - 1, carrier.problem
    return counts


def _bytes(engine: Engine) -> int:
    if not is_sqlite(engine):
        return int(_one(engine, "SELECT pg_database_size(current_database())"))
    return int(_one(engine, "PRAGMA page_count")) * int(_one(engine, "PRAGMA page_size"))


def _one(engine: Engine, question: str) -> Any:
    with transaction(engine) as connection:
        return connection.exec_driver_sql(question).scalar_one()
