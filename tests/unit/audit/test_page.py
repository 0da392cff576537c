"""audit.page: one file that needs nothing else, with all that was found and counted.

Given names and findings with markup in them     they are shown as they read
Given no event at all                            a page that says so
Given more findings than are listed              how many there are
Given a report                                   no script, nothing loaded, every number in a table
"""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from jamjar.audit.figures import Figures
from jamjar.audit.findings import RULES, Finding, Severity, is_sound
from jamjar.audit.page import page
from tests.unit.audit.sample import NOTE, SOUND, UNSOUND

VOID = {"meta", "rect", "br", "link"}


class Read(HTMLParser):
    """What elements a page has, and that each is closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.attributes, self.words = [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


EMPTY = replace(SOUND, figures=Figures(), findings=(), counts={}, statuses={}, members={}, nodes=())


@pytest.mark.parametrize("report", [SOUND, UNSOUND, EMPTY], ids=["sound", "unsound", "empty"])
def test_it_needs_nothing_else(report):
    read = Read(page(report))
    assert not {"script", "link", "img", "iframe", "object"} & set(read.tags)
    assert not {name for name, _ in read.attributes if name in {"src", "href", "style"} or name.startswith("on")}
    assert [tag for tag in read.tags if tag in {"header", "main", "footer", "h1"}] == ["header", "h1", "main", "footer"]
    assert ("lang", "en") in read.attributes
    assert read.tags.count("caption") == read.tags.count("table")


def test_markup_is_text():
    bad = '<script>"&'
    text = page(replace(SOUND, findings=(replace(NOTE, what=bad),), commit=bad, members={2: bad}, nodes=()))
    assert "<script" not in text
    assert text.count("&lt;script&gt;&quot;&amp;") == 3


def test_the_verdict():
    assert "The record is sound." in page(SOUND)
    assert "The record is not sound." in page(UNSOUND)
    assert (SOUND.sound, UNSOUND.sound) == (True, False)


def test_findings_by_severity_and_how_many_more():
    words = "".join(Read(page(UNSOUND)).words)
    places = [words.index(rule) for rule in ("not-live", "nodes-differ", "code-unchecked", "members-changed")]
    assert places == sorted(places)
    assert "And 40 more." in words
    assert "Breaches42" in words.replace("\n", "")


def test_json_holds_the_same():
    told = UNSOUND.to_json()
    assert told["sound"] is False
    assert told["format"] == "jamjar.audit.1"
    assert len(told["findings"]) == len(UNSOUND.findings)
    assert told["findings"][1]["advice"] == RULES["not-live"].advice
    assert Figures.from_json(told["figures"]) == UNSOUND.figures


def test_only_a_breach_makes_it_unsound():
    for name, rule in RULES.items():
        assert name == rule.id
        assert is_sound([Finding(name, "what")]) == (rule.severity is not Severity.BREACH)
        assert rule.title.endswith(".")
        assert rule.advice.endswith(".")
    assert is_sound([])
