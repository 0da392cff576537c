"""A service that strangers cannot use up.

When a request's head does not come        the connection is closed
When there are too many such connections   the one that waits longest gives its place up, and others are answered
When a body does not come                  408
When anything is answered                  no browser guesses its type, and nobody keeps it
Given X-Forwarded-For                      it is not believed, unless a proxy of that address is named
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests
from fastapi import FastAPI, Request

from jamjar.service import bounded_protocol, refusal_http
from tests.support.serving import bounded

SECONDS = 30


@contextmanager
def served(*proxies: str) -> Iterator[tuple[str, int]]:
    """Serve an application that says who asks, and how long the body is."""
    app = FastAPI()

    @app.post("/")
    async def answer(request: Request) -> dict[str, object]:
        body = await refusal_http.read_body(request, 100)
        return {"from": request.client.host if request.client else "", "bytes": None if body is None else len(body)}

    with bounded(app, *proxies) as port:
        yield f"http://127.0.0.1:{port}/", port


def ended(connection: socket.socket) -> bool:
    """Whether the other side closes a connection; waits for it."""
    connection.settimeout(SECONDS)
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


def begun(port: int, data: bytes = b"POST / HT") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(data)
    return connection


def test_a_head_that_does_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_protocol, "HEAD_SECONDS", 0.2)
    with served() as (_, port):
        for data in (b"", b"POST / HT", b"POST / HTTP/1.1\r\nA: b\r\n"):
            with begun(port, data) as connection:
                assert ended(connection)


def test_a_second_head_that_does_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_protocol, "HEAD_SECONDS", 0.2)
    whole = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
    with served() as (_, port), begun(port, whole + b"POST / HT") as connection:
        connection.settimeout(SECONDS)
        answer = b""
        while part := connection.recv(4096):
            answer += part
        assert answer.startswith(b"HTTP/1.1 200")


def test_others_are_answered_among_many_that_are_half_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_protocol, "MOST_CONNECTIONS", 20)
    with served() as (url, port):
        open_ones = [begun(port) for _ in range(200)]
        for _ in range(5):
            assert requests.post(url, timeout=SECONDS).status_code == 200
        assert ended(open_ones[0])  # the one that waited longest
        for each in open_ones:
            each.close()


def test_a_body_that_does_not_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusal_http, "BODY_SECONDS", 0.2)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"
    with served() as (_, port), begun(port, head) as connection:
        connection.settimeout(SECONDS)
        assert connection.recv(4096).startswith(b"HTTP/1.1 408")


def test_headers_of_every_answer() -> None:
    with served() as (url, _):
        for answer in (requests.post(url, timeout=SECONDS), requests.get(f"{url}nowhere", timeout=SECONDS)):
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store"
            assert "Server" not in answer.headers


@pytest.mark.parametrize("data", [b"nonsense\r\n\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"])
def test_what_is_no_http_is_answered_with_them_too(data: bytes) -> None:
    with served() as (_, port), begun(port, data) as connection:
        connection.settimeout(SECONDS)
        answer = b""
        while part := connection.recv(4096):
            answer += part
        assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\n")
        assert b"\r\nx-content-type-options: nosniff\r\ncache-control: no-store\r\n" in answer
        assert answer.endswith(b"\r\n\r\nInvalid HTTP request received.")


@pytest.mark.parametrize(("proxies", "seen"), [((), "127.0.0.1"), (("127.0.0.1",), "8.8.8.8"), (("::1",), "127.0.0.1")])
def test_who_says_where_a_request_is_from(proxies: tuple[str, ...], seen: str) -> None:
    with served(*proxies) as (url, _):
        answer = requests.post(url, headers={"X-Forwarded-For": "9.9.9.9, 8.8.8.8"}, timeout=SECONDS)
        assert answer.json() == {"from": seen, "bytes": 0}
