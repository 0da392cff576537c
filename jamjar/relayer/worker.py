"""The thread in which a relayer carries, pass after pass, until it is told to stop; it ends with a whole pass."""

import logging
import threading
from collections.abc import Callable
from typing import Final, Protocol

from jamjar.encoding import strict_json

LOG: Final = logging.getLogger("jamjar.relayer")


class Carries(Protocol):
    """Whoever does the carrying, as a `Carrier` does."""

    @property
    def problem(self) -> str:
        """What keeps it from carrying, empty when nothing does."""

    def pass_once(self, now: int, *, everything: bool = False) -> int:
        """Do what is to be done at a time, and return how many items are not final."""


class Worker:
    """One thread that carries; `pause` is how many seconds it rests between passes."""

    def __init__(self, carrier: Carries, clock: Callable[[], float], pause: float = 1.0) -> None:
        self._carrier = carrier
        self._clock = clock
        self._pause = pause
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="carrier")
        self.problem = ""
        self.last_pass = int(clock())

    def start(self) -> None:
        """Begin to carry."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the pass, and carry no more."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            before, now = self.problem, int(self._clock())
            try:
                self._carrier.pass_once(now)
                self.problem = self._carrier.problem
            except Exception as error:  # else one pass that fails would end all that come after it
                self.problem = f"A pass failed ({type(error).__name__}); see that database and node work."
            else:
                self.last_pass = now
            if self.problem != before:
                LOG.warning(strict_json.dumps({"event": "carrier", "problem": self.problem}))
            self._stop.wait(self._pause)
