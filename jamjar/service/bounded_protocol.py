"""HTTP/1.1 connections that nobody can keep open without asking: uvicorn's protocol, with bounds."""

from __future__ import annotations

import asyncio
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS: Final = 10.0
"""How long the head of a request may take."""
MOST_CONNECTIONS: Final = 400
"""How many connections there may be: fewer than files that a process may have open."""


class BoundedProtocol(H11Protocol):
    """One connection: closed when the head of its request is late, or when others need its place before."""

    head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the head of a request, and make room where there are too many connections."""
        super().connection_made(transport)
        self._await_head()
        if len(self.connections) > MOST_CONNECTIONS:
            waiting = [each for each in self.connections if isinstance(each, BoundedProtocol) and each.head_timer]
            min(waiting, key=BoundedProtocol._due).close_now()  # this one waits, too

    def data_received(self, data: bytes) -> None:
        """Take what came; the head's time runs while there is no whole head."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_timer()
        elif self.timeout_keep_alive_task is None and not self.transport.is_closing():
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_timer()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP as uvicorn does, with the headers of every answer."""
        kind = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        head = h11.Response(status_code=400, headers=[*kind, *self.server_state.default_headers], reason=b"Bad Request")
        for event in (head, h11.Data(data=msg.encode("ascii")), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def close_now(self) -> None:
        """Close the connection at once, and give its place up."""
        self._stop_timer()
        self.connections.discard(self)
        self.transport.abort()

    def _due(self) -> float:
        return self.head_timer.when() if self.head_timer else 0.0

    def _await_head(self) -> None:
        if self.head_timer is None:
            self.head_timer = self.loop.call_later(HEAD_SECONDS, self.close_now)

    def _stop_timer(self) -> None:
        if self.head_timer is not None:
            self.head_timer.cancel()
            self.head_timer = None
