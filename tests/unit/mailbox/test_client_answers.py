"""The client, given any answer at all: its own errors, and never the answer's bytes in them.

Given nobody, garbage, an endless or a strange answer      MailboxUnavailable
Given a redirection                                        it is not followed
"""

import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from jamjar.mailbox.client import MAX_ANSWER, MailboxClient
from jamjar.mailbox.refusal import MailboxUnavailable
from jamjar.protocol.signing import ConsentKey
from tests.support.disclosures import REGISTRY

KEY = ConsentKey(b"\1" * 32)
NAME = 64 * "0"


@pytest.fixture(scope="module")
def liar():
    """A server that answers what `answer` says: status and body."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, body = server.answer
            server.asked += 1
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.asked = True, 0
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def client(port):
    return MailboxClient(
        f"http://127.0.0.1:{port}", "x", REGISTRY, KEY, clock=lambda: 1_800_000_000, random_bytes=secrets.token_bytes
    )


BODY = {
    "consent": KEY.address, "root": 64 * "0", "recipient": 2, "body": "AAAA", "key_digest": 64 * "0",
    "deposit": {"time": 1, "nonce": 64 * "0", "body": 64 * "0", "signature": 128 * "1"},
}  # fmt: skip
STRANGE = [
    b"", b"secret", b"\xff", b"{}", b"[1]", b'["zz"]', b'{"a": 1.5}', b"[" * 5000, b"null", b'"x"',
    json.dumps(BODY).encode(), json.dumps(BODY | {"deposit": []}).encode(), json.dumps(BODY | {"body": "é"}).encode(),
    json.dumps({"sealed_key": 1}).encode(), json.dumps({"code": "MADE_UP", "sentence": "", "details": {}}).encode(),
]  # fmt: skip


@pytest.mark.parametrize("status", [200, 500, 404, 302])
@pytest.mark.parametrize("body", STRANGE)
def test_makes_sense_of_nothing_strange(liar, status, body):
    liar.answer = (status, body)
    asking = client(liar.server_port)
    for ask in (asking.waiting, lambda: asking.fetch(NAME), lambda: asking.replies(KEY.address)):
        with pytest.raises(MailboxUnavailable) as refused:
            ask()
        assert "secret" not in str(refused.value)


def test_follows_no_redirection(liar):
    liar.answer, before = (307, b""), liar.asked
    with pytest.raises(MailboxUnavailable):
        client(liar.server_port).waiting()
    assert liar.asked == before + 1


def test_reads_no_endless_answer(liar):
    liar.answer = (200, b"[" + b" " * MAX_ANSWER + b"]")
    with pytest.raises(MailboxUnavailable, match="too long an answer"):
        client(liar.server_port).waiting()


def test_says_when_nobody_is_there():
    with pytest.raises(MailboxUnavailable, match="did not answer"):
        client(1).waiting()
