"""Whether a relayer is well: it sees the ledger and its queue, it carries, and it keeps what it promised."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from jamjar.errors import LedgerError
from jamjar.relayer.epochs import Epochs
from jamjar.relayer.ledger_view import RelayerLedgerView
from jamjar.relayer.queue import Queue
from jamjar.relayer.worker import Worker
from jamjar.service.database import DatabaseUnavailable

PASS_SECONDS: Final = 120
"""How old the last pass may be, as one may wait for a node that is slow, and how late what it is to carry."""


@dataclass(frozen=True, slots=True)
class Health:
    """What is wrong, as sentences, and facts; times in seconds."""

    problems: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)


def examine(
    queue: Queue, ledger_view: RelayerLedgerView, worker: Worker, epochs: Epochs, clock: Callable[[], float]
) -> Health:
    """Look at everything once; asks node and database."""
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
            problems.append("The ledger's clock is ahead of this machine's; set this one right.")
    except LedgerError:
        facts["node"] = False
        problems.append("The node does not answer; see that it runs.")
    try:
        earliest = queue.earliest()
        facts |= {"database": True, "oldest_due_age": max(0, now - earliest[0]) if earliest else 0}
        if earliest and earliest[1] + PASS_SECONDS < now:  # it may be in a block, and not final yet
            problems.append("A message is not carried though its time has passed; see what keeps it.")
    except DatabaseUnavailable as error:
        facts["database"] = False
        problems.append(str(error))
    if worker.problem:
        problems.append(worker.problem)
    if now - worker.last_pass > PASS_SECONDS:
        problems.append("Nothing is carried any more; look at the log, and start the relayer again.")
    return Health(tuple(problems), facts)
