"""Whether the books balance after a run: what relayers accepted, what stands on the ledger at every node, and the log.

The ledger is read with `eth_getLogs` and counted by the first topic, without the code that relayers and audits use.
"""

import sqlite3
import statistics
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.network.services import OPERATORS, database
from jamjar.protocol.event_decoding import topic_of
from jamjar.relayer.item import ItemState
from jamjar.sandbox.institutions import Institutions
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.ledger_source import LedgerSource

EVENTS: Final = {"Grant": "ConsentGranted", "Commit": "Committed", "Withdraw": "ConsentWithdrawn"}
SETTLE_SECONDS: Final = 900.0
"""How long relayers may take at the end until nothing waits any more."""
_ROWS: Final = (
    "SELECT id, kind, state, block, transaction_hash, log_index, coalesce(reason, ''), due_at, ended_at FROM items"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A message as a relayer's database has it."""

    id: bytes
    kind: str
    state: int
    block: int | None
    transaction: bytes | None
    log_index: int | None
    reason: str
    due_at: int
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class Books:
    """All messages of the relayers, and the events of each node in order."""

    rows: tuple[Row, ...]
    events: Mapping[int, tuple[RawEvent, ...]]

    def count(self, state: ItemState) -> int:
        """Return how many messages are in a state."""
        return sum(row.state == state for row in self.rows)

    def reasons(self) -> Counter[str]:
        """Return why messages were rejected, by the code."""
        return Counter(
            row.reason.split(":")[0].split("(")[0][:40] for row in self.rows if row.state == ItemState.REJECTED
        )

    def seconds(self) -> list[int]:
        """Return how many seconds after it was due each recorded message was known to be recorded, in order."""
        return sorted((row.ended_at or 0) - row.due_at for row in self.rows if row.state == ItemState.RECORDED)


def settled(at: Institutions) -> bool:
    """Wait until the relayers have nothing left to do, and return whether that came."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while any(row.state < ItemState.RECORDED for row in rows(at)):
        if time.monotonic() > deadline:
            return False
        time.sleep(2)
    return True


def rows(at: Institutions) -> tuple[Row, ...]:
    """Return all messages that the relayers accepted."""
    found = list[Row]()
    for operator in OPERATORS:
        found += _read(database(at, operator))
    return tuple(found)


def read(at: Institutions) -> Books:
    """Read the relayers' databases and each node."""
    deployment, events = at.found(), dict[int, tuple[RawEvent, ...]]()
    sources = {member: LedgerSource(url, deployment, 0) for member, url in at.nodes.items()}
    last = min(source.final() for source in sources.values())
    for member, source in sources.items():
        events[member] = tuple(source.events(deployment.block, last))
    return Books(rows(at), events)


def wrong(books: Books, accepted: Mapping[bytes, str], log_size: int) -> list[str]:
    """Return what does not hold, in sentences; nothing when all does.

    accepted  the kind of each message that a sender has an answer for, by its digest
    log_size  how many events the published log has
    """
    by_id, events = {row.id: row for row in books.rows}, next(iter(books.events.values()))
    recorded, rejected = books.count(ItemState.RECORDED), books.count(ItemState.REJECTED)
    places = {(row.block, row.transaction, row.log_index) for row in books.rows if row.state == ItemState.RECORDED}
    topics = {kind: bytes.fromhex(str(topic_of(name))[2:]) for kind, name in EVENTS.items()}
    there = {(e.block, e.transaction, e.index): e.topics[0] for e in events if e.topics[0] in topics.values()}
    checks = [
        ("A message that was accepted is in no database.", set(accepted) <= set(by_id)),
        ("Accepted are not recorded and rejected.", len(books.rows) == recorded + rejected),
        ("Two messages have the same event.", len(places) == recorded),
        ("An event is there that no message made, or twice.", set(there) <= places),
        ("A message counts as recorded, and has no event.", places <= set(there)),
        ("Nodes have different events.", len(set(books.events.values())) == 1),
        ("The log has another number of events than the nodes.", log_size == len(events)),
    ]
    for kind, topic in topics.items():
        of_kind = sum(row.kind == kind and row.state == ItemState.RECORDED for row in books.rows)
        same = of_kind == sum(found == topic for found in there.values())
        checks.append((f"Events of {kind} are not as many as messages recorded.", same))
    return [sentence for sentence, holds in checks if not holds]


def percentiles(values: list[int]) -> tuple[float, float, float]:
    """Return median, 95th percentile and maximum of sorted values."""
    return statistics.median(values), values[int(len(values) * 0.95)], values[-1]


def _read(file: Path) -> list[Row]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=60)) as connection:
        return [Row(*each) for each in connection.execute(_ROWS)]
