"""The rows of tables in web pages: some banks name one .xls, and spreadsheet programs open it as if it was."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from jamjar.bank.source import BankFile

_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style"})


def cells(source: BankFile) -> Iterator[list[str]]:
    """Iterate over the rows of every table; scripts, links and pictures are not looked at."""
    parser = _Parser()
    for text in source.texts():
        parser.feed(text)
        for row in parser.rows:
            source.row_done()
            yield row
        parser.rows.clear()
    parser.close()
    yield from parser.rows


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._row: list[str] | None = None
        self._unseen = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag == "tr":
            self._end()
            self._row = []
        elif tag in _CELLS and self._row is not None:
            self._row.append("")
        self._unseen = self._unseen or tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        if tag in ("tr", "table"):
            self._end()
        self._unseen = self._unseen and tag not in _UNSEEN

    def handle_data(self, data: str) -> None:
        if self._row and not self._unseen:
            self._row[-1] = f"{self._row[-1]}{data}"

    def _end(self) -> None:
        if self._row:
            self.rows.append([" ".join(cell.split()) for cell in self._row])
        self._row = None
