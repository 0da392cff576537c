"""A `requests` session whose exchanges have bounded time, bounded answers, and only the named address.

- One deadline covers a whole exchange: connecting, sending, the answer's head and its body, however slowly they
  arrive. (A timeout of `requests` restarts with each byte.) It does not cover the operating system's name lookup.
- No redirect is followed, no proxy of the environment is used, no cookie is stored.
- A compressed answer is refused, so that a small answer cannot become a large one.

The passwords of ~/.netrc are used, as in `requests`; the one of the login `bearer` is sent as a token (RFC 6750).
"""

from __future__ import annotations

import io
import threading
import time
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Final

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from requests.utils import get_netrc_auth
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

if TYPE_CHECKING:
    from socket import socket

_PART: Final = 64 * 1024
_BEARER: Final = "bearer"
_exchange = threading.local()


class AnswerTooLong(requests.RequestException):
    """The answer has more bytes than the session accepts."""


class AnswerCompressed(requests.RequestException):
    """The answer is compressed, although it was requested uncompressed."""


class BoundedSession(requests.Session):
    """A session with bounds for each exchange: `seconds` in all, `most_bytes` for the answer's body.

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
        """Make one exchange, and return its complete answer."""
        options |= {"stream": True, "allow_redirects": False, "timeout": self._seconds}
        options.setdefault("auth", _credentials(str(url)))
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
            raise AnswerCompressed("The answer is compressed; ask another server.", response=response)
        content = bytearray()
        for part in response.iter_content(_PART):
            content += part
            if len(content) > self._most_bytes:
                raise AnswerTooLong(
                    f"The answer is over {self._most_bytes} bytes; ask another server.", response=response
                )
        return bytes(content)


class _Token(AuthBase):
    """Sends a token, as RFC 6750 has it in its section 2.1."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _credentials(url: str) -> AuthBase | tuple[str, str] | None:
    """Return what ~/.netrc has for an address."""
    found = get_netrc_auth(url)
    return _Token(found[1]) if found is not None and found[0] == _BEARER else found


def _left() -> float | None:
    """Return the seconds that are left for this thread's exchange; raises TimeoutError when there are none."""
    until: float | None = getattr(_exchange, "until", None)
    if until is None:
        return None
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left


class _TimedReader(io.RawIOBase):
    """The data that a socket receives, within the deadline of the exchange."""

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
    """A connected socket that waits only until the deadline of the exchange."""

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
    """A connection that is made within the deadline of the exchange, with a socket that keeps it."""

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
