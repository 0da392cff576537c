"""Sentences of errors in the reader's language: those of a fixed form, with what was filled in left as it is.

An error is raised in English, far from any page. `locale/errors.cy.po` has each sentence that a claimant or an adviser
can meet, with `%(name)s` where something is filled in; what is filled in for `%(sentence)s` is such a sentence itself.
A sentence that is not there stays English, and its page marks it so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from babel.messages.pofile import read_po

_FIELD: Final = re.compile(r"%\((\w+)\)s")
_NESTED: Final = "sentence"
_MOST: Final = 2000
"""Characters; a longer sentence is none of ours, and a service may answer one that nests without end."""
_CODE: Final = re.compile(r"([A-Z]\w*\([^()]*\)|[A-Z_]{4,}): ")
"""How the refusal of a contract or a service begins, before the sentence that people read."""


def said(sentence: str, language: str) -> tuple[str, bool]:
    """Return a sentence in a language, and whether it is in that language; else it is English."""
    code = _CODE.match(sentence)
    sentence = sentence[code.end() :] if code else sentence
    if language == "en" or len(sentence) > _MOST:
        return sentence, language == "en"
    for form, words in _forms(language):
        found = form.fullmatch(sentence)
        if found is None:
            continue
        filled = found.groupdict()
        if _NESTED in filled:
            filled[_NESTED], is_there = said(filled[_NESTED], language)
            if not is_there:
                continue
        return words % filled, True
    return sentence, False


@cache
def _forms(language: str) -> Sequence[tuple[re.Pattern[str], str]]:
    """Return the form of each sentence and its translation: the longest fixed part first, so that it goes before."""
    with (files("jamjar.pages") / "locale" / f"errors.{language}.po").open("rb") as opened:
        known = [(str(each.id), str(each.string)) for each in read_po(opened, locale=language) if each.id]
    known.sort(key=lambda pair: -len(_FIELD.sub("", pair[0])))
    return [(_form(english), translated) for english, translated in known]


def _form(english: str) -> re.Pattern[str]:
    parts = _FIELD.split(english)  # fixed text and names take turns
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL
    )
