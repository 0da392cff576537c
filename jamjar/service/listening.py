"""The socket of a service, and serving on it until the service is stopped."""

import signal
import socket
from typing import Any

import uvicorn

from jamjar.errors import InvalidInput


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


def serve_until_stopped(app: Any, listening: socket.socket) -> None:
    """Serve an ASGI application until SIGTERM or SIGINT; open requests are answered first."""
    for number in (signal.SIGTERM, signal.SIGINT):  # uvicorn raises them again after stopping, which is no failure
        signal.signal(number, lambda *_: None)
    uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="warning")).run(sockets=[listening])
