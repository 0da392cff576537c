"""The operator's words in Welsh: all of a page, and all figures that services tell, with the same values in them."""

import ast
import re
from pathlib import Path

import pytest
from jinja2.ext import babel_extract

from jamjar.operator_pages import pages, services
from jamjar.pages.site import BASE
from jamjar.pages.words import translations

ROOM = Path(pages.__file__).parent
FIELD = re.compile(r"%\(\w+\)s")
WELSH = translations(("jamjar.operator_pages", BASE), "cy")


def in_templates() -> set[str]:
    found = set[str]()
    for path in ROOM.glob("templates/*.html"):
        with path.open("rb") as opened:
            for _, _, words, _ in babel_extract(opened, ("_", "gettext"), (), {}):
                found |= {words} if isinstance(words, str) else {each for each in words if each}
    return found


def in_facts() -> set[str]:
    tree = ast.parse(Path(services.__file__).read_text("utf-8"))
    made = (each for each in ast.walk(tree) if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "Fact")
    return {each.args[0].value for each in made if isinstance(each.args[0], ast.Constant)}


NAMED = {
    *services.KINDS,
    *services.AGES.values(),
    *services.STATES.values(),
    pages.TITLE,
    *(words for _, words in pages.NAVIGATION),
}
SAME = {"Log"}


@pytest.mark.parametrize("words", sorted(in_templates() | in_facts() | NAMED))
def test_every_word_is_there(words: str) -> None:
    assert (WELSH.gettext(words) == words) == (words in SAME)
    assert sorted(FIELD.findall(WELSH.gettext(words))) == sorted(FIELD.findall(words))


@pytest.mark.parametrize("count", [1, 2])
def test_counts(count: int) -> None:
    assert "angen sylw" in WELSH.ngettext("%(num)s thing needs attention", "%(num)s things need attention", count)
    assert len(in_templates()) > 30
    assert len(in_facts()) > 5
