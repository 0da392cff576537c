"""How often each signer may ask: a token bucket each, in memory; what must hold after a restart is in the store."""

import threading
from collections import OrderedDict
from typing import Final

MOST_SIGNERS: Final = 10_000


class Rates:
    """`burst` requests at once, and `per_second` more, for each of the last 10,000 signers."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = float(burst)
        self._per_second = per_second
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allow(self, signer: str, now: float) -> bool:
        """Take one token of the signer's, if there is one; `now` in seconds."""
        with self._lock:
            tokens, since = self._buckets.pop(signer, (self._burst, now))
            tokens = min(self._burst, tokens + max(0.0, now - since) * self._per_second)
            allowed = tokens >= 1
            self._buckets[signer] = (tokens - 1 if allowed else tokens, now)
            if len(self._buckets) > MOST_SIGNERS:
                self._buckets.popitem(last=False)
            return allowed
