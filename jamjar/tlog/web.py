"""A log's files and witnesses over HTTP."""

from typing import Final

from jamjar.service.http_client import HttpAnswer, HttpClient
from jamjar.tlog.errors import LogUnavailable

ANSWER_SECONDS: Final = 30
MAX_ANSWER: Final = 32 * 1024 * 1024
"""More than the longest bundle: 256 leaves of 65,535 bytes."""


class WebReader:
    """The files of a log below one address, as `jamjar.tlog.tiles.Reader`."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._http = _client(f"The log at {self._url}")

    def read(self, path: str) -> bytes | None:
        """Return what the file at this path holds, None when there is none; raises LogUnavailable."""
        answer = self._http.ask("GET", f"{self._url}/{path}")
        if answer.status not in (200, 404):
            raise LogUnavailable(f"The log at {self._url} answered {answer.status}; try again, or read another copy.")
        return answer.body if answer.status == 200 else None


def post(url: str, data: bytes) -> HttpAnswer:
    """Send bytes, and return the answer; raises LogUnavailable."""
    return _client(f"The witness at {url}").ask("POST", url, data)


def _client(name: str) -> HttpClient:
    return HttpClient(name, LogUnavailable, seconds=ANSWER_SECONDS, most_bytes=MAX_ANSWER)
