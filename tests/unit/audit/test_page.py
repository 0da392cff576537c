"""audit.page: one file that needs nothing else, with all that was found and counted.

Given names and findings with markup in them     they are shown as they read
Given no event at all                            a page that says so
Given more findings than are listed              how many there are
Given a recovery that is pending                 it is told at the top
Given a report                                   no script, nothing loaded, every number in a table
"""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from jamjar.audit.figures import Figures
from jamjar.audit.findings import RULES, Finding, Severity, is_sound
from jamjar.audit.membership import Membership
from jamjar.audit.page import page
from jamjar.audit.report import Verdict
from jamjar.audit.uncompared import Uncompared
from tests.unit.audit.sample import IN_PART, NOTE, SOUND, UNSOUND

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


EMPTY = replace(
    SOUND, figures=Figures(), findings=(), counts={}, statuses={}, members={}, nodes=(), membership=Membership()
)


@pytest.mark.parametrize("report", [SOUND, IN_PART, UNSOUND, EMPTY], ids=["sound", "in part", "unsound", "empty"])
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
    assert (SOUND.sound, IN_PART.sound, UNSOUND.sound) == (True, False, False)
    told = "sound up to block 91202, 2 blocks compared with one node only"
    assert IN_PART.told == told
    assert f'<p class="verdict in-part">The record is {told}.' in page(IN_PART)
    assert "Blocks that a node could not be asked about" in page(IN_PART)
    assert replace(SOUND, all_asked=False).verdict is Verdict.IN_PART
    assert replace(UNSOUND, uncompared=IN_PART.uncompared).verdict is Verdict.UNSOUND


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        ((1, 91_204, 1), "sound up to no block yet, 91204 blocks compared with one node only"),
        ((7, 7, 1), "sound up to block 6, 1 block compared with one node only"),
        ((7, 8, 2), "sound up to block 6, 2 blocks not compared with every node that was named"),
    ],
)
def test_what_was_compared_with_one_node_only(blocks, told):
    first, last, asked = blocks
    assert replace(SOUND, uncompared=(Uncompared("other", "one", first, last, "0x", asked),)).told == told


def test_the_members_and_who_governs_them():
    text = page(SOUND)
    head = text[: text.index("<main>")]
    assert "0x" + "fe" * 20 in head  # a recovery that the member can object to is told before all else
    assert "2027-08-13 08:00 UTC" in head
    for told in ("Pending proposals", "Consortium.suspend(3, LEFT)", "0x" + "f0" * 20, "University Audit Group"):
        assert told in text
    assert "No proposal is pending." in page(EMPTY)
    assert SOUND.to_json()["membership"]["recoveries"][0]["member"] == 2


def test_one_node_only_was_named():
    alone = replace(SOUND, nodes=SOUND.nodes[:1])
    assert (alone.sound, alone.alone, SOUND.alone) == (True, True, False)
    assert "Nothing was compared with another node" in page(alone)
    assert "Nothing was compared with another node" not in page(SOUND)


def test_findings_by_severity_and_how_many_more():
    words = "".join(Read(page(UNSOUND)).words)
    places = [words.index(rule) for rule in ("not-live", "nodes-differ", "code-unchecked", "members-changed")]
    assert places == sorted(places)
    assert "And 40 more." in words
    assert "Breaches42" in words.replace("\n", "")


def test_json_holds_the_same():
    told = UNSOUND.to_json()
    assert told["sound"] is False
    assert (told["format"], told["verdict"]) == ("jamjar.audit.3", "unsound")
    assert IN_PART.to_json()["uncompared"] == [{"node": "https://harbour.example", "first": 91_203, "last": 91_204}]
    assert (IN_PART.to_json()["sound"], IN_PART.to_json()["verdict"]) == (False, "sound in part")
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
