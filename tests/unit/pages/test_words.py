"""The pages' languages: every word of a template has its Welsh, with the same places to fill in.

Given a template          each message is in its room's catalogue, or in the base's
Given a catalogue         the same names are filled in on both sides, in every plural
Given a day or a time     as each language writes it
"""

import re
from datetime import date, timezone
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from jamjar.pages.words import day, moment, month, translations

ROOMS = ("jamjar.pages", "jamjar.wallet_pages", "jamjar.adviser_pages")
OPTIONS = {"encoding": "utf-8", "trim_blocks": "true", "lstrip_blocks": "true"}


def catalogue(room):
    with (files(room) / "locale" / "cy.po").open("rb") as opened:
        return {message.id: message.string for message in read_po(opened, locale="cy") if message.id}


def messages(room):
    for template in (files(room) / "templates").iterdir():
        with template.open("rb") as opened:
            for _, function, message, _ in babel_extract(opened, ("_", "ngettext"), [], OPTIONS):
                yield (
                    tuple(message[:2])
                    if function == "ngettext"
                    else message
                    if isinstance(message, str)
                    else message[0]
                )


def places(text):
    return set(re.findall(r"%\(\w+\)s", text))


@pytest.mark.parametrize("room", ROOMS)
def test_every_word_has_its_welsh(room):
    known = catalogue(room) | catalogue("jamjar.pages")
    found = set(messages(room))
    assert len(found) > 10
    assert found - known.keys() == set()


@pytest.mark.parametrize("room", ROOMS)
def test_the_same_is_filled_in(room):
    for english, welsh in catalogue(room).items():
        for text in welsh if isinstance(welsh, tuple) else [welsh]:
            assert text
            assert places(text) == places(english[0] if isinstance(english, tuple) else english), english
            assert not re.search(r"[<>]", text)


def test_a_room_s_words_go_before_the_base_s():
    found = translations(("jamjar.wallet_pages", "jamjar.pages"), "cy")
    assert found.gettext("Who can see what now") == "Pwy all weld beth nawr"
    assert found.gettext("Lock") == "Cloi"
    assert found.gettext("Nobody wrote this.") == "Nobody wrote this."
    assert translations(("jamjar.pages",), "en").gettext("Lock") == "Lock"


def test_days_and_times():
    assert day(date(2026, 11, 29), "en") == "29 November 2026"
    assert day(date(2026, 11, 29), "cy") == "29 Tachwedd 2026"
    assert [month(202612, each) for each in ("en", "cy")] == ["December 2026", "Rhagfyr 2026"]
    assert moment(1_780_000_000, "en", timezone.utc) == "28 May 2026, 20:26 UTC"
    assert moment(1_780_000_000, "cy", timezone.utc) == "28 Mai 2026, 20:26 UTC"
