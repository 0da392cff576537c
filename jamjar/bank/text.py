"""Text from a bank's file: cleaned for display, without account numbers, folded for comparison."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from jamjar.errors import InvalidInput

MAX_TEXT = 2000
"""The most characters a payee or note may have."""

_MASK = "***"
_NUMBERS = re.compile(r"(?:\d{4}[ -]){3}\d{4}|\d{2}-\d{2}-\d{2}|\d{6,}")


def clean(value: object, what: str) -> str:
    """Return `value` on one line, with runs of spaces as one and unprintable characters replaced by a space.

    An escape character would control a terminal, and one that changes the direction of text would mislead a reader.
    Raises InvalidInput, which never repeats the text, for a value that is no text, has a NUL character, a lone
    surrogate or an unassigned character, or is longer than 2,000 characters.
    """
    if not isinstance(value, str):
        raise InvalidInput(f"{what} is not text; export the file again.")
    if len(value) > MAX_TEXT:
        raise InvalidInput(f"{what} is longer than {MAX_TEXT:,} characters; check that this is a bank's file.")
    if value.isprintable():
        return " ".join(value.split())
    # A character that is not assigned yet would give another key with another version of Unicode.
    if "\0" in value or any(unicodedata.category(character) in ("Cs", "Cn") for character in value):
        raise InvalidInput(f"{what} has characters that no bank writes; export the file again.")
    return " ".join("".join(character if character.isprintable() else " " for character in value).split())


def without_numbers(text: str) -> str:
    """Return `text` with every sort code, card number and run of six or more digits replaced by "***"."""
    return _NUMBERS.sub(_MASK, text)


def alike(one: str, other: str) -> bool:
    """Return whether two texts name one payee: equal when folded, or the words of one stand within the other.

    A bank may put a date in front of a name, cut it off, or add a town, from one download to the next.
    """
    first, second = folded(one), folded(other)
    if first == second:
        return True
    if not first or not second:
        return False
    return f" {first} " in f" {second} " or f" {second} " in f" {first} "


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return `text` folded for comparison: in Unicode's NFKC form, without case, with runs of spaces as one."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())
