"""Exchanges with one service over HTTP, each bounded, each failure raised as one error of the caller's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import requests

from jamjar.errors import JamjarError
from jamjar.service.bounded_session import AnswerTooLong, BoundedSession

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An HTTP status (RFC 9110, section 15), the content type, and the body."""

    status: int
    content_type: str = field(repr=False)
    body: bytes = field(repr=False)


class HttpClient:
    """Asks one service.

    name         what the service is called in sentences, such as "The mailbox"
    unavailable  the error that is raised when it gives no sensible answer
    seconds, most_bytes  the bounds of each exchange, as in `BoundedSession`
    """

    def __init__(self, name: str, unavailable: type[JamjarError], *, seconds: float, most_bytes: int) -> None:
        self._name = name
        self._unavailable = unavailable
        self._session = BoundedSession(seconds, most_bytes)

    def ask(self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> HttpAnswer:
        """Send one request, and return the answer, whatever its status."""
        try:
            response = self._session.request(method, url, data=body or None, headers=dict(headers or {}))
        except AnswerTooLong:
            raise self._unavailable(f"{self._name} answers without end; tell its operator.") from None
        except (requests.RequestException, OSError) as error:
            kind = type(error).__name__
            raise self._unavailable(f"{self._name} did not answer ({kind}); ask again, or another.") from None
        return HttpAnswer(response.status_code, response.headers.get("Content-Type", ""), response.content)

    def sensible(self, read: Callable[[], T]) -> T:
        """Return what is read of an answer; what cannot be read makes no sense.

        The reason is not told: an answer may hold what is to be in no log.
        """
        try:
            return read()
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError):  # our own InvalidInput is one
            sentence = f"{self._name}'s answer makes no sense; tell its operator, or ask another."
            raise self._unavailable(sentence) from None
