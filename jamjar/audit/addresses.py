"""Addresses and hashes on a report's page: short where they are mentioned, and once in full at its end."""

import re
from collections.abc import Mapping
from html import escape
from typing import Final

from jamjar.audit.pictures import table

_LONG: Final = re.compile(r"\b0x[0-9a-fA-F]{40,}\b")
_HEAD, _TAIL = 6, 4


class ShortAddresses:
    """Shortens what is mentioned, and remembers it.

    names  who has an address, for those of whom it is known
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = dict(names)
        self._full = dict[str, str]()

    def text(self, text: str) -> str:
        """Return a text as HTML, with each address and hash in it shortened."""
        return _LONG.sub(lambda found: f"<code>{self._short(found[0])}</code>", escape(text))

    def section(self) -> str:
        """Return the section with all that were shortened, in full; empty where none was."""
        if not self._full:
            return ""
        rows = [
            [f"<code>{s}</code>", f"<code>{f}</code>", escape(self._names.get(f, ""))] for s, f in self._full.items()
        ]
        listed = table("Addresses and hashes on this page", ["short", "in full", "whose"], rows, numbers=3)
        return (
            f"<section><h2>In full</h2>\n<details><summary>Addresses and hashes</summary>\n{listed}</details></section>"
        )

    def _short(self, full: str) -> str:
        """Return the beginning and end of an address, as long as it takes to tell it from those before it."""
        if full not in self._full:
            alike = [other for other in self._full if other.endswith(full[-_TAIL:])]
            heads = (head for head in range(_HEAD, len(full)) if not any(o.startswith(full[:head]) for o in alike))
            self._full[full] = f"{full[: next(heads, len(full))]}…{full[-_TAIL:]}"
        return self._full[full]
