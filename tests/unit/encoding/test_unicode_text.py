"""A text that is taken has the same normal forms in every version of Unicode, whichever Python runs.

When a character is unassigned here, or was in 13.0 and normalises    it is refused
When it is in 13.0, or came later and is left as it is                it is taken, if this version has it
Given everything that is taken and that normalises                    its forms are those of Unicode 13.0
"""

import hashlib
import unicodedata

import pytest

from jamjar.encoding.unicode_text import KNOWN_UNTIL, is_stable

FORMS_OF_13 = "5a7d9ca7484cea5f319a119f4f089c49ac197f3997393d0b4e9895a7c3282ad2"
"""Printed by Python 3.10 for all that it has, and by unicodedata2 18.0.0 for what `is_stable` takes."""


@pytest.mark.parametrize(
    "text",
    ["\U0001ccd6", "\U000105d2\u0307", "\U0001e030", "\u0378", "\U0001e4ec", "a\U0001ccd6b"],
    ids=ascii,
)
def test_is_refused_in_every_version(text: str) -> None:
    assert not is_stable(text)


@pytest.mark.parametrize(
    "text", ["", "pass phrase", "é", "e\u0301", "ﬁ", "Ŵ", "한", "\U0001f3fa", "\U00010d24", "\ue000", "\u20bf"]
)
def test_is_taken_in_every_version(text: str) -> None:
    assert is_stable(text)


def test_the_forms_of_what_is_taken_are_those_of_the_first_version() -> None:
    digest = hashlib.sha256()
    for code in range(0x110000):
        character = chr(code)
        if is_stable(character) and unicodedata.category(character) != "Cs":
            forms = [unicodedata.normalize(form, character) for form in ("NFC", "NFD", "NFKC", "NFKD")]
            if forms != 4 * [character] or unicodedata.combining(character):
                shown = (code, [[ord(each) for each in form] for form in forms], unicodedata.combining(character))
                digest.update(repr(shown).encode())
    assert digest.hexdigest() == FORMS_OF_13


def test_the_list_knows_this_version() -> None:
    def numbers(version: str) -> list[int]:
        return [int(each) for each in version.split(".")]

    assert numbers(unicodedata.unidata_version) <= numbers(KNOWN_UNTIL)
