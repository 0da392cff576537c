"""How much work something does, counted: it is the same on every machine, however fast and however busy."""

import cProfile
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from coincurve import PublicKey
from requests.adapters import HTTPAdapter
from sha3 import keccak_256
from sqlalchemy import event
from sqlalchemy.engine import Engine

STRIDE = 10
"""Of SQLite's virtual machine, how many steps are counted at once."""


@contextmanager
def counted() -> Iterator[Counter[str]]:
    """Count what happens during the block; what it gives is filled when that ends.

    calls       of functions, in this thread: Python's own and built-in ones
    hashes      Keccak-256, of jamjar.crypto
    recoveries  of a signer from a signature
    requests    over HTTP, by the library requests
    questions   of JSON-RPC in them, of which a request may have several
    statements  given to databases
    commits     of their transactions
    steps       of SQLite's virtual machine, on connections that are made during the block: what statements cost
    """
    counts = Counter[str]()
    send, profile = HTTPAdapter.send, cProfile.Profile()

    def count_hash(data: bytes) -> Any:
        counts["hashes"] += 1
        return keccak_256(data)

    def count_request(self: HTTPAdapter, request: Any, *arguments: Any, **named: Any) -> Any:
        counts["requests"] += 1
        counts["questions"] += _questions(request.body)
        return send(self, request, *arguments, **named)

    class Recovers:
        @staticmethod
        def from_signature_and_message(*arguments: Any, **named: Any) -> PublicKey:
            counts["recoveries"] += 1
            return PublicKey.from_signature_and_message(*arguments, **named)

    def statement(*_: Any) -> None:
        counts["statements"] += 1

    def commit(*_: Any) -> None:
        counts["commits"] += 1

    def step() -> None:
        counts["steps"] += STRIDE

    def connect(connection: Any, _: Any) -> None:
        if hasattr(connection, "set_progress_handler"):
            connection.set_progress_handler(step, STRIDE)

    listeners = (("before_cursor_execute", statement), ("commit", commit), ("connect", connect))
    for moment, listener in listeners:
        event.listen(Engine, moment, listener)
    with (
        mock.patch("jamjar.crypto.hashing.keccak_256", count_hash),
        mock.patch("jamjar.protocol.signing.PublicKey", Recovers),
        mock.patch.object(HTTPAdapter, "send", count_request),
    ):
        profile.enable()
        try:
            yield counts
        finally:
            profile.disable()
            for moment, listener in listeners:
                event.remove(Engine, moment, listener)
    counts["calls"] = sum(entry.callcount for entry in profile.getstats())


def _questions(body: Any) -> int:
    try:
        asked = json.loads(body or b"null")
    except ValueError:
        return 0
    return sum(isinstance(each, dict) and "jsonrpc" in each for each in (asked if isinstance(asked, list) else [asked]))
