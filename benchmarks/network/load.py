"""The messages of many claimants, sent to relayers at a steady rate: each is sent until it is accepted or refused.

A claimant grants a consent and commits at once, commits again when it has begun, and withdraws. One in eleven withdraws
through another relayer before the consent begins, so that the commitment that waits at the first one is rejected.
"""

import heapq
import http.client
import itertools
import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from jamjar.protocol import signed_message, typed_data
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.settings import DAY
from jamjar.protocol.signing import ConsentKey, SignedMessage, sign
from jamjar.protocol.typed_data import Commit, Grant, Message, Withdraw
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.sandbox.institutions import ADVISER

AHEAD: Final = 90
"""Seconds until a grant begins, in which a relayer has to carry it, whatever is killed meanwhile."""
EARLY: Final = 5
LATER: Final = AHEAD + 30
LAST: Final = AHEAD + 60
"""Seconds from the grant until a claimant withdraws before it begins, or commits again, and withdraws after that."""
BROKEN_OFF: Final = 11
"""One claimant in so many withdraws before the consent begins."""
SENDERS: Final = 200
"""The addresses that messages come from: a relayer takes five a second of each."""
AT_ONCE: Final = 24
"""Connections to each relayer."""
AGAIN_SECONDS: Final = 0.5
ANSWER_SECONDS: Final = 60
PASSING: Final = frozenset({Code.TOO_FAST, Code.BUSY, Code.FULL, Code.NODE_UNAVAILABLE, Code.STORE_UNAVAILABLE})
"""Refusals after which the same message is sent again."""


@dataclass(slots=True)
class Sent:
    """What became of the messages: those accepted, by their digest; those refused, by code; how often one was tried."""

    accepted: dict[bytes, str] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    tried_again: Counter[str] = field(default_factory=Counter)
    offered: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class Claimant:
    """One claimant's consent key, the relayer that its messages go to, and its head."""

    key: ConsentKey
    relayer: int
    root: bytes = bytes(32)

    def begun(self) -> list[Message]:
        """Return a grant and the first commitment under it."""
        start = int(time.time()) + AHEAD
        at, terms = self.key.address, secrets.token_bytes(32)
        return [Grant(at, ADVISER, start, start + 180 * DAY, start + 80 * DAY, 12, terms), self._commit()]

    def committed_again(self) -> list[Message]:
        """Return another commitment."""
        return [self._commit()]

    def withdrawn(self) -> list[Message]:
        """Return the withdrawal."""
        return [Withdraw(self.key.address)]

    def _commit(self) -> Commit:
        replaced, self.root = self.root, secrets.token_bytes(32)
        return Commit(self.key.address, self.root, replaced)


class Load:
    """Sends messages to relayers from many threads; `sent` is what became of them."""

    def __init__(self, deployment: Deployment, relayers: Sequence[str]) -> None:
        self.sent = Sent()
        self._deployment = deployment
        self._addresses = [urlsplit(url).netloc for url in relayers]
        self._pools = [ThreadPoolExecutor(AT_ONCE) for _ in relayers]
        self._local, self._lock = threading.local(), threading.Lock()
        self._count = itertools.count()

    def run(self, rate: float, seconds: float) -> None:
        """Offer so many messages a second for so long, and return once each is accepted or refused."""
        began = time.monotonic()
        steps: list[tuple[float, int, int, str, Claimant]] = []
        while (now := time.monotonic() - began) < seconds:
            while self.sent.offered < rate * now:
                self._offer_next(steps, now)
            time.sleep(0.02)
        self.sent.seconds = time.monotonic() - began
        for pool in self._pools:
            pool.shutdown()

    def _offer_next(self, steps: list[tuple[float, int, int, str, Claimant]], now: float) -> None:
        if steps and steps[0][0] <= now:
            _, _, to, step, claimant = heapq.heappop(steps)
        else:
            number = next(self._count)
            to, step = number % len(self._pools), "begun"
            claimant = Claimant(ConsentKey.generate(secrets.token_bytes), to)
            is_broken_off = number % BROKEN_OFF == 0
            other = (to + 1) % len(self._pools)
            later = [(EARLY, other)] if is_broken_off else [(LATER, to), (LAST, to)]
            for then, via in later:
                what = "committed_again" if then == LATER else "withdrawn"
                heapq.heappush(steps, (now + then, number, via, what, claimant))
        self.sent.offered += 2 if step == "begun" else 1
        self._pools[to].submit(self._take, to, step, claimant)

    def _take(self, to: int, step: str, claimant: Claimant) -> None:
        for message in getattr(claimant, step)():
            signed = sign(claimant.key, self._deployment.domain_of(type(message)), message)
            while not self._is_answered(to, signed):
                time.sleep(AGAIN_SECONDS)

    def _is_answered(self, to: int, signed: SignedMessage) -> bool:
        domain = self._deployment.domain_of(type(signed.message))
        name, kind = typed_data.digest(domain, signed.message), type(signed.message).__name__
        try:
            status, body = self._post(to, signed_message.to_json(signed, domain))
            code = "" if status in (200, 202) else str(json.loads(body)["code"])
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            code = type(error).__name__
            self._local.connections.pop(to).close()
            again = True
        else:
            again = code in PASSING
        with self._lock:
            if again:
                self.sent.tried_again[code] += 1
            elif code:
                self.sent.refused[code] += 1
            else:
                self.sent.accepted[name] = kind
        return not again

    def _post(self, to: int, text: str) -> tuple[int, bytes]:
        held: dict[int, http.client.HTTPConnection] = self._local.__dict__.setdefault("connections", {})
        connection = held.setdefault(to, http.client.HTTPConnection(self._addresses[to], timeout=ANSWER_SECONDS))
        sender = f"10.0.{secrets.randbelow(SENDERS)}.1"
        headers = {"Content-Type": "application/json", "X-Forwarded-For": sender}
        connection.request("POST", "/messages", text.encode(), headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
