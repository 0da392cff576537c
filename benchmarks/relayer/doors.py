"""What accepting a message takes in each of a relayer's ways, measured one after the other on the same node."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import select

from benchmarks.relayer.accepting import FREE, Place, post, serving, take
from benchmarks.relayer.carrying import in_process
from benchmarks.relayer.replay import replay
from benchmarks.relayer.workload import Stage
from jamjar.relayer.conditions import Timing
from jamjar.relayer.epochs import DAILY
from jamjar.relayer.item import ItemState
from jamjar.relayer.queue import Queue
from jamjar.relayer.tables import ITEMS
from jamjar.service.database import transaction

RUNS: Final = 4


def latencies(queue: Queue) -> list[int]:
    """Return the seconds from acceptance to being recorded at depth, for all recorded messages, in ascending order."""
    asked = select(ITEMS.c.ended_at - ITEMS.c.accepted_at).where(ITEMS.c.state == ItemState.RECORDED)
    with transaction(queue.engine) as connection:
        return sorted(connection.execute(asked).scalars())


def doors(stage: Stage, folder: str, messages: int, claimants: int, say: Callable[[str], object]) -> dict[str, Any]:
    """Return the time that accepting a message takes, and the latencies over HTTP."""
    each, keys = messages // RUNS, tuple(bytes(account.key) for account in stage.accounts)
    later = replace(FREE, timing=Timing(DAILY))
    with stage.mining(1):
        time.sleep(2)
        here = stage.url, stage.chain.deployment, keys, stage.chain.now() - time.time()

        def place(name: str, **changes: Any) -> Place:
            return Place(here[0], f"sqlite:///{folder}/{name}.db", *here[1:], **changes)

        def texts(run: int) -> list[str]:
            return [stage.text(one) for one in stage.commitments(slice(run * each, (run + 1) * each))]

        say("Replaying ...")
        replayed = in_process(replay, *here[:2])
        say("The library's door, asking the node about each message ...")
        asking = in_process(take, place("asking", most=0), texts(0))
        say("The library's door ...")
        library = in_process(take, place("library"), texts(1))
        say("Claimants and HTTP, with nothing to carry yet ...")
        with serving(place("http", settings=later, pause=1.0)) as server:
            alone = post(server, texts(2), claimants)
        say("Claimants, HTTP, relayer and node at once ...")
        at = place("all")
        with serving(at) as server:
            busy, queue = post(server, texts(3), claimants), Queue(at.database)
            while queue.open():
                time.sleep(0.1)
            waited = latencies(queue)
            queue.close()
    return {
        "library_asking_cpu_ms": asking.cpu_ms,
        "library_cpu_ms": library.cpu_ms,
        "http_cpu_ms": alone.cpu_ms,
        "http_alone_per_second": alone.per_second,
        "http_median_ms": alone.answers[len(alone.answers) // 2] * 1000,
        "http_99th_ms": alone.answers[len(alone.answers) * 99 // 100] * 1000,
        "http_per_second": busy.per_second,
        "replay_event_us": replayed.event_cpu_us,
        "replay_consent_bytes": replayed.consent_bytes,
        "recorded": len(waited),
        "latency_median": waited[len(waited) // 2],
        "latency_99th": waited[len(waited) * 99 // 100],
    }
