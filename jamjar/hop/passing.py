"""The way from a hop to its gateways, and the thread that passes on what is due, pass after pass."""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, Final

from jamjar.encoding import strict_json
from jamjar.errors import JamjarError
from jamjar.hop.gateway_key import SignedGatewayKey
from jamjar.hop.message import REQUEST_TYPE
from jamjar.hop.refusal import GatewayRefused, GatewayUnavailable
from jamjar.hop.service import Hop
from jamjar.hop.store import HopStore
from jamjar.service.http_client import HttpAnswer, HttpClient
from jamjar.service.refusal import log_line

LOG: Final = logging.getLogger("jamjar.hop")
ANSWER_SECONDS: Final = 30
MOST_ANSWER: Final = 256 * 1024
MOST_FAILURES: Final = 3
"""After how many requests in a row that a gateway did not answer the others for it wait."""
REST: Final = 30
"""Seconds until a gateway that did not answer so many is tried again."""
PASS: Final = 30
"""Seconds after which a pass begins no other request."""
_AGAIN: Final = frozenset({408, 425, 429})


class GatewayClient:
    """Passes requests on to gateways over HTTP."""

    def __init__(self, seconds: float = ANSWER_SECONDS) -> None:
        self._http = HttpClient("The gateway", GatewayUnavailable, seconds=seconds, most_bytes=MOST_ANSWER)

    def pass_on(self, gateway: str, data: bytes, length: int) -> bytes:
        """Pass a request on, and return the response; raises GatewayUnavailable, and GatewayRefused."""
        answer = self._ask("POST", f"{gateway}/hop", data)
        if len(answer.body) != length:
            raise GatewayUnavailable("The gateway answered what is no response; tell its operator.")
        return answer.body

    def key(self, gateway: str) -> SignedGatewayKey:
        """Return a gateway's key, as it gives it; raises GatewayUnavailable, and GatewayRefused."""
        answer = self._ask("GET", f"{gateway}/hop/key")
        return self._http.sensible(lambda: SignedGatewayKey.from_json(_read(answer.body)))

    def _ask(self, method: str, url: str, data: bytes = b"") -> HttpAnswer:
        answer = self._http.ask(method, url, data, {"Content-Type": REQUEST_TYPE} if data else {})
        if 400 <= answer.status < 500 and answer.status not in _AGAIN:
            raise GatewayRefused("The gateway did not take the request; fetch its key, and seal it again.")
        if answer.status != 200:
            raise GatewayUnavailable(f"The gateway answered {answer.status}; try again later.")
        return answer


def _read(body: bytes) -> Any:
    return strict_json.loads(body.decode(), "The gateway's key")


class Passing:
    """One thread that passes on what is due.

    random  shuffles what is due, such as `random.SystemRandom`; pause is the seconds between passes
    """

    def __init__(
        self, hop: Hop, store: HopStore, clock: Callable[[], float], random: Random, pause: float = 1.0
    ) -> None:
        self._hop, self._store, self._clock, self._random, self._pause = hop, store, clock, random, pause
        self._rest_until: dict[str, float] = {}
        self._failures = Counter[str]()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="passing")
        self.problem = ""
        self.last_pass = int(clock())
        self.passed = 0
        """How many requests were passed on since the start, urgent ones not counted."""

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the pass, and stop the thread."""
        self._stop.set()
        self._thread.join()

    def pass_once(self) -> int:
        """Pass on what is due, what is urgent first, each in random order; return how many gateways answered.

        A request that its gateway does not answer stands in no other's way. What a long pass does not come to is left
        to the next one, so that what is urgent meanwhile does not wait for it.
        """
        now, done = self._clock(), 0
        due = [*self._store.due(int(now))]
        self._random.shuffle(due)
        due.sort(key=lambda row: not row[3])
        for name, gateway, until, _ in due:
            if self._stop.is_set() or self._clock() - now > PASS:
                break
            if self._rest_until.get(gateway, 0.0) > self._clock():
                continue
            if self._hop.try_now(name, gateway, until):
                done += 1
                self._failures[gateway] = 0
            else:
                self._failures[gateway] += 1
                if self._failures[gateway] >= MOST_FAILURES:
                    self._rest_until[gateway] = self._clock() + REST
        self._hop.sweep()
        self.passed += done
        self.last_pass = int(now)
        return done

    def _run(self) -> None:
        while not self._stop.is_set():
            before = self.problem
            try:
                self.pass_once()
                self.problem = ""
            except JamjarError as error:
                self.problem = str(error)
            except Exception as error:  # otherwise one failed pass would end the thread
                self.problem = f"A pass failed ({type(error).__name__}); check the database."
            if self.problem != before:
                LOG.warning(log_line("passing", problem=self.problem))
            self._stop.wait(self._pause)
