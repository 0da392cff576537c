"""The counts of an audit for its report's charts, in a size that does not grow with the number of events."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from jamjar.protocol.settings import DAY

MOST_EPOCHS: Final = 48
"""Most bars in the chart of activity; epochs become longer when there would be more."""
ACTIVITY: Final = {
    "ConsentGranted": "granted",
    "Committed": "committed",
    "ConsentUsed": "used",
    "AdviceRecorded": "advised",
    "ConsentReleased": "ended",
    "ConsentWithdrawn": "ended",
}
"""The kinds of events in the chart; all others are counted as other."""
KINDS: Final = ("granted", "committed", "used", "advised", "ended", "other")
LIVES: Final = (
    (1, "less than a day"),
    (7, "up to a week"),
    (30, "up to 30 days"),
    (90, "up to 90 days"),
    (None, "longer"),
)
"""Lifetimes of consents, at most so many days, and their names."""


@dataclass(slots=True)
class Gas:
    """The gas of one function: its calls, the events they recorded, and their total, least and most gas."""

    calls: int = 0
    events: int = 0
    total: int = 0
    least: int = 0
    most: int = 0

    def add(self, gas: int, events: int) -> None:
        """Count one call."""
        self.least = min(self.least, gas) if self.calls else gas
        self.most = max(self.most, gas)
        self.calls += 1
        self.events += events
        self.total += gas


@dataclass(slots=True)
class Figures:
    """The counts; times in Unix seconds, lives by the names of `LIVES`, uses by the recipient's number."""

    blocks: int = 0
    transactions: int = 0
    events: int = 0
    width: int = DAY
    epochs: dict[int, dict[str, int]] = field(default_factory=dict)
    lives: dict[str, int] = field(default_factory=dict)
    uses: dict[int, int] = field(default_factory=dict)
    gas: dict[str, Gas] = field(default_factory=dict)

    def event(self, name: str, time: int) -> None:
        """Count an event in its epoch, by its Solidity name."""
        self.events += 1
        kind = ACTIVITY.get(name, "other")
        counts = self.epochs.setdefault(time // self.width, {})
        counts[kind] = counts.get(kind, 0) + 1
        while len(self.epochs) > 1 and max(self.epochs) - min(self.epochs) >= MOST_EPOCHS:
            self._widen()

    def used(self, recipient: int) -> None:
        """Count a use by a member."""
        self.uses[recipient] = self.uses.get(recipient, 0) + 1

    def ended(self, seconds: int) -> None:
        """Count a consent that ended this many seconds after its beginning."""
        name = next(name for days, name in LIVES if days is None or seconds < days * DAY)
        self.lives[name] = self.lives.get(name, 0) + 1

    def called(self, function: str, gas: int, events: int) -> None:
        """Count a successful call."""
        self.transactions += 1
        self.gas.setdefault(function or "(none)", Gas()).add(gas, events)

    def to_json(self) -> dict[str, Any]:
        """Return the counts as plain values, which `from_json` reads."""
        return {
            "blocks": self.blocks,
            "transactions": self.transactions,
            "events": self.events,
            "width": self.width,
            "epochs": {str(epoch): counts for epoch, counts in sorted(self.epochs.items())},
            "lives": self.lives,
            "uses": {str(member): count for member, count in sorted(self.uses.items())},
            "gas": {name: asdict(gas) for name, gas in self.gas.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Figures":
        """Return the figures that `to_json` wrote."""
        counted = {name: data[name] for name in ("blocks", "transactions", "events", "width")}
        return cls(
            **counted,
            epochs={int(epoch): dict(counts) for epoch, counts in data["epochs"].items()},
            lives=dict(data["lives"]),
            uses={int(member): count for member, count in data["uses"].items()},
            gas={name: Gas(**gas) for name, gas in data["gas"].items()},
        )

    def _widen(self) -> None:
        wider: dict[int, dict[str, int]] = {}
        for epoch, counts in self.epochs.items():
            sums = wider.setdefault(epoch // 2, {})
            for kind, count in counts.items():
                sums[kind] = sums.get(kind, 0) + count
        self.epochs, self.width = wider, self.width * 2
