"""What stands between a relayer and its node, and can refuse connections, answer garbage or tell numbers of its own."""

import socket
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import cycle

from jamjar.service.ports import free_port

_TYPE = b"Content-Type: application/json\r\nContent-Length: "
_BODIES = (
    b'{"jsonrpc":"2.0","id":0,"result":null}',
    b'{"jsonrpc":"2.0","id":0,"result":"0x0"}',
    b'{"jsonrpc":"2.0","id":0,"result":"0xzz"}',
    b'{"jsonrpc":"2.0","id":0,"result":[{}]}',
    b'{"jsonrpc":"2.0","id":0,"error":{"code":-32000,"message":"out of order"}}',
    b'{"jsonrpc":"2.0","id":0,"error":"0x"}',
    b"[1e999]",
    b"<html>Bad gateway</html>",
    b"\xff\xfe",
    b"[" * 100_000,
)
GARBAGE = (
    b"\x00\x01\x02\r\n\r\n",
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\ncut short",
    *(b"HTTP/1.1 200 OK\r\n%s%d\r\n\r\n%s" % (_TYPE, len(body), body) for body in _BODIES),
)
"""What no node should answer: no HTTP, HTTP without JSON, JSON that is no answer, answers that make no sense."""


PRICE, COUNT = b'"eth_gasPrice"', b'"eth_getTransactionCount"'


class Proxy:
    """Hands everything on, until it is told otherwise."""

    def __init__(self, upstream: int) -> None:
        """Stand before a port of this machine."""
        self.port = free_port()
        self._upstream = upstream
        self._garbage, self._told = cycle(GARBAGE), dict[bytes, bytes]()
        self._serve: Callable[[socket.socket], None] = self._hand_on
        self._connections: set[socket.socket] = set()
        self.open()

    def open(self) -> None:
        """Take connections."""
        self._listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._take, args=(self._listening,), daemon=True).start()

    def refuse(self) -> None:
        """Take none, and end those that are there."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._cut()

    def answer_garbage(self) -> None:
        """Answer in the node's place."""
        self._serve = self._answer
        self._cut()

    def ask(self, price: int) -> None:
        """Name a price of gas in the node's place, and hand everything else on."""
        self._tell(PRICE, price)

    def count(self, transactions: int) -> None:
        """Say in the node's place that every account has so many transactions, in whatever block."""
        self._tell(COUNT, transactions)

    def behave(self) -> None:
        """Hand everything on again."""
        self._serve, self._told = self._hand_on, {}
        self._cut()

    def _tell(self, method: bytes, number: int) -> None:
        body = b'{"jsonrpc":"2.0","id":0,"result":"%s"}' % hex(number).encode()
        self._told[method] = b"HTTP/1.1 200 OK\r\n%s%d\r\n\r\n%s" % (_TYPE, len(body), body)

    def _cut(self) -> None:
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _take(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._one, args=(listening.accept()[0],), daemon=True).start()

    def _one(self, connection: socket.socket) -> None:
        self._connections.add(connection)
        try:
            with connection, suppress(OSError):
                self._serve(connection)
        finally:
            self._connections.discard(connection)

    def _answer(self, connection: socket.socket) -> None:
        while connection.recv(65536):
            connection.sendall(next(self._garbage))

    def _hand_on(self, connection: socket.socket) -> None:
        with closing(socket.create_connection(("127.0.0.1", self._upstream))) as node:
            due = list[bytes]()  # what the next answer is to be

            def note(data: bytes) -> bytes:
                due[:] = [answer for method, answer in self._told.items() if method in data]
                return data

            def answer(data: bytes) -> bytes:
                return due.pop() if due else data

            threading.Thread(target=_pump, args=(node, connection, answer), daemon=True).start()
            _pump(connection, node, note)


def _pump(source: socket.socket, target: socket.socket, change: Callable[[bytes], bytes]) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(change(data))
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)
