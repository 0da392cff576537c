"""A witness over HTTP, as C2SP tlog-witness has it, and a log that believes no witness.

When a request is too long, or the witness cannot keep its state    400, 503
When a witness answers nonsense, a false cosignature or never       the client says which witness
Given a witness that is behind                                      the client proves the rest
"""

import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import uvicorn

from jamjar.service.http_client import HttpAnswer
from jamjar.service.listening import listen
from jamjar.tlog.errors import LogError, LogUnavailable
from jamjar.tlog.note import MAX_BYTES, Note
from jamjar.tlog.tiles import TileTree
from jamjar.tlog.tree import EMPTY_ROOT, root
from jamjar.tlog.web import WebReader, post
from jamjar.tlog.witness import SIZE_TYPE, CosignRequest, Witness
from jamjar.tlog.witness_app import create_app
from jamjar.tlog.witness_client import WitnessClient
from jamjar.tlog.witness_store import WitnessStore

from .world import LOG_KEY, NOW, WITNESSES, Ledger, files_of, leaves, note_of, publisher

KEY = WITNESSES[0]


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """A witness that listens."""
    store = WitnessStore(tmp_path / "witness.db", (LOG_KEY.verifier,))
    app, listening = create_app(Witness((LOG_KEY.verifier,), [KEY], store, lambda: NOW)), listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    store.close()


def request(old: int, count: int, proof: tuple[bytes, ...] = ()) -> bytes:
    return CosignRequest(old, proof, note_of(files_of(leaves(count))[1])).to_bytes()


def test_statuses_are_the_standards(url: str) -> None:
    ask = partial(post, f"{url}/add-checkpoint")
    assert ask(b"nonsense").status == 400
    assert ask(b"x" * (MAX_BYTES + 1)).status == 400
    assert ask(request(0, 5).replace(b"log.example", b"log.elsewhere")).status == 404
    assert ask(request(0, 5).replace(b"\n5\n", b"\n6\n")).status == 403
    cosigned = str(KEY.cosign(note(5).text, NOW)).encode()
    assert ask(request(0, 5)) == HttpAnswer(200, "text/plain; charset=utf-8", cosigned)
    assert ask(request(0, 7)) == HttpAnswer(409, SIZE_TYPE, b"5\n")
    assert ask(request(5, 7, (EMPTY_ROOT,))).status == 422
    assert post(f"{url}/elsewhere", b"x").status == 404


def note(count: int) -> Note:
    return note_of(files_of(leaves(count))[1])


def test_it_is_proven_what_the_witness_lacks(url: str) -> None:
    client = WitnessClient(KEY.verifier, partial(post, f"{url}/add-checkpoint"))
    for count in (3, 3, 8, 300):
        files, edge = files_of(leaves(count))
        line = client.cosign(note_of(edge), TileTree(files, count))
        assert Note(note(count).text, (line,)).verified([KEY.verifier]) == {KEY.verifier: NOW}
    with pytest.raises(LogError, match="cosigned 300 leaves"):
        client.cosign(note(8), TileTree(files_of(leaves(8))[0], 8))


def test_a_witness_that_cannot_keep_its_state(tmp_path: Path, url: str) -> None:
    (tmp_path / "witness.db").write_bytes(b"no database any more" * 1000)
    assert post(f"{url}/add-checkpoint", request(0, 5)).status == 503


ANSWERS = [
    (200, "", b""), (200, "", b"\xff"), (200, "", b"nonsense\n"),
    (200, "", str(WITNESSES[1].cosign("x\n", 1)).encode()),
    (200, "", str(KEY.cosign("x\n", NOW)).encode()), (409, SIZE_TYPE, b"many\n"), (409, SIZE_TYPE, b"\xff"),
    (409, SIZE_TYPE, b"6\n"), (409, SIZE_TYPE, b"4\n"), (409, "text/html", b"4\n"), (500, "", b""), (422, "", b""),
]  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS, ids=str)
def test_no_answer_is_believed(answer: tuple[int, str, bytes]) -> None:
    files, edge = files_of(leaves(5))
    with pytest.raises(LogError, match=r"witness\.example/0"):
        WitnessClient(KEY.verifier, lambda _: HttpAnswer(*answer)).cosign(note_of(edge), TileTree(files, 5))


def test_nobody_is_there() -> None:
    listening = listen("127.0.0.1", 0)
    gone = f"http://127.0.0.1:{listening.getsockname()[1]}"
    listening.close()
    with pytest.raises(LogUnavailable):
        post(gone, b"x")
    with pytest.raises(LogUnavailable):
        WebReader(gone).read("checkpoint")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def test_a_log_is_read_from_any_web_server(tmp_path: Path) -> None:
    publisher(tmp_path, Ledger(300)).publish()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        reader = WebReader(f"http://127.0.0.1:{server.server_port}/")
        assert list(TileTree(reader, 300).leaves(0, 300)) == leaves(300)
        assert root(TileTree(reader, 300), 300) == files_of(leaves(300))[1].frontier().root
        assert reader.read("tile/0/009") is None
        server.shutdown()


def test_a_server_that_fails_is_no_log(url: str) -> None:
    with pytest.raises(LogUnavailable, match="405"):
        WebReader(url).read("add-checkpoint")


def test_its_own_line_is_found_among_others() -> None:
    files, edge = files_of(leaves(5))
    lines = [each.cosign(note(5).text, NOW) for each in (WITNESSES[1], KEY)]
    answer = HttpAnswer(200, "", "".join(map(str, lines)).encode())
    assert WitnessClient(KEY.verifier, lambda _: answer).cosign(note_of(edge), TileTree(files, 5)) == lines[1]
