"""The health of a relayer: it reaches its node and database, it carries, and it keeps its promises."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from jamjar.encoding.json_schema import TEXT, Schema, listed, record
from jamjar.errors import LedgerError
from jamjar.relayer.epochs import Epochs
from jamjar.relayer.ledger_view import RelayerLedgerView
from jamjar.relayer.queue import Queue
from jamjar.relayer.worker import Worker
from jamjar.service.database import DatabaseUnavailable

PASS_SECONDS: Final = 120
"""How old the last pass may be, as a node may be slow, and how late the items that it carries."""
_NUMBER: Final = {"type": "integer"}
_FLAG: Final = {"type": "boolean"}
_AGES: Final = ("last_epoch_age", "next_epoch_in", "last_pass_age", "newest_block_age", "oldest_due_age")
SCHEMA: Final[Schema] = record(
    {
        **dict.fromkeys(_AGES, _NUMBER),
        "node": _FLAG,
        "database": _FLAG,
        "problems": listed(TEXT),
    },
    *("newest_block_age", "oldest_due_age"),
)
"""The JSON Schema of what `to_fields` makes: ages in seconds, which may be negative where clocks differ."""


@dataclass(frozen=True, slots=True)
class Health:
    """Problems, as sentences, and facts; times in seconds."""

    problems: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)

    def to_fields(self) -> dict[str, Any]:
        """Return it as an object for JSON."""
        return {**self.facts, "problems": list(self.problems)}


def examine(
    queue: Queue, ledger_view: RelayerLedgerView, worker: Worker, epochs: Epochs, clock: Callable[[], float]
) -> Health:
    """Check everything once; reads the node and the database."""
    now, problems = int(clock()), list[str]()
    facts: dict[str, Any] = {
        "last_epoch_age": now - epochs.last_until(now),
        "next_epoch_in": epochs.next_after(now) - now,
        "last_pass_age": now - worker.last_pass,
    }
    try:
        ahead = ledger_view.time() - now
        facts |= {"node": True, "newest_block_age": -ahead}
        if ahead > PASS_SECONDS:
            problems.append("The ledger's clock is ahead of this machine's; correct this machine's clock.")
    except LedgerError:
        facts["node"] = False
        problems.append("The node does not answer; check that it runs.")
    try:
        earliest = queue.earliest()
        facts |= {"database": True, "oldest_due_age": max(0, now - earliest[0]) if earliest else 0}
        if earliest and earliest[1] + PASS_SECONDS < now:  # it may be in a block that is not final yet
            problems.append("A message was not carried in time; find the reason in the log.")
    except DatabaseUnavailable as error:
        facts["database"] = False
        problems.append(str(error))
    if worker.problem:
        problems.append(worker.problem)
    if now - worker.last_pass > PASS_SECONDS:
        problems.append("The relayer no longer carries; read the log, and restart the relayer.")
    return Health(tuple(problems), facts)
