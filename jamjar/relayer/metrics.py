"""The metrics of a relayer for Prometheus: counts, rates and durations, with no identities."""

import threading
from collections.abc import Callable, Iterable
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from jamjar.relayer.item import ItemState
from jamjar.relayer.queue import Queue

SETTLED_SECONDS: Final = 10
"""Seconds after its end when an item is counted: a commit becomes visible a little later."""
_BUCKETS: Final = (1, 5, 15, 30, 60, 120, 300, 600, 1200, 3600, 86400)


class Metrics:
    """The counters of one relayer, and figures of its queue at the time of reading."""

    def __init__(self, queue: Queue, clock: Callable[[], float], deleted: Callable[[], int] = lambda: 0) -> None:
        """Take the queue, a clock, and what counts the ended items that were deleted since the start."""
        self._queue = queue
        self._clock = clock
        self._counted_until = int(clock())
        self._lock = threading.Lock()
        self.registry = CollectorRegistry()
        self.accepted = Counter("jamjar_relayer_accepted", "Messages accepted.", registry=self.registry)
        self.refused = Counter("jamjar_relayer_refused", "Messages refused.", ["code"], registry=self.registry)
        self._ended = Counter(
            "jamjar_relayer_ended", "Items that became final since the start.", ["state"], registry=self.registry
        )
        self._seconds = Histogram(
            "jamjar_relayer_recorded_seconds", "From acceptance to being recorded, at depth.",
            buckets=_BUCKETS, registry=self.registry,
        )  # fmt: skip
        gone = Gauge("jamjar_relayer_deleted_items", "Ended items deleted since the start.", registry=self.registry)
        gone.set_function(deleted)
        self.registry.register(_OfQueue(queue, clock))

    def page(self) -> bytes:
        """Return everything in the Prometheus text format 0.0.4; raises DatabaseUnavailable."""
        with self._lock:
            until = int(self._clock()) - SETTLED_SECONDS
            for each in self._queue.ended(self._counted_until, until):
                self._ended.labels(each.state.name).inc()
                if each.state is ItemState.RECORDED:
                    self._seconds.observe(each.ended_at - each.accepted_at)
            self._counted_until = max(until, self._counted_until)
        return generate_latest(self.registry)


class _OfQueue(Collector):
    def __init__(self, queue: Queue, clock: Callable[[], float]) -> None:
        self._queue = queue
        self._clock = clock

    def describe(self) -> Iterable[Metric]:
        return ()  # the database is read only on request

    def collect(self) -> Iterable[Metric]:
        items = GaugeMetricFamily("jamjar_relayer_items", "Items by state.", labels=["state"])
        for state, count in self._queue.counts().items():
            items.add_metric([state.name], count)
        earliest, now = self._queue.earliest(), int(self._clock())
        oldest = max(0, now - earliest[0]) if earliest else 0
        yield items
        yield GaugeMetricFamily(
            "jamjar_relayer_oldest_due_seconds", "How long the oldest item has been due.", value=oldest
        )
        yield GaugeMetricFamily(
            "jamjar_relayer_open_carriages", "Transactions that are not final.", value=self._queue.open_carriages()
        )
