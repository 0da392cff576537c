"""The rate limits of a service: a token bucket for each signer, in memory."""

import threading
from collections import OrderedDict
from ipaddress import ip_address, ip_network
from typing import Final

MOST_SIGNERS: Final = 10_000


def sender_name(host: str) -> str:
    """Return the name under which an address is limited: itself, or in IPv6 its network of 64 bits."""
    try:
        return str(ip_network((ip_address(host), 64), strict=False)) if ":" in host else host
    except ValueError:
        return host


class Rates:
    """Token buckets of the last 10,000 signers: `burst` requests at once, then `per_second`."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = float(burst)
        self._per_second = per_second
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allow(self, signer: str, now: float) -> bool:
        """Take one of the signer's tokens and return whether there was one; `now` in seconds."""
        with self._lock:
            tokens, since = self._buckets.pop(signer, (self._burst, now))
            tokens = min(self._burst, tokens + max(0.0, now - since) * self._per_second)
            allowed = tokens >= 1
            self._buckets[signer] = (tokens - 1 if allowed else tokens, now)
            if len(self._buckets) > MOST_SIGNERS:
                self._buckets.popitem(last=False)
            return allowed
