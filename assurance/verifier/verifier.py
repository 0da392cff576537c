"""The independent verifier, run over what a node says of a deployment."""

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from jamjar.protocol.deployment import Deployment

PROGRAM: Final = Path(__file__).parent / "main.mjs"


class Disagreement(Exception):
    """The node and the verifier disagree, or the verifier could not go on; the text shows both sides."""


@dataclass(slots=True)
class Foretold:
    """How much was foretold and came so: numbers, and by name events, errors of transactions and of batches' items."""

    transactions: int = 0
    logs: int = 0
    views: int = 0
    events: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Foretold") -> None:
        """Add what was foretold of another chain."""
        self.transactions += other.transactions
        self.logs += other.logs
        self.views += other.views
        self.events.update(other.events)
        self.refused.update(other.refused)
        self.rejected.update(other.rejected)

    def table(self, title: str) -> str:
        """Return the numbers as lines of text."""
        compared = f"{self.transactions:,} transactions, {self.logs:,} logs and {self.views:,} views"
        return "\n".join(
            (
                f"{title}: {compared} compared, no disagreement",
                *_lines("events", self.events),
                *_lines("transactions refused", self.refused),
                *_lines("items of batches rejected", self.rejected),
            )
        )


def _lines(title: str, counts: Mapping[str, int]) -> list[str]:
    return [f"  {title}: {sum(counts.values()):,}", *(f"    {n:>6,}  {name}" for name, n in sorted(counts.items()))]


def verify(url: str, deployment: Deployment) -> Foretold:
    """Run the verifier over every transaction and view; raises Disagreement."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        file.write(deployment.to_json())
        file.flush()
        command = ["node", str(PROGRAM), url, file.name, "--json"]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if ended.returncode != 0:
        raise Disagreement(ended.stderr)
    met = json.loads(ended.stdout)
    counts = (Counter(met[name]) for name in ("events", "refused", "rejected"))
    return Foretold(met["transactions"], met["logs"], met["views"], *counts)
