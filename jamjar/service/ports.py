"""Ports to listen on that stay free while nobody listens: no connection is given one by the system."""

import os
import socket
import threading
from itertools import count
from typing import Final

_FIRST: Final = 20_000
_END: Final = 32_000
"""Below the ports that Linux gives to connections (ip_local_port_range)."""
_NUMBERS: Final = count(os.getpid() * 97)
_ONE_AT_A_TIME: Final = threading.Lock()


def free_port() -> int:
    """Return a port that nobody here was given before, and nobody listens on."""
    with _ONE_AT_A_TIME:
        while True:
            port = _FIRST + next(_NUMBERS) % (_END - _FIRST)
            if not listens(port):
                return port


def listens(port: int) -> bool:
    """Return whether anybody listens on a port of this machine."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
