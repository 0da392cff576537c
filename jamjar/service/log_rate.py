"""A bound on how fast a log grows: strangers whose requests are refused must not fill a disk."""

import logging
import threading
import time
from collections.abc import Callable


class LogRate(logging.Filter):
    """Lets `burst` lines through at once and `per_second` more; the next line says how many were left out."""

    def __init__(self, burst: int = 500, per_second: float = 20.0, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._burst, self._per_second, self._clock = float(burst), per_second, clock
        self._tokens, self._then, self._left_out = float(burst), clock(), 0
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a line is written."""
        with self._lock:
            now = self._clock()
            self._tokens = min(self._burst, self._tokens + (now - self._then) * self._per_second)
            self._then = now
            if self._tokens < 1:
                self._left_out += 1
                return False
            self._tokens -= 1
            if self._left_out:
                record.msg = f"{record.getMessage()} ({self._left_out} lines before this were left out)"
                record.args, self._left_out = (), 0
            return True
