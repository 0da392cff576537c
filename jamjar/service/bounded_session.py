"""A `requests` session whose every exchange ends: in bounded time, with a bounded answer, at the address it names.

- One deadline holds for all of an exchange: connecting, sending, the answer's head and its body, however slowly they
  come. (A timeout of `requests` begins again with each byte.) Looking up a name is the operating system's, outside it.
- No redirect is followed, no proxy is taken from the environment, no cookie is kept.
- Answers come uncompressed: a compressed one is refused, so that a small answer cannot become a large one.

The passwords of ~/.netrc are used, as in `requests`.
"""

from __future__ import annotations

import io
import threading
import time
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Final

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_netrc_auth
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

if TYPE_CHECKING:
    from socket import socket

_PART: Final = 64 * 1024
_exchange = threading.local()


class AnswerTooLong(requests.RequestException):
    """The answer has more bytes than the session takes."""


class AnswerCompressed(requests.RequestException):
    """The answer is compressed, though it was asked for as it is."""


class BoundedSession(requests.Session):
    """A session with bounds for each exchange: `seconds` for all of it, `most_bytes` for the answer's body.

    Every failure is a `requests.RequestException`; a missed deadline is a `Timeout` or a `ConnectionError` of it.
    """

    def __init__(self, seconds: float, most_bytes: int) -> None:
        super().__init__()
        self._seconds = seconds
        self._most_bytes = most_bytes
        self.trust_env = False
        self.headers["Accept-Encoding"] = "identity"
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Adapter())

    def request(self, method: str | bytes, url: str | bytes, *arguments: Any, **options: Any) -> requests.Response:
        """Make one exchange, and return its answer, read to its end."""
        options |= {"stream": True, "allow_redirects": False, "timeout": self._seconds}
        options.setdefault("auth", get_netrc_auth(str(url)))
        _exchange.until = time.monotonic() + self._seconds
        try:
            response = super().request(method, url, *arguments, **options)
            with response:
                response._content = self._read(response)
        finally:
            _exchange.until = None
        return response

    def _read(self, response: requests.Response) -> bytes:
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise AnswerCompressed("the answer is compressed", response=response)
        content = bytearray()
        for part in response.iter_content(_PART):
            content += part
            if len(content) > self._most_bytes:
                raise AnswerTooLong(f"the answer has more than {self._most_bytes} bytes", response=response)
        return bytes(content)


def _left() -> float | None:
    """Return how many seconds the exchange of this thread has left; raises TimeoutError when none."""
    until: float | None = getattr(_exchange, "until", None)
    if until is None:
        return None
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left


class _TimedReader(io.RawIOBase):
    """What a socket receives, within the deadline of the exchange."""

    def __init__(self, sock: socket) -> None:
        self._socket = sock
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._socket.settimeout(_left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedSocket:
    """A connected socket, each of whose waits ends with the deadline of the exchange."""

    def __init__(self, sock: socket) -> None:
        self._socket = sock

    def sendall(self, data: Any) -> None:
        self._socket.settimeout(_left())
        self._socket.sendall(data)

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._socket))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)


class _Timed:
    """Connects within the deadline of the exchange, to a socket that keeps it."""

    timeout: Any
    sock: Any

    def connect(self) -> None:
        left = _left()
        if left is not None:
            self.timeout = left
        super().connect()  # type: ignore[misc]
        self.sock = _TimedSocket(self.sock)


class _TimedConnection(_Timed, HTTPConnection):
    pass


class _TimedTlsConnection(_Timed, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _TimedConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TimedTlsConnection


class _Adapter(HTTPAdapter):
    """Connections that keep the deadline of their exchange."""

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **pool: Any) -> None:
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **pool)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
