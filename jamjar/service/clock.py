"""A clock that does not jump, so that promised epochs do not depend on changes of the machine's time."""

import threading
from collections.abc import Callable
from typing import Final

HASTE: Final = 0.5
"""How much faster or slower than real time it may run, until it agrees with the machine's clock again."""


class SteadyClock:
    """Unix seconds that start from `wall`, never go back, and follow `wall` without a jump.

    wall  the machine's clock, such as `time.time`
    beat  seconds since any point, from a clock that cannot be set, such as `time.monotonic`

    When the machine's clock is set forward by an hour, this one takes two hours to follow.
    """

    def __init__(self, wall: Callable[[], float], beat: Callable[[], float]) -> None:
        self._wall = wall
        self._beat = beat
        self._now, self._then = wall(), beat()
        self._lock = threading.Lock()

    def __call__(self) -> float:
        """Return the time."""
        with self._lock:
            beat = self._beat()
            passed, self._then = beat - self._then, beat
            slow, fast = (self._now + passed * (1 + haste) for haste in (-HASTE, HASTE))
            self._now = min(max(self._wall(), slow), fast)
            return self._now
