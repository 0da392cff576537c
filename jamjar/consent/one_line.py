"""Texts of one line that an adviser writes and a notice quotes: nothing in them hides, breaks or turns round a text."""

import unicodedata
from typing import Final

from jamjar.encoding.unicode_text import is_stable
from jamjar.errors import InvalidTerms

_QUOTES: Final = frozenset("“”")


def one_line(name: str, text: object, longest: int) -> str:
    """Return the text in NFC; raises InvalidTerms, which begins with `name`, for more than one line that people see."""
    if not isinstance(text, str) or not text.strip() or not is_stable(text):
        raise InvalidTerms(f"The {name} has no text, or a character that not every version of Unicode has; correct it.")
    line = unicodedata.normalize("NFC", text)
    if len(line) > longest:
        raise InvalidTerms(f"The {name} is longer than {longest} characters; shorten it.")
    # What is not printable breaks the line, or hides or turns round other text.
    if not line.isprintable() or line != line.strip():
        raise InvalidTerms(f"The {name} is not one line of visible characters; write it without breaks and controls.")
    if not _QUOTES.isdisjoint(line):
        raise InvalidTerms(f"The {name} has quotation marks “ or ”, between which it is shown; write ' instead.")
    return line
