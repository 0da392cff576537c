"""A log's files and witnesses over HTTP."""

from typing import Final

import requests

from jamjar.tlog.errors import LogUnavailable

ANSWER_SECONDS: Final = 30
MAX_ANSWER: Final = 32 * 1024 * 1024
"""More than the longest bundle: 256 leaves of 65,535 bytes."""


class WebReader:
    """The files of a log below one address, as `jamjar.tlog.tiles.Reader`."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()

    def read(self, path: str) -> bytes | None:
        """Return what the file at this path holds, None when there is none; raises LogUnavailable."""
        status, _, data = _asked(self._session, "GET", f"{self._url}/{path}", b"")
        if status not in (200, 404):
            raise LogUnavailable(f"The log at {self._url} answered {status}; ask again, or elsewhere.")
        return data if status == 200 else None


def post(url: str, data: bytes) -> tuple[int, str, bytes]:
    """Send bytes, and return status, content type and body of the answer; raises LogUnavailable."""
    with requests.Session() as session:
        return _asked(session, "POST", url, data)


def _asked(session: requests.Session, method: str, url: str, data: bytes) -> tuple[int, str, bytes]:
    try:
        with session.request(
            method, url, data=data or None, timeout=ANSWER_SECONDS, stream=True, allow_redirects=False
        ) as response:
            answer = bytearray()
            for part in response.iter_content(64 * 1024):
                answer += part
                if len(answer) > MAX_ANSWER:
                    raise LogUnavailable(f"{url} answers without end; tell its operator.")
            return response.status_code, response.headers.get("Content-Type", ""), bytes(answer)
    except (requests.RequestException, OSError) as error:
        raise LogUnavailable(f"{url} did not answer ({type(error).__name__}); ask again, or another.") from None
