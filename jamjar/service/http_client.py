"""An HTTP client of one service, with bounded exchanges and one error for every failure."""

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
    """An HTTP status (RFC 9110, section 15), the content type, the body, and the headers' names in small letters."""

    status: int
    content_type: str = field(repr=False)
    body: bytes = field(repr=False)
    headers: frozenset[str] = field(default=frozenset(), repr=False, compare=False)


class HttpClient:
    """A client of one service.

    name         the name of the service in sentences, such as "The mailbox"
    unavailable  the error that is raised when it gives no valid answer
    seconds, most_bytes  the bounds of each exchange, as in `BoundedSession`
    """

    def __init__(self, name: str, unavailable: type[JamjarError], *, seconds: float, most_bytes: int) -> None:
        self._name = name
        self._unavailable = unavailable
        self._session = BoundedSession(seconds, most_bytes)

    def ask(self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> HttpAnswer:
        """Send one request, and return the answer, with any status."""
        try:
            response = self._session.request(method, url, data=body or None, headers=dict(headers or {}))
        except AnswerTooLong:
            raise self._unavailable(f"{self._name} gave too long an answer; tell its operator.") from None
        except (requests.RequestException, OSError) as error:
            kind = type(error).__name__
            raise self._unavailable(f"{self._name} did not answer ({kind}); try again, or ask another.") from None
        named = frozenset(name.lower() for name in response.headers)
        return HttpAnswer(response.status_code, response.headers.get("Content-Type", ""), response.content, named)

    def sensible(self, read: Callable[[], T]) -> T:
        """Return what `read` makes of an answer; raises `unavailable` if it fails.

        The reason is not included: an answer may have data that must not be in a log.
        """
        try:
            return read()
        except (AttributeError, LookupError, RecursionError, TypeError, ValueError):  # includes InvalidInput
            sentence = f"{self._name}'s answer is invalid; tell its operator, or ask another."
            raise self._unavailable(sentence) from None
