"""The health and the metrics of a hop: counts, with no identities."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from jamjar.encoding.json_schema import TEXT, Schema, listed, record
from jamjar.hop.passing import Passing
from jamjar.hop.service import store_problem
from jamjar.hop.store import HopStore

PASS_SECONDS: Final = 300
"""How old the last pass may be: gateways may be slow."""
_NUMBER: Final = {"type": "integer"}
SCHEMA: Final[Schema] = record(
    {"next_epoch_in": _NUMBER, "last_pass_age": _NUMBER, "database": {"type": "boolean"}, "problems": listed(TEXT)}
)
"""The JSON Schema of what `HopHealth.to_fields` makes, ages in seconds."""


@dataclass(frozen=True, slots=True)
class HopHealth:
    """Problems, as sentences, and facts; times in seconds."""

    problems: tuple[str, ...]
    facts: dict[str, Any]

    def to_fields(self) -> dict[str, Any]:
        """Return it as an object for JSON."""
        return {**self.facts, "problems": list(self.problems)}


def examine_hop(store: HopStore, passing: Passing, epoch_after: Callable[[float], int], now: float) -> HopHealth:
    """Check everything once; reads the database."""
    age, broken = int(now) - passing.last_pass, store_problem(store)
    facts = {"next_epoch_in": epoch_after(now) - int(now), "last_pass_age": age, "database": not broken}
    late = "The hop no longer passes on; read the log, and restart the hop." if age > PASS_SECONDS else ""
    return HopHealth(tuple(filter(None, (broken, passing.problem, late))), facts)


class HopMetrics:
    """The counters of one hop, and figures of its database at the time of reading."""

    def __init__(self, store: HopStore, clock: Callable[[], float]) -> None:
        self.registry = CollectorRegistry()
        self.taken = Counter(
            "jamjar_hop_taken", "Requests taken, by whether they were kept, urgent, or passed on at once.",
            ["how"], registry=self.registry,
        )  # fmt: skip
        self.refused = Counter("jamjar_hop_refused", "Requests refused.", ["code"], registry=self.registry)
        self.registry.register(_OfHopStore(store, clock))

    def page(self) -> bytes:
        """Return everything in the Prometheus text format 0.0.4; raises DatabaseUnavailable."""
        return generate_latest(self.registry)


class _OfHopStore(Collector):
    def __init__(self, store: HopStore, clock: Callable[[], float]) -> None:
        self._store, self._clock = store, clock

    def describe(self) -> Iterable[Metric]:
        return ()  # the database is read only on request

    def collect(self) -> Iterable[Metric]:
        kept = GaugeMetricFamily("jamjar_hop_kept", "Requests and responses by state.", labels=["state"])
        for state, count in self._store.counts().items():
            kept.add_metric([state.name], count)
        due = self._store.oldest_due()
        late = 0 if due is None else max(0, int(self._clock()) - due)
        yield kept
        yield GaugeMetricFamily(
            "jamjar_hop_oldest_due_seconds", "How long the oldest request has been due.", value=late
        )
