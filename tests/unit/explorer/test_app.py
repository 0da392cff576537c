"""The explorer over HTTP.

Given the path of any page                       it, with what it does not show at its foot, and no script
Given names and reasons with markup in them      they are text
Given a search                                   the page, a list, or one sentence
Given a consent and a moment                     the consent as it was, or one sentence
Given a file                                     what it shows, or one sentence
Given another host, or a form from elsewhere     refused
"""

import re
from urllib.parse import quote

import pytest

from jamjar.explorer.app import pages_of
from jamjar.explorer.door import Pages
from jamjar.explorer.following import Reading, waiting_site
from jamjar.explorer.pages import paths
from jamjar.pages.app import Answers, create_app
from jamjar.pages.serving import own_requests
from tests.support.browsing import PORT, Browser
from tests.unit.audit.made import DESK
from tests.unit.explorer.scene import CONSENT, HOSTILE, OTHER, START, explored
from tests.unit.tlog import world

SEEN = explored()
POLICY = world.policy(2)


def shown(seen, policy=POLICY):
    return pages_of(seen, lambda block: START + 60 * block, policy)


def browser_of(seen=SEEN, policy=POLICY, look=None):
    answers, reading = Answers(waiting_site()), Reading(shown(seen, policy), START)
    app = create_app(answers)
    Pages(look or (lambda: reading)).add(app, answers)
    return Browser(own_requests(app, PORT))


@pytest.fixture(scope="module")
def browser():
    return browser_of()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page(browser, language):
    shown = list(paths(SEEN))
    assert len(shown) == len(set(shown)) > 100
    for path in shown:
        page = browser.get(f"{path}?language={language}")
        assert page.status == 200, (path, page.words)
        assert f'<html lang="{language}"' in page.text
        assert 'href="/limits"' in page.text.partition("<footer")[2]
        assert page.text.count("<h1") == 1
        assert not re.search(r"<script|onload='|javascript:|\u202e", page.text), path
    browser.get("/?language=en")


def test_text_from_elsewhere(browser):
    for path in ("/members", "/members/3", "/governing", f"/consents/{OTHER}", "/"):
        words = browser.get(path).words
        assert HOSTILE.replace("\u202e", "\\u202e") in words, path


def test_a_consent(browser):
    words = browser.get(f"/consents/{CONSENT}").words
    for told in ("A consent: ended by the claimant", "Desk (member 2)", "1 of 3", "recorded look number 1"):
        assert told in words
    granted = next(entry.raw.block for entry in SEEN.record.consents[CONSENT])
    assert "A consent: running" in browser.get(f"/consents/{CONSENT}?block={granted}").words
    assert "Its recipient can look now." in browser.get(f"/consents/{CONSENT}?time={START + 60 * granted}").words
    for query in ("block=0", "block=%00", "time=x", "block=1&time=1", f"time={quote('<script>')}"):
        refused = browser.get(f"/consents/{CONSENT}?{query}")
        assert refused.status == 400
        assert re.search(r"type \S.*?\. ", refused.words)
        assert "<script" not in refused.text


@pytest.mark.parametrize(
    "path",
    ["/none", "/consents/0x", f"/consents/{CONSENT.lower()}", "/members/9", "/members/-1", "/members/03", "/events/999",
     "/events/1e1", "/blocks/0", "/blocks/99999999999999999999", "/consents/page-1", "/consents/page-2",
     "/transactions/x", "/..%2f..%2fetc/passwd", "/events/999.tlog-proof",
     "/events/x.tlog-proof", "/events/%D9%A3.tlog-proof",
     f"/members/{quote(HOSTILE)}"],
)  # fmt: skip
def test_no_such_page(browser, path):
    page = browser.get(path)
    assert (page.status, "Nothing has this name" in page.words) == (404, True)
    assert "<script" not in page.text


def test_a_search(browser):
    def found(text):
        return browser.get(f"/search?q={quote(text)}")

    assert found(CONSENT).headers["location"] == f"/consents/{CONSENT}"
    assert browser.follow(found(DESK)).words.count("Desk (member 2)")
    assert "Block : 3" in found("3").words.replace("Block:", "Block :")
    for hostile in (HOSTILE, "", "0x", "x" * 9999, "'; DROP TABLE audit_state; --", "../../etc/passwd", "\0", "%s%n"):
        page = found(hostile)
        assert page.status == 404
        assert "<script" not in page.text
        assert len(re.findall(r'<p class="govuk-body"[^>]*>', page.text.partition("<main")[2])) == 1


def test_a_receipt_to_keep_and_to_check(browser):
    receipt = browser.get("/events/4.tlog-proof")
    checked = browser.upload("/check", {}, "a.tlog-proof", receipt.body)
    assert "It is true: this is on the record." in checked.words
    assert "This node has the same event: event 4" in checked.words
    broken = browser.upload("/check", {}, "a.tlog-proof", receipt.body.replace(b"index 4", b"index 5"))
    assert (broken.status, "The receipt is damaged" in broken.words) == (400, True)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"<script>alert(1)</script>", b"x" * 300_000,
                                     b"jamjar.log-evidence.1\n\xff", b"c2sp.org/tlog-proof@v1\n\n"])  # fmt: skip
def test_a_file_that_shows_nothing(browser, content):
    page = browser.upload("/check", {}, HOSTILE.replace('"', ""), content)
    assert (page.status, "The file shows nothing" in page.words) == (400, True)
    assert "<script" not in page.text


def test_without_a_log_or_a_policy():
    alone = browser_of(explored(leaves=[]), None)
    assert "No policy was named" in alone.get("/check").words
    assert "No policy was named" in alone.upload("/check", {}, "a", b"x").words


def test_only_its_own_requests(browser):
    assert browser.post("/check", {}, {"sec-fetch-site": "cross-site"}).status == 403
    other = browser_of()
    other.host = "evil.example"
    assert other.get("/").status == 403
