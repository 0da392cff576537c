"""What a page answers at all.

Given a request from its own page                          it is answered
Given another host, two hosts, or none                     refused: a name that was made lead here (DNS rebinding)
Given a form from another site, or another port            refused, and the application sees nothing of it
Given a page or a picture that another site asks for       refused
Given a form that nobody says where it is from             refused
Given any answer                                           headers that allow no script, frame, referrer or copy
"""

import asyncio

import pytest

from jamjar.pages.requests import HEADERS, OwnRequests, refusal
from jamjar.pages.serving import own_requests
from tests.support.browsing import HOST, PORT, Browser

OWN = {"host": HOST}


async def application(scope, receive, send):
    application.asked.append(scope["path"])
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"public"), (b"set-cookie", b"a=b; Path=/")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"answered"})


@pytest.fixture
def browser():
    application.asked = []
    return Browser(own_requests(application, PORT))


def test_its_own_pages_are_answered(browser):
    assert browser.get("/a").body == b"answered"
    assert browser.get("/typed", {"sec-fetch-site": "none"}).body == b"answered"
    assert browser.post("/b", {}).body == b"answered"
    assert browser.post("/c", {}, {"origin": f"http://{HOST}"}).body == b"answered"
    browser.host = f"localhost:{PORT}"
    assert browser.get("/d").body == b"answered"
    assert application.asked == ["/a", "/typed", "/b", "/c", "/d"]


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"{HOST}.evil.example", "", f"[::1]:{PORT}"],
)
def test_another_host(browser, host):
    browser.host = host
    for answered in (browser.get("/"), browser.post("/", {})):
        assert (answered.status, "not found under that name" in answered.text) == (403, True)
    assert application.asked == []


@pytest.mark.parametrize("hosts", [[], [HOST, HOST], [HOST, "evil.example"]])
def test_no_host_and_two(hosts):
    given = [(b"host", each.encode()) for each in hosts]
    assert "under that name" in refusal("GET", given, frozenset({HOST}))


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "SAME-ORIGIN", "x"])
def test_another_site_asks(browser, site):
    for answered in (browser.get("/", {"sec-fetch-site": site}), browser.post("/", {}, {"sec-fetch-site": site})):
        assert (answered.status, "Another site" in answered.text) == (403, True)
    assert application.asked == []


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://127.0.0.1", "http://127.0.0.1:1", "http://localhost"]
)
def test_another_origin(browser, origin):
    assert browser.post("/", {}, {"origin": origin}).status == 403
    assert application.asked == []


def test_a_form_of_nobody_knows_where():
    hosts = frozenset({HOST})
    for more in ([], [(b"origin", b"null")], [(b"sec-fetch-site", b"none")]):
        assert "cannot be seen which page" in refusal("POST", [(b"host", HOST.encode()), *more], hosts)
    ours = (b"origin", f"http://{HOST}".encode())
    assert refusal("POST", [(b"host", HOST.encode()), ours], hosts) == ""
    assert refusal("GET", [(b"host", HOST.encode())], hosts) == ""


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "post"])
def test_no_other_methods(method):
    assert "only read" in refusal(method, [(b"host", HOST.encode())], frozenset({HOST}))


def test_headers_of_every_answer(browser):
    for answered in (browser.get("/"), browser.get("/", {"sec-fetch-site": "cross-site"})):
        assert {name: answered.headers[name.lower()] for name in HEADERS} == HEADERS
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert HEADERS["Referrer-Policy"] == "no-referrer"
    assert browser.get("/").headers["cache-control"] == "no-store"


def test_what_is_no_request_is_passed_on():
    seen = []

    async def lifespan(scope, receive, send):
        seen.append(scope["type"])

    asyncio.run(OwnRequests(lifespan, [HOST])({"type": "lifespan"}, None, None))
    assert seen == ["lifespan"]
