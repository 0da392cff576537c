"""Random faults in a network, from a seed: a node or a relayer is killed or stopped, or all at once, one after another.

The faults come as cards of a deck that is shuffled again when it is used up, so that each kind comes in each deck.
"""

import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from benchmarks.network.nodes import LocalNodes
from benchmarks.network.services import Service

DECK: Final = ("kill a node",) * 4 + ("stop a node",) * 3 + ("kill a service",) * 4 + ("kill all",)
QUIET: Final = (10.0, 30.0)
"""Seconds between faults."""
GONE: Final = (3.0, 20.0)
"""Seconds that what is killed or stopped stays so."""


class Faults(threading.Thread):
    """Makes faults until `over` is set, and repairs the last one; `error` is what went wrong with that."""

    def __init__(self, nodes: LocalNodes, services: Sequence[Service], seed: int, say: Callable[[str], None]) -> None:
        super().__init__(daemon=True)
        self.over, self.counts, self.error = threading.Event(), Counter[str](), ""
        self._nodes, self._services, self._say = nodes, services, say
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._deck: list[str] = []

    def run(self) -> None:
        """Wait, hurt, wait, repair, and so on."""
        try:
            while not self.over.wait(self._random.uniform(*QUIET)):
                self._deck = self._deck or self._random.sample(DECK, len(DECK))
                fault = self._deck.pop()
                self.counts[fault] += 1
                self._make(fault)
        except Exception as error:
            self.error = f"{type(error).__name__}: {error}"

    def _make(self, fault: str) -> None:
        node, service = self._random.choice(self._nodes.numbers), self._random.choice(self._services)
        gone = self._random.uniform(*GONE)
        if fault == "kill a node":
            self._say(f"Node {node} is killed for {gone:.0f} s.")
            self._nodes.kill(node)
            self.over.wait(gone)
            self._nodes.up(node)
        elif fault == "stop a node":
            self._say(f"Node {node} is stopped for {gone:.0f} s.")
            self._nodes.stop(node)
            self.over.wait(gone)
            self._nodes.stop(node, signal.SIGCONT)
        elif fault == "kill a service":
            self._say(f"{service.name} is killed for {gone:.0f} s.")
            service.end(signal.SIGKILL)
            self.over.wait(gone)
            service.start()
        else:
            self._say(f"All nodes and services are killed for {gone:.0f} s.")
            for each in self._services:
                each.end(signal.SIGKILL)
            self._nodes.kill(*self._nodes.numbers)
            self.over.wait(gone)
            self._nodes.up()
            for each in self._services:
                each.start()
