"""A server that answers with exactly the bytes that a test gives it, at the pace that the test says."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Script = Callable[[socket.socket, threading.Event], None]


@contextmanager
def serving(script: Script) -> Iterator[str]:
    """Play a script to each connection, once its request's head has come; gives the server's address."""
    over, listening = threading.Event(), socket.create_server(("127.0.0.1", 0))

    def play(connection: socket.socket) -> None:
        with connection:
            head = b""
            try:
                while b"\r\n\r\n" not in head:
                    if not (part := connection.recv(65536)):
                        return
                    head += part
                script(connection, over)
            except OSError:
                pass

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=play, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        over.set()
        listening.close()


def says(*parts: bytes) -> Script:
    """Send these bytes, and close."""

    def script(connection: socket.socket, _: threading.Event) -> None:
        for part in parts:
            connection.sendall(part)

    return script


def drips(head: bytes, forever: bytes, pause: float = 0.05) -> Script:
    """Send some bytes, then others again and again, a byte at a time."""

    def script(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(head)
        while True:
            for byte in forever:
                if over.wait(pause):
                    return
                connection.sendall(bytes([byte]))

    return script
