"""A service's socket, and serving on it until the service is stopped.

Strangers cannot use a service up: the head of a request has to come in time, a new connection takes the place of the
one that has waited longest for its request, and logs are written at a bounded rate.
"""

import logging
import signal
import socket
from collections.abc import Sequence
from typing import Any, Final

import uvicorn

from jamjar.errors import InvalidInput
from jamjar.service.bounded_protocol import BoundedProtocol
from jamjar.service.log_rate import LogRate

HEADERS: Final = [("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store")]
"""Of every answer: no browser guesses at its type, and nobody keeps it."""
_FORMAT: Final = "%(asctime)s %(name)s %(message)s"


def listen(host: str, port: int) -> socket.socket:
    """Listen on a port of an address, 0 for a free one; raises InvalidInput when that is impossible."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise InvalidInput(f"Port {port} of {host} cannot be listened on ({error.strerror}); choose another.") from None


def address_of(host: str, listening: socket.socket) -> str:
    """Return the http:// address of a listening socket on a host."""
    return f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"


def start_logging() -> None:
    """Write the log of a service to the error output, at a bounded rate."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    handler.addFilter(LogRate())
    logging.basicConfig(level=logging.INFO, handlers=[handler])


def server_of(app: Any, proxies: Sequence[str] = ()) -> uvicorn.Server:
    """Return the server of an ASGI application.

    proxies  the addresses of proxies that say in X-Forwarded-For where a request came from; nobody else is believed
    """
    config = uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        headers=HEADERS,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
    )
    return uvicorn.Server(config)


def serve_until_stopped(app: Any, listening: socket.socket, proxies: Sequence[str] = ()) -> None:
    """Serve an ASGI application until SIGTERM or SIGINT; requests under way are answered first."""
    for number in (signal.SIGTERM, signal.SIGINT):  # uvicorn raises them again when it has stopped: that is no failure
        signal.signal(number, lambda *_: None)
    server_of(app, proxies).run(sockets=[listening])
