"""The page of a panic card: nothing loaded, nothing run, nobody named unless asked, and codes that scan as written."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
import segno

from jamjar.errors import InvalidInput
from jamjar.protocol.panic_card import Card, from_text, to_scan, to_text
from jamjar.protocol.panic_card_page import page
from jamjar.protocol.signing import ConsentKey, sign
from jamjar.protocol.typed_data import Domain, Withdraw

DOMAIN = Domain(1337, "0x" + "11" * 20)
KEYS = [ConsentKey(bytes([number]) * 32) for number in range(1, 4)]
CARD = Card(1337, DOMAIN.contract, tuple(sign(key, DOMAIN, Withdraw(key.address)) for key in KEYS), date(2026, 5, 31))
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=y>"


class Reader(HTMLParser):
    """Collects the tags with their attributes, the texts, and the paths drawn."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts, self.open = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "path"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "path":
            assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "title"):
            self.texts.append(data)


READ = Reader(page(CARD))


@pytest.mark.parametrize(
    "labels", [{"0x" + "22" * 20: "x"}, {KEYS[0].address: "x" * 101}, {KEYS[0].address: None}, {"": ""}]
)
def test_labels_that_fit_nothing_are_refused(labels):
    with pytest.raises(InvalidInput):
        page(CARD, labels)


def test_nothing_is_loaded_and_nothing_runs():
    for tag, attributes in (*READ.tags, *Reader(page(CARD, {KEYS[0].address: HOSTILE})).tags):
        assert tag not in ("script", "img", "link", "iframe", "object", "a", "form", "base", "use", "image")
        assert not [
            name for name in attributes if name.startswith("on") or name in ("src", "href", "style", "xlink:href")
        ]
    assert "url(" not in page(CARD)
    assert "@import" not in page(CARD)


def test_the_page_is_whole():
    assert READ.open == []
    assert [tag for tag, _ in READ.tags].count("svg") == len(KEYS)


def test_a_label_is_shown_as_text_and_only_when_given():
    labelled = Reader(page(CARD, {KEYS[1].address: HOSTILE}))

    assert f"Withdrawal 2: {HOSTILE}" in labelled.texts
    assert "Withdrawal 2" in READ.texts


def test_it_prints_in_black_on_white():
    colours = set(re.findall(r"#[0-9a-f]{3,6}\b", page(CARD)))
    assert colours == {"#000", "#fff"}


def test_what_is_printed_can_be_typed():
    lines = [text for text in READ.texts if re.fullmatch(r"([0-9A-Z]{5} ){3}[0-9A-Z]{5}", text)]

    assert lines == [line for signed in CARD.withdrawals for line in to_text(signed).split("\n")]
    assert from_text("\n".join(lines[8:16]), DOMAIN) == CARD.withdrawals[1]


def dark_modules(path):
    """The dark modules that a path of strokes one module high draws, as (x, y)."""
    found, x, y = set(), 0.0, 0.0
    for command, values in re.findall(r"([Mmh])([^Mmh]*)", path):
        numbers = [float(value) for value in re.findall(r"-?\d+(?:\.\d+)?|-?\.\d+", values)]
        if command == "h":
            found |= {(int(x) + step, int(y)) for step in range(int(numbers[0]))}
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if command == "M" else (x + numbers[0], y + numbers[1])
    return found


def test_the_codes_are_those_of_the_withdrawals():
    strokes = [attributes["d"] for tag, attributes in READ.tags if tag == "path" and "stroke" in attributes]

    assert len(strokes) == len(KEYS)
    for signed, drawn in zip(CARD.withdrawals, strokes, strict=True):
        code = segno.make_qr(to_scan(signed), error="q", boost_error=False)
        assert (code.mode, code.error) == ("alphanumeric", "Q")
        expected = {(x + 4, y + 4) for y, row in enumerate(code.matrix) for x, module in enumerate(row) if module}
        assert dark_modules(drawn) == expected


def test_what_using_several_boxes_reveals_is_on_the_page():
    one = Card(1337, DOMAIN.contract, CARD.withdrawals[:1], CARD.made)
    assert "tied together" in page(CARD)
    assert [word in page(one) for word in ("tied together", "are one person's")] == [False, False]
