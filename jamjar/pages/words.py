"""The languages of pages: gettext catalogues, and days and times as they are written in each.

Every room with pages may have its own `locale/cy.po`; what a catalogue lacks is shown in English.
Warning: the Welsh is a translation by the makers of Jamjar; an organisation has it read by a Welsh speaker before use.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES: Final = {"en": "English", "cy": "Cymraeg"}
"""What each language calls itself, by its code (BCP 47)."""


@cache
def translations(rooms: Sequence[str], language: str) -> NullTranslations:
    """Return the words of a language: those of the first room that has them.

    rooms  names of packages, such as `("jamjar.wallet_pages", "jamjar.pages")`
    """
    found: NullTranslations = NullTranslations()
    for room in reversed(rooms):
        place = files(room) / "locale" / f"{language}.po"
        if language == "en" or not place.is_file():
            continue
        compiled = BytesIO()
        with place.open("rb") as opened:
            write_mo(compiled, read_po(opened, locale=language))
        compiled.seek(0)
        words = GNUTranslations(compiled)
        words.add_fallback(found)
        found = words
    return found


def day(when: date, language: str) -> str:
    """Return a day in words, such as 29 November 2026."""
    return format_date(when, "d MMMM y", locale=language)


def month(epoch: int, language: str) -> str:
    """Return a month, given as 202611, in words, such as November 2026."""
    return format_date(date(epoch // 100, epoch % 100, 1), "MMMM y", locale=language)


def moment(seconds: float, language: str, zone: tzinfo | None = None) -> str:
    """Return a time (Unix seconds) in words, to the minute; without a zone in this machine's."""
    at = datetime.fromtimestamp(seconds, zone)
    return f"{day(at.date(), language)}, {at:%H:%M}{' UTC' if zone is not None else ''}"
