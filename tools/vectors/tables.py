"""What every implementation has as tables: the catalogue's codes, a notice's words, later characters of Unicode."""

from dataclasses import fields
from typing import Any

from jamjar.consent.notice import LANGUAGES
from jamjar.encoding.unicode_text import LATER
from jamjar.plan.catalogue import CATALOGUE_VERSION, GROUPS, LINES, SECTIONS


def vectors() -> dict[str, Any]:
    """Return the codes in the catalogue's order, and the words by language."""
    return {
        "catalogue": CATALOGUE_VERSION,
        "groups": list(GROUPS),
        "sections": list(SECTIONS),
        "lines": [code for code, line in LINES.items() if not line.is_debt],
        "later": " ".join(LATER.split()),
        "languages": [
            {each.name: _plain(getattr(language, each.name)) for each in fields(language)} for language in LANGUAGES
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    return list(value) if isinstance(value, tuple) else {str(key): text for key, text in value.items()}
