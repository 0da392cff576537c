"""Serving pages on this machine, and on no other: a port of 127.0.0.1 that nobody chose."""

from __future__ import annotations

import socket
from typing import Any

from jamjar.pages.requests import OwnRequests
from jamjar.service.listening import listen, serve_until_stopped

HOST = "127.0.0.1"


def listen_here(port: int = 0) -> tuple[socket.socket, str]:
    """Listen on a port of 127.0.0.1, a free one unless it is named; return the socket and its address, http://..."""
    listening = listen(HOST, port)
    return listening, f"http://{HOST}:{listening.getsockname()[1]}"


def own_requests(app: Any, port: int) -> OwnRequests:
    """Return an application that answers only what its own pages ask of this port."""
    return OwnRequests(app, (f"{HOST}:{port}", f"localhost:{port}"))


def serve_pages(app: Any, listening: socket.socket) -> None:
    """Serve pages until they are stopped (Ctrl-C, SIGTERM); there is no log of what was asked."""
    serve_until_stopped(own_requests(app, listening.getsockname()[1]), listening)
