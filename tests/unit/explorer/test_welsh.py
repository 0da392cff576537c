"""The explorer's words in Welsh.

Given any words of a page, or of an event    there are Welsh ones, with the same values to fill in
Given a search in one language               the link to the other asks the same
"""

import ast
import re
from pathlib import Path

import pytest

from jamjar.explorer import app, site
from jamjar.pages.site import BASE
from jamjar.pages.words import translations
from tests.unit.explorer.test_app import browser_of

ROOM = Path(site.__file__).parent
FIELD = re.compile(r"%\(\w+\)s|\{\w+\}")
IN_TEMPLATES = {
    words for path in ROOM.glob("templates/*.html") for words in re.findall(r'\b_\("(.*?)"', path.read_text("utf-8"))
}
IN_CODE = {
    node.args[0].value
    for path in ROOM.glob("*.py")
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
    if isinstance(node, ast.Call)
    and getattr(node.func, "id", "") == "marked"
    and isinstance(node.args[0], ast.Constant)
}
NAMED = {
    site.TITLE,
    app.NO_PAGE,
    app.NO_POLICY,
    app.NO_FILE,
    *(words for _, words in (*site.NAVIGATION, site.CHECK, site.FIND)),
}
SAME = {"Hash", "Log"}
"""Words that are the same in both languages."""


@pytest.mark.parametrize("words", sorted(IN_TEMPLATES | IN_CODE | NAMED))
def test_every_word_is_there(words):
    welsh = translations((site.ROOM, BASE), "cy").gettext(words)
    assert (welsh == words) == (words in SAME)
    assert sorted(FIELD.findall(welsh)) == sorted(FIELD.findall(words))


def test_the_link_to_the_other_language_asks_the_same():
    page = browser_of().get("/search?q=0x%22%3E%3Cb%3E&language=cy")
    assert 'href="/search?q=0x%22%3E%3Cb%3E&amp;language=en"' in page.text
    assert "Chwilio" in page.words
    sent = browser_of().upload("/check?language=cy", {}, "a", b"x")
    assert 'href="/?language=en"' in sent.text


def test_words_are_found():
    assert len(IN_TEMPLATES) > 150
    assert len(IN_CODE) > 60
