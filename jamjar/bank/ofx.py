"""The transactions of OFX files: version 1, which is SGML without closing tags, and version 2, which is XML.

Only tags and texts are looked at, as both versions share them: there is no parser that could follow an entity, a
document type or a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from jamjar.bank.source import BankFile
from jamjar.errors import InvalidInput

_TAG = re.compile(r"<(/?)([A-Za-z0-9.]{1,32})>([^<]*)")
_GROUPS = frozenset({"payee", "currency", "origcurrency", "bankacctto", "ccacctto", "banktranlist"})
_STATEMENT = frozenset({"acctid", "curdef"})


def entries(source: BankFile) -> Iterator[dict[str, str]]:
    """Iterate over the fields of each STMTTRN by name, with those of its statement: ACCTID and CURDEF.

    Raises InvalidInput for a file that does not end with </OFX>, as a whole one does.
    """
    statement: dict[str, str] = {}
    entry: dict[str, str] | None = None
    group = ""
    ended = False
    for closes, name, text in _tags(source):
        if name == "ofx":
            ended = bool(closes)
        elif name == "stmttrn":
            if closes and entry is not None:
                source.row_done()
                yield {**statement, **entry}
            entry = None if closes else {}
            group = ""
        elif name in _GROUPS:
            group = "" if closes else f"{name}."
        elif name in ("stmtrs", "ccstmtrs") and not closes:
            statement = {}
        elif not closes and entry is not None:
            entry.setdefault(group + name, _said(name, text))
        elif not closes and name in _STATEMENT:
            statement.setdefault(name, text)
    if not ended:
        raise InvalidInput("The OFX file is cut off: it does not end with </OFX>; download it again.")


def _said(name: str, text: str) -> str:
    """Return a field as other formats write it: the day of a moment, and a point where OFX allows a comma."""
    if name == "trnamt" and "." not in text and text[-3:-2] == ",":
        return text.replace(",", ".")
    return text[:8] if name == "dtposted" else text


def _tags(source: BankFile) -> Iterator[tuple[str, str, str]]:
    rest = ""
    for text in source.texts():
        data = rest + text
        cut = max(data.rfind("<"), 0)
        yield from _found(data[:cut])
        rest = data[cut:]
    yield from _found(rest)


def _found(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _TAG.finditer(text):
        value = match[3].strip()
        yield match[1], match[2].lower(), unescape(value) if "&" in value else value
