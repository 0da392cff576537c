"""The first sentence of the explorer's first page.

Given a log that shows another record    that, and from which event on; nothing is proven from there
Given breaches                           how many, and each with its place, as text
"""

import re

from jamjar.audit.findings import Finding
from tests.unit.explorer.scene import HOSTILE, explored, raws
from tests.unit.explorer.test_app import browser_of
from tests.unit.tlog import world


def test_a_log_that_differs_is_in_the_first_sentence():
    leaves = [each.to_bytes() for each in raws()]
    leaves[5] = world.event(1).to_bytes()
    first = browser_of(explored(leaves=leaves)).get("/").text
    heading = re.findall(r"<h1[^>]*>(.*?)</h1>", first, re.DOTALL)
    assert heading == ["This node's record is sound up to block 39, but the log shows another from event 5 on."]
    assert "it proves nothing here" in browser_of(explored(leaves=leaves)).get("/events/6").words
    assert "The same in numbers" in browser_of(explored(leaves=leaves)).get("/events/4").words


def test_what_was_found_is_in_the_first_sentence():
    breach = Finding("not-live", HOSTILE, 7, "0x" + "5d" * 32, 1)
    page = browser_of(explored(findings=(breach,), counts={"not-live": 3})).get("/")
    assert "The record is not sound: up to block 39, 3 breaches were found." in page.words
    assert "Something was recorded under a consent that was not live." in page.words
    assert "And 2 more." in page.words
    assert "<script" not in page.text
