"""One exchange ends, whatever the server does: the deadline, the bounds, and what is not followed or believed.

When the server drips        its status line, its headers, "100 Continue", its body or its chunks    Timeout
When it says nothing, or takes no connection                                                        Timeout
When its answer is longer than it may be, said or unsaid                                             AnswerTooLong
When its answer is compressed                                                                        AnswerCompressed
When it redirects            the redirection is the answer, and nobody else is asked
When it sets a cookie        none is sent back
Given a proxy in the environment    it is not used
"""

import gzip
import socket
import time

import pytest
import requests

from jamjar.service.bounded_session import AnswerCompressed, AnswerTooLong, BoundedSession
from tests.unit.service.hostile import drips, says, serving

HEAD = b"HTTP/1.1 200 OK\r\n"
SECONDS, MOST = 0.5, 1000
DRIPS = {
    "status line": drips(b"", b"H"),
    "headers": drips(HEAD, b"A: b\r\n"),
    "continue": drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.005),
    "body": drips(HEAD + b"Content-Length: 900\r\n\r\n", b"x"),
    "chunks": drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "a chunk's size": drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "trailers": drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", b"A: b\r\n"),
}


@pytest.fixture
def session() -> BoundedSession:
    return BoundedSession(SECONDS, MOST)


@pytest.mark.parametrize("name", DRIPS)
def test_a_drip_ends_with_the_deadline(session: BoundedSession, name: str) -> None:
    began = time.monotonic()
    with serving(DRIPS[name]) as url, pytest.raises(requests.RequestException) as ended:
        session.get(url)
    assert isinstance(ended.value, requests.Timeout | requests.ConnectionError)
    assert time.monotonic() - began >= SECONDS  # it was the deadline that ended it
    assert "timed out" in str(ended.value).lower()


def test_silence_ends_with_the_deadline(session: BoundedSession) -> None:
    def silent(_, over):
        over.wait(60)

    with serving(silent) as url, pytest.raises(requests.Timeout):
        session.get(url)


def test_who_takes_no_connection(session: BoundedSession) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        with pytest.raises(requests.RequestException):
            session.get(f"http://127.0.0.1:{full.getsockname()[1]}")
        for each in waiting:
            each.close()


def test_the_deadline_is_each_exchanges_own(session: BoundedSession) -> None:
    answer = HEAD + b"Content-Length: 2\r\n\r\nok"
    with serving(says(answer)) as url:
        assert session.get(url).content == b"ok"
        time.sleep(SECONDS)
        assert session.get(url).content == b"ok"


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 1001\r\n\r\n" + b"x" * 1001,
        b"\r\n" + b"x" * 5000,
        b"Transfer-Encoding: chunked\r\n\r\n" + b"100\r\n" + b"x" * 256 + (b"\r\n100\r\n" + b"x" * 256) * 5,
    ],
    ids=["said", "unsaid", "chunked"],
)
def test_a_long_answer(session: BoundedSession, head: bytes) -> None:
    with serving(says(HEAD + head)) as url, pytest.raises(AnswerTooLong):
        session.get(url)


def test_as_long_as_it_may_be(session: BoundedSession) -> None:
    with serving(says(HEAD + b"Content-Length: 1000\r\n\r\n" + b"x" * MOST)) as url:
        assert len(session.get(url).content) == MOST


def test_headers_without_end(session: BoundedSession) -> None:
    with serving(says(HEAD, *[b"A: " + b"x" * 1000 + b"\r\n"] * 200)) as url, pytest.raises(requests.RequestException):
        session.get(url)


def test_a_compressed_answer(session: BoundedSession) -> None:
    bomb = gzip.compress(bytes(10**7))
    head = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    with serving(says(head + bomb)) as url, pytest.raises(AnswerCompressed):
        session.get(url)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_the_answer(session: BoundedSession, status: int) -> None:
    reached = []
    with serving(lambda *_: reached.append(1)) as elsewhere:
        head = b"HTTP/1.1 %d Go\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % (status, elsewhere.encode())
        with serving(says(head)) as url:
            assert session.post(url, data=b"x").status_code == status
    assert reached == []


def test_no_cookie_is_kept(session: BoundedSession) -> None:
    with serving(says(HEAD + b"Set-Cookie: who=1\r\nContent-Length: 0\r\n\r\n")) as url:
        session.get(url)
    assert list(session.cookies) == []


def test_no_proxy_of_the_environment(session: BoundedSession, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    with serving(says(HEAD + b"Content-Length: 2\r\n\r\nok")) as url:
        assert session.get(url).content == b"ok"


@pytest.mark.parametrize(("login", "sent"), [("me", "Basic bWU6c2VjcmV0"), ("bearer", "Bearer secret")])
def test_the_passwords_of_netrc(
    session: BoundedSession, monkeypatch: pytest.MonkeyPatch, tmp_path, login: str, sent: str
) -> None:
    (tmp_path / "netrc").write_text(f"machine 127.0.0.1 login {login} password secret\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with serving(says(HEAD + b"Content-Length: 0\r\n\r\n")) as url:
        assert session.get(url).request.headers["Authorization"] == sent
