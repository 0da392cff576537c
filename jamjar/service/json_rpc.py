"""JSON-RPC calls to one node (JSON-RPC 2.0, EIP-1474): each exchange bounded, each failure a `NodeUnavailable`."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any, Final, NamedTuple, TypeAlias

import requests

from jamjar.errors import AnswerTooLarge, JamjarError, NodeAnswerInvalid, NodeUnavailable
from jamjar.service.bounded_session import AnswerTooLong, BoundedSession

MOST_BYTES: Final = 64 * 1024 * 1024
"""The longest answer that is read, unless told."""
MOST_AT_ONCE: Final = 1000
"""How many calls one request makes: nodes refuse more."""

RpcCall: TypeAlias = tuple[str, Sequence[Any]]
"""A method and its parameters."""


class RpcError(NamedTuple):
    """A node's refusal of one call: its message, and the data that comes with it."""

    message: str
    data: Any = None


class JsonRpc:
    """One node; `name` is what errors call it, its address unless given.

    seconds, most_bytes  the bounds of each exchange, as in `BoundedSession`
    """

    def __init__(self, url: str, *, seconds: float, most_bytes: int = MOST_BYTES, name: str = "") -> None:
        """Name the node's address; nothing is asked yet."""
        self.url, self.name = url, name or url
        self._seconds = seconds
        self._session = BoundedSession(seconds, most_bytes)
        self._takes_batches = True

    def one(self, method: str, *parameters: Any) -> Any:
        """Return the answer to one call, an RpcError when the node refuses it."""
        return self._read(self._post(_request(0, (method, parameters))))

    def ask(self, calls: Sequence[RpcCall]) -> list[Any]:
        """Return the answers to calls, in order, an RpcError for each that the node refuses.

        They are made in one request; one by one where the node takes no batches.
        """
        answers = list[Any]()
        for start in range(0, len(calls), MOST_AT_ONCE):
            answers += self._batch(calls[start : start + MOST_AT_ONCE])
        return answers

    def clock(self, method: str) -> int | None:
        """Return how many seconds a node's clock is ahead of this machine's, None where its answers do not say.

        It is read from the head of the answer to a call (RFC 9110, section 6.6.1), which has whole seconds; 0 means
        that the two may agree, as the answer was made at any time between the question and its arrival.
        """
        with self.reading():
            asked = time.time()
            answer = self._session.post(self.url, json=_request(0, (method, ())))
            come, said = time.time(), answer.headers.get("Date")
            if said is None:
                return None
            second = parsedate_to_datetime(said).timestamp()
            if second > come:
                return int(second - come) + 1
            return -int(asked - second) if asked > second + 1 else 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Raise NodeUnavailable for what goes wrong in the block: NodeAnswerInvalid for reading an answer."""
        try:
            yield
        except JamjarError:
            raise
        except AnswerTooLong as error:
            raise AnswerTooLarge(f"The answer of {self.name} is too large; ask for less, or another node.") from error
        except (requests.RequestException, OSError) as error:
            raise NodeUnavailable(f"{self.name} did not answer ({type(error).__name__}); start or check it.") from error
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            kind = type(error).__name__
            raise NodeAnswerInvalid(f"The answer of {self.name} is invalid ({kind}); ask another node.") from error

    def _batch(self, calls: Sequence[RpcCall]) -> list[Any]:
        if self._takes_batches and len(calls) > 1:
            answer = self._post([_request(place, call) for place, call in enumerate(calls)])
            with self.reading():
                if "error" not in answer:  # or it is one refusal, of the batch
                    by_place = {each["id"]: each for each in answer}
                    return [self._read(by_place[place]) for place in range(len(calls))]
            self._takes_batches = False
        return [self.one(method, *parameters) for method, parameters in calls]

    def _post(self, request: Any) -> Any:
        with self.reading():
            began = time.monotonic()
            try:
                answer = self._session.post(self.url, json=request)
            except requests.ConnectionError:
                if time.monotonic() - began > self._seconds / 2:
                    raise
                answer = self._session.post(self.url, json=request)  # the node may have closed an idle connection
            return json.loads(answer.content)

    def _read(self, answer: Any) -> Any:
        with self.reading():
            if (error := answer.get("error")) is None:
                return answer["result"]
            return (
                RpcError(str(error["message"]), error.get("data")) if isinstance(error, dict) else RpcError(str(error))
            )


def read_data(text: str) -> bytes:
    """Return the bytes of unformatted data, as JSON-RPC writes it: 0x and two hex digits a byte."""
    return bytes.fromhex(text.removeprefix("0x"))


def write_data(data: bytes) -> str:
    """Return bytes as JSON-RPC writes them."""
    return f"0x{data.hex()}"


def _request(place: int, call: RpcCall) -> dict[str, Any]:
    method, parameters = call
    return {"jsonrpc": "2.0", "id": place, "method": method, "params": list(parameters)}
