"""Sentences of errors in Welsh.

Given a sentence of a fixed form        its Welsh, with what was filled in as it is
Given a sentence within a sentence      both in Welsh, or none
Given the code of a refusal             not shown, in any language
Given a sentence of a deeper room       English, and marked so
Given the rooms of the pages            each sentence that they raise is there
"""

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from jamjar.errors import InvalidInput
from jamjar.pages import app, guard, sentences
from jamjar.pages.site import Site
from jamjar.pages.words import translations

ROOMS = ("pages", "wallet_pages", "adviser_pages")
HOSTILE = "<b>%(name)s {{ 7*7 }}</b>"


def catalogue() -> dict[str, str]:
    with (files("jamjar.pages") / "locale" / "errors.cy.po").open("rb") as opened:
        return {str(each.id): str(each.string) for each in read_po(opened, locale="cy") if each.id}


def raised() -> Iterator[str]:
    """Each sentence that a room of pages raises or has by name, with 7 for what is filled in."""
    for room in ROOMS:
        for path in sorted(Path(str(files(f"jamjar.{room}"))).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"InvalidInput", "VaultUnavailable"}:
                    yield from text_of(node.args[0])
    yield from (app._NOT_FOUND, app._WENT_WRONG, guard._STRANGER, guard._TAKEN, guard._OLD_FORM, guard._STALE)


def text_of(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        parts = [str(each.value) if isinstance(each, ast.Constant) else "7" for each in node.values]
        yield "".join(parts)


NESTING = {"It is signed, and waits to be sent. 7", "The file 7"}
"""What is filled in is a sentence, or the end of one, of a deeper room."""


@pytest.mark.parametrize("sentence", sorted(set(raised()) - NESTING))
def test_what_the_pages_raise_has_its_welsh(sentence: str) -> None:
    welsh, is_welsh = sentences.said(sentence, "cy")
    assert is_welsh
    assert welsh != sentence
    assert sentences.said(sentence, "en") == (sentence, True)


def test_the_same_is_filled_in() -> None:
    fields = re.compile(r"%\(\w+\)s")
    for english, welsh in catalogue().items():
        assert sorted(set(fields.findall(english))) == sorted(set(fields.findall(welsh))), english
        assert not re.search(r"[<>]", welsh)
        assert welsh.rstrip()[-1] in ".s'", english
    assert len(catalogue()) > 50


def test_what_is_filled_in_stays_as_it_is() -> None:
    said = f"Request 3 was refused already; ask {HOSTILE} for another."
    assert sentences.said(said, "cy") == (f"Gwrthodwyd cais 3 eisoes; gofynnwch i {HOSTILE} am un arall.", True)
    page = Site("jamjar.pages", "Wallet").page("error.html", "cy", sentence=said)
    assert "<b>" not in page
    assert "&lt;b&gt;%(name)s {{ 7*7 }}" in page


def test_a_sentence_in_a_sentence() -> None:
    whole, part = "It is signed, and waits to be sent. ", "The node does not answer; try again."
    assert sentences.said(whole + part, "cy")[0] == (
        "Mae wedi'i lofnodi, ac yn aros i'w anfon. Nid yw'r nod yn ateb; rhowch gynnig arall arni."
    )
    assert sentences.said(whole + "Nobody wrote this.", "cy") == (whole + "Nobody wrote this.", False)


@pytest.mark.parametrize("code", ["ConsentNotLive(0x1f, WITHDRAWN): ", "NO_USE_ON_RECORD: ", "Rejected(): "])
def test_codes_are_not_shown(code: str) -> None:
    plain = "The node does not answer; try again."
    assert sentences.said(code + plain, "en") == (plain, True)
    assert sentences.said(code + plain, "cy")[1]
    assert sentences.said("Town: it is there.", "en")[0] == "Town: it is there."


def test_a_deeper_room_stays_english_and_is_marked() -> None:
    site = Site("jamjar.pages", "Wallet")
    sentence = str(InvalidInput("The bloom filter is odd; ask another node."))
    assert '<span lang="en">The bloom filter is odd' in site.page("error.html", "cy", sentence=sentence)
    assert '<span lang="en">' not in site.page("error.html", "en", sentence=sentence)
    assert '<span lang="en">' not in site.page("error.html", "cy", sentence=app._NOT_FOUND)


def test_a_long_sentence_is_matched_quickly() -> None:
    long = "The request lacks " + "a, " * 20_000
    assert sentences.said(long, "cy") == (long, False)


@pytest.mark.parametrize("part", ["It is signed, and waits to be sent. ", "The file was not imported. "])
def test_a_sentence_from_elsewhere_that_nests_without_end_stays_english(part: str) -> None:
    sentence = f"BUSY: {part * 2000}"  # such as a service's, which may answer anything
    assert sentences.said(sentence, "cy") == (part * 2000, False)


def test_no_sentence_is_in_two_catalogues() -> None:
    words = translations(("jamjar.wallet_pages", "jamjar.adviser_pages", "jamjar.pages"), "cy")
    assert [each for each in catalogue() if words.gettext(each) != each] == []
