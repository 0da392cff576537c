"""What a machine and a network did meanwhile: the longest time without a new block, and the machine's load."""

import os
import threading
import time
from typing import Final

from benchmarks.network.nodes import LocalNodes
from jamjar.errors import JamjarError

LOOK_SECONDS: Final = 0.5


class Watch:
    """Asks each node for its newest block from a thread of its own, and notes the load, until it is closed."""

    def __init__(self, nodes: LocalNodes) -> None:
        self.longest, self.height, self.loads = 0.0, 0, [os.getloadavg()[0]]
        self._nodes, self._over, self._lock = nodes, threading.Event(), threading.Lock()
        self._since = time.monotonic()
        for number in nodes.numbers:
            threading.Thread(target=self._follow, args=(number,), daemon=True).start()

    def close(self) -> None:
        """Stop asking; what is still missing a block counts."""
        self._over.set()
        with self._lock:
            self.longest = max(self.longest, time.monotonic() - self._since)

    def _follow(self, number: int) -> None:
        while not self._over.wait(LOOK_SECONDS):
            try:
                found = self._nodes.height(number)
            except JamjarError:
                continue
            with self._lock:
                if number == self._nodes.numbers[0]:
                    self.loads.append(os.getloadavg()[0])
                if found > self.height:
                    now = time.monotonic()
                    self.longest = max(self.longest, now - self._since)
                    self.height, self._since = found, now
