"""The thread in which a relayer carries, pass after pass, until it is stopped; it completes its last pass."""

import logging
import threading
from collections.abc import Callable
from typing import Final, Protocol

from jamjar.encoding import strict_json

LOG: Final = logging.getLogger("jamjar.relayer")


class Carries(Protocol):
    """The interface of a `Carrier` for its thread."""

    @property
    def problem(self) -> str:
        """What prevents it from carrying, empty when nothing does."""

    def pass_once(self, now: int, *, everything: bool = False) -> int:
        """Do one pass at this time, and return how many items are not final."""


class Worker:
    """One thread that carries; `pause` is the seconds between passes.

    tidy  is called with the time, in Unix seconds, after each pass, and does a little of what can wait
    """

    def __init__(
        self,
        carrier: Carries,
        clock: Callable[[], float],
        pause: float = 1.0,
        *,
        tidy: Callable[[int], object] = lambda _: None,
    ) -> None:
        self._carrier = carrier
        self._tidy = tidy
        self._clock = clock
        self._pause = pause
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="carrier")
        self.problem = ""
        self.last_pass = int(clock())

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the pass, and stop the thread."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            before, now = self.problem, int(self._clock())
            try:
                self._carrier.pass_once(now)
                self.problem, self.last_pass = self._carrier.problem, now
                self._tidy(now)
            except Exception as error:  # otherwise one failed pass would end the thread
                self.problem = f"A pass failed ({type(error).__name__}); check the database and the node."
            if self.problem != before:
                LOG.warning(strict_json.dumps({"event": "carrier", "problem": self.problem}))
            self._stop.wait(self._pause)
