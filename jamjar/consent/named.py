"""Scope items of a set of named values: a name with its kind, shown, or only in answers to questions.

A set is what a budget is not: whatever an organisation's module has a claimant commit to. Its identifier is a part of
every leaf's name, so that a value of one set is none of another, nor of a budget.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final, TypeAlias

from jamjar.encoding.unicode_text import is_stable
from jamjar.errors import InvalidInput, InvalidTerms
from jamjar.plan.entries import number_of

MAX_IDENTIFIER: Final = 60
MAX_NAME: Final = 64
NAME_RULE: Final = (
    f'up to {MAX_NAME} characters of a-z, 0-9, - and _, a letter first, in parts joined by dots, such as "surname"'
)
"""What a name of a value is, in words."""
MAX_TEXT: Final = 1024
"""The longest text, in bytes of UTF-8."""
MOST_NUMBER: Final = 2**53 - 1
"""The largest number of either sign, which every reader of JSON has exactly."""
NamedValue: TypeAlias = int | date | str
"""A value of a set: a whole number, a date, or one line of text."""
_WORD: Final = r"[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)*"
_NAME: Final = re.compile(_WORD)
_ENTRY: Final = re.compile(f"({_WORD}):({_WORD})")


class ValueKind(Enum):
    """What a value is: a whole number, a date, or one line of text."""

    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


class Showing(Enum):
    """How much of a name is shown: its value, or nothing but answers to questions."""

    VALUE = "value"
    THRESHOLD = "threshold"


@dataclass(frozen=True, slots=True)
class NamedItem:
    """A name of a set, its kind, and how much of it is shown.

    set_id  the set's identifier, up to 60 characters of a-z, 0-9, "-" and "_", a letter first, in parts joined by dots
    name    in the set, up to 64 characters of the same

    Raises InvalidTerms for anything else, and for questions about a text.
    """

    set_id: str
    name: str
    kind: ValueKind
    what: Showing

    def __post_init__(self) -> None:
        check_identifier(self.set_id)
        check_name(self.name)
        if not isinstance(self.kind, ValueKind) or not isinstance(self.what, Showing):
            raise InvalidTerms(f"The name {self.name!r} has no ValueKind, or no Showing; give both.")
        if self.kind is ValueKind.TEXT and self.is_asked:
            raise InvalidTerms(f"No question can be about the text {self.name!r}; show its value, or leave it out.")

    @property
    def jar(self) -> str:
        """The name of the entry, with its set's: what stands in the leaf."""
        return entry_name(self.set_id, self.name)

    @property
    def is_asked(self) -> bool:
        """Whether it is only about questions."""
        return self.what is Showing.THRESHOLD

    @property
    def figure(self) -> str:
        """The name of the one entry that it is about."""
        return self.jar

    def allows(self, name: str) -> bool:
        """Return whether the entry of this name may be shown."""
        return not self.is_asked and name == self.jar

    def asks(self, name: str) -> bool:
        """Return whether a question may be about the entry of this name, without its value."""
        return self.is_asked and name == self.jar


def check_identifier(text: object) -> None:
    """Raise InvalidTerms unless a text can identify a set."""
    if not isinstance(text, str) or len(text) > MAX_IDENTIFIER or not _NAME.fullmatch(text):
        raise InvalidTerms(
            f"The identifier of the set is not up to {MAX_IDENTIFIER} characters of a-z, 0-9, - and _, a letter first,"
            ' in parts joined by dots, such as "org.example.identity"; correct it.'
        )


def check_name(text: object) -> None:
    """Raise InvalidTerms unless a text can name a value."""
    if not is_name(text):
        raise InvalidTerms(f"A name of the set is not {NAME_RULE}; correct it.")


def is_name(text: object) -> bool:
    """Return whether a text can name a value: the one rule, for sets and for the manifests of modules."""
    return isinstance(text, str) and len(text) <= MAX_NAME and _NAME.fullmatch(text) is not None


def entry_name(set_id: str, name: str) -> str:
    """Return the name of a set's entry, which no budget and no other set has: no code of a jar has a colon."""
    return f"{set_id}:{name}"


def is_entry_name(name: str) -> bool:
    """Return whether this can be the name of a set's entry."""
    found = _ENTRY.fullmatch(name)
    return found is not None and len(found[1]) <= MAX_IDENTIFIER and len(found[2]) <= MAX_NAME


def short_name(entry: str) -> str:
    """Return the name in its set of an entry."""
    return entry.partition(":")[2]


def check_text(name: str, text: str) -> str:
    """Return a text that can be committed to; raises InvalidInput, which never repeats it.

    It is 1 to 1,024 bytes of UTF-8, one visible line in Unicode Normalization Form C, of characters that every version
    of Unicode has: two people who see the same have the same digest.
    """
    if not isinstance(text, str) or not text:
        raise InvalidInput(f"The text of {name!r} is none; give at least one character, or leave the name out.")
    if not is_stable(text) or not text.isprintable() or text != text.strip():
        raise InvalidInput(
            f"The text of {name!r} is not one line of visible characters that every version of Unicode has, without"
            " spaces around it; correct it, or commit to the digest of a file in its place."
        )
    if not unicodedata.is_normalized("NFC", text):
        raise InvalidInput(f"The text of {name!r} is not in Unicode Normalization Form C; normalise it.")
    if len(text.encode()) > MAX_TEXT:
        raise InvalidInput(
            f"The text of {name!r} is longer than {MAX_TEXT:,} bytes; shorten it, or commit to its digest in its place."
        )
    return text


def number_for(name: str, kind: ValueKind, value: NamedValue) -> int:
    """Return the number that stands in the leaf of a number or a date, which is YYYYMMDD.

    Raises InvalidInput, which never repeats the value, for one of another kind or beyond 2**53 - 1.
    """
    if kind is ValueKind.DATE and type(value) is date:
        return number_of(value)
    if kind is ValueKind.NUMBER and type(value) is int:
        if abs(value) > MOST_NUMBER:
            raise InvalidInput(f"The number {name!r} is beyond 2**53 - 1; give it in a larger unit, or as a text.")
        return value
    raise InvalidInput(f"The value of {name!r} is no {kind.value}; give one, as its set says.")
