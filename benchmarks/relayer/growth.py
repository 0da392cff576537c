"""What a message costs a relayer, its database and the ledger, by the number of messages."""

from collections.abc import Callable
from dataclasses import dataclass
from time import time
from typing import Any, Final

from sqlalchemy import Engine

from benchmarks.relayer.accepting import Place, Taken, take
from benchmarks.relayer.carrying import Carried, carry, fill, in_process
from benchmarks.relayer.workload import BATCH, Stage
from jamjar.relayer.queue import Queue
from jamjar.relayer.tables import METADATA
from jamjar.service.database import is_sqlite, transaction

GIVEN: Final = BATCH
"""The number of messages that are accepted one by one, while the others wait, which are put into the queue at once."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What one of `messages` costs: milliseconds of CPU time and of elapsed time, bytes, gas.

    accept    accepting it while all others wait
    carry     carrying it from the queue until it is recorded at depth
    ledger    the bytes of blocks and events
    """

    database: str
    messages: int
    accept_cpu_ms: float
    accept_ms: float
    carry_cpu_ms: float
    carry_ms: float
    database_bytes: float
    ledger_bytes: float
    gas: float


COSTS: Final = ("accept_cpu_ms", "carry_cpu_ms", "database_bytes", "ledger_bytes", "gas")
"""The costs that must not grow; elapsed time depends on the node as well."""


def grown(rows: list[Growth], most: float) -> list[str]:
    """Return a sentence for each cost that with the most messages is more than `most` times that with the fewest."""
    return [
        f"{last.database}: {name} is {getattr(last, name):.3f} with {last.messages:,} messages, "
        f"{getattr(first, name):.3f} with {first.messages:,}."
        for first, last in _ends(rows)
        for name in COSTS
        if getattr(last, name) > most * getattr(first, name)
    ]


def _ends(rows: list[Growth]) -> list[tuple[Growth, Growth]]:
    by_name: dict[str, list[Growth]] = {}
    for row in rows:
        by_name.setdefault(row.database, []).append(row)
    return [(found[0], found[-1]) for found in by_name.values()]


def measure(stage: Stage, database: str, claimants: slice, say: Callable[[str], object]) -> Growth:
    """Return what a commitment of each of these claimants costs with an empty database."""
    queue = Queue(database)
    kind, before = queue.engine.dialect.name, _bytes(queue.engine)
    commitments, deployment = stage.commitments(claimants), stage.chain.deployment
    messages = len(commitments)
    say(f"{messages:,} commitments, {kind} ...")
    with stage.mining(1):
        now = stage.chain.now()
        fill(queue, deployment, commitments[GIVEN:], now)
        keys = tuple(bytes(account.key) for account in stage.accounts)
        place = Place(stage.url, database, deployment, keys, now - time())
        taken: Taken = in_process(take, place, [stage.text(each) for each in commitments[:GIVEN]])
        first = stage.chain.node.height() + 1
        carried: Carried = in_process(carry, (stage.url, database, deployment), keys, stage.chain.now(), profiled=False)
        if carried.recorded != messages:
            raise RuntimeError(f"Only {carried.recorded} of {messages} messages were recorded. {carried.problem}")
        gas, on_ledger = ledger(stage, first)
    in_database = _bytes(queue.engine) - before
    METADATA.drop_all(queue.engine)
    queue.close()
    door = taken.cpu_seconds / GIVEN * 1000, taken.seconds / GIVEN * 1000
    way = carried.cpu_seconds / messages * 1000, carried.seconds / messages * 1000
    return Growth(kind, messages, *door, *way, *(each / messages for each in (in_database, on_ledger, gas)))


def ledger(stage: Stage, first: int) -> tuple[int, int]:
    """Return the gas, and the bytes of blocks and events, from block `first` on."""
    gas = size = 0
    for number in range(first, stage.chain.node.height() + 1):
        block: Any = stage.chain.ask("eth_getBlockByNumber", hex(number), False)
        if block["transactions"]:
            gas, size = gas + int(block["gasUsed"], 16), size + int(block["size"], 16)
            for receipt in stage.chain.ask("eth_getBlockReceipts", hex(number)):
                size += sum(20 + 32 * len(log["topics"]) + len(log["data"]) // 2 - 1 for log in receipt["logs"])
    return gas, size


def _bytes(engine: Engine) -> int:
    with transaction(engine) as connection:
        if not is_sqlite(engine):
            return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
        pages, size = (
            int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in ("page_count", "page_size")
        )
        return pages * size
