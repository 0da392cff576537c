"""The explorer as the record grows.

Given no audit yet             each page says how far it is, and comes again by itself; nothing else is shown
When the audit ends            the pages are shown
Given a page after a while     the node is asked once, by whoever comes first; the pages are as of the new block
Given a page before that       the node is not asked
Given a node that went away    the pages stay, and say since when nothing is known; they go on when it is back
Given a node that contradicts  the pages say that none of them is to be relied on
"""

import re
import threading

import pytest

from jamjar.errors import LedgerError, NodeUnavailable
from jamjar.explorer import following as module
from jamjar.explorer.following import Following
from tests.unit.explorer.scene import START, explored, raws
from tests.unit.explorer.test_app import SEEN, browser_of
from tests.unit.explorer.test_app import shown as pages_shown

EARLIER = explored(raws()[:-1])


class Node:
    """A node to read from: what it tells next, and how often it was asked."""

    def __init__(self):
        self.tells, self.asked, self.clock = EARLIER, 0, 0.0
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.following = Following(self.read_on, pages_shown, lambda: self.clock, lambda: START, after=30, wait=60)
        self.browser = browser_of(look=self.following.look)

    def read_on(self, before, note):
        self.asked += 1
        note(7, 9)
        assert self.may_go_on.wait(60)
        if isinstance(self.tells, Exception):
            raise self.tells
        return self.tells

    def words(self, path="/"):
        return self.browser.get(path).words

    def audit(self):
        """Ask for a page, and wait until what it set off is done."""
        self.words()
        self.following._thread.join()


@pytest.fixture
def node():
    return Node()


def shown(block):
    return f"As of block {block}, "


def test_it_is_audited_first(node):
    node.may_go_on.clear()
    for path in ("/", "/members", "/search?q=3", "/check", "/events/1.tlog-proof"):
        page = node.browser.get(path)
        assert page.status == 200
        assert re.search(r"being audited.*(It begins|Block 7 of 9)", page.words)
        assert page.headers["refresh"] == "1"
        assert "As of block" not in page.words
    assert node.asked == 1
    node.may_go_on.set()
    node.audit()
    page = node.browser.get("/")
    assert "refresh" not in page.headers
    assert shown(EARLIER.record.last.number) in page.words


def test_it_is_read_on_after_a_while(node):
    node.audit()
    assert shown(EARLIER.record.last.number) in node.words()
    node.tells, node.clock = SEEN, 29.0
    assert shown(EARLIER.record.last.number) in node.words()
    assert node.asked == 1
    node.clock = 31.0
    assert shown(SEEN.record.last.number) in node.words()
    assert node.words("/members")
    assert node.asked == 2


def test_a_page_does_not_wait_for_long(node):
    node.audit()
    node.following._wait = 0
    node.may_go_on.clear()
    node.tells, node.clock = SEEN, 31.0
    for _ in range(3):
        assert shown(EARLIER.record.last.number) in node.words()
    assert node.asked == 2
    node.may_go_on.set()
    node.following._thread.join()
    assert shown(SEEN.record.last.number) in node.words()


def test_a_node_that_went_away(node):
    node.audit()
    node.tells, node.clock = NodeUnavailable("The node did not answer (ConnectionError); start or check it."), 31.0
    words = node.words()
    assert "The record is sound up to block" in words
    assert f"what came after block {EARLIER.record.last.number} is not known here" in words
    assert "start or check it" in words
    assert "is not known here" in node.words("/members")
    node.tells, node.clock = SEEN, 62.0
    words = node.words()
    assert "is not known here" not in words
    assert shown(SEEN.record.last.number) in words


@pytest.mark.parametrize(
    "error", [LedgerError("The node's events lead to another state; ask another node."), ValueError("x")]
)
def test_a_node_that_contradicts(node, error, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    node.audit()
    node.tells, node.clock = error, 31.0
    words = node.words()
    assert "rely on none of them" in words
    assert (str(error) if isinstance(error, LedgerError) else module._WENT_WRONG) in words


def test_a_first_audit_that_fails(node):
    node.tells = LedgerError("The node <b>tells</b> nothing; ask another node.")
    node.audit()
    page = node.browser.get("/members")
    assert "It could not be audited" in page.words
    assert "<b>tells" not in page.text
    assert page.headers["refresh"] == "10"
    node.tells, node.clock = SEEN, 31.0
    node.audit()
    assert shown(SEEN.record.last.number) in node.words()
