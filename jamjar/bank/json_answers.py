"""The rows of JSON answers: Open Banking UK, and the services that pass accounts on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import ijson  # type: ignore[import-untyped]

from jamjar.bank.layout import Layout
from jamjar.bank.source import PART, BankFile
from jamjar.bank.statement import PageLinks, Statement
from jamjar.bank.text import MAX_TEXT, folded
from jamjar.errors import InvalidInput

# Where answers say which page they are: Open Banking and GoCardless; Plaid; Yapily.
_LINKS = {
    "links.self": "self_", "links.next": "next_", "links.next.href": "next_", "next": "next_", "next_cursor": "next_",
    "links.prev": "previous", "links.previous": "previous",
}  # fmt: skip
_TOTALS = {"meta.totalpages": "total", "total_transactions": "rows", "pagination.totalcount": "rows"}
_OFFSETS = {"pagination.self.offset": "self_", "pagination.next.offset": "next_"}

Found = tuple[Layout, dict[str, str]]

_DEEPEST = 16
_STARTS = frozenset({"start_map", "start_array"})
_ENDS = frozenset({"end_map", "end_array"})
LIST = "@list"
"""The column that holds the name of the list in which a row is."""


def answers(source: BankFile, known: Sequence[Layout], statement: Statement) -> Iterator[Found]:
    """Iterate over the rows of one answer, several in an array, or one a line: the layout, and the cells by name.

    Names are folded, and those of fields within others are joined by dots. Puts what the answer says of its pages into
    `statement`. Raises InvalidInput, which names the row, for what is no whole answer.
    """
    reader = _Reader(known, statement)
    try:
        # Without use_float a number of thousands of digits crashes the parser in C instead of raising an error.
        for event, value in ijson.basic_parse(source.utf8(), buf_size=PART, use_float=True, multiple_values=True):
            if (row := reader.take(event, value)) is not None:
                source.row_done()
                yield row
    except InvalidInput:
        raise
    except (ijson.JSONError, ValueError):
        # The parser's own exception repeats part of the file, so it is not chained.
        raise InvalidInput(
            f"The file is cut off or not JSON in UTF-8 at row {reader.number}; ask the bank for the file again."
        ) from None
    if not reader.found:
        raise InvalidInput(
            "The file has no list of transactions, such as Data.Transaction of Open Banking; give the whole answer to"
            " a request for transactions."
        )


class _Reader:
    """Where in the answer the parser is."""

    def __init__(self, known: Sequence[Layout], statement: Statement) -> None:
        self._statement = statement
        self._lists: dict[tuple[str, ...], list[Layout]] = {}
        for layout in known:
            for place in layout.lists:
                self._lists.setdefault(tuple(folded(place).split(".")), []).append(layout)
        self._texts = {
            folded(name) for each in known if each.texts for names in each.columns.values() for name in names
        }
        self._path: list[str] = []
        self._names: list[set[str]] = []
        self._row: dict[str, str] | None = None
        self._at = 0
        self._layouts: list[Layout] = []
        self.number, self.found = 1, False

    def take(self, event: str, value: Any) -> Found | None:
        """Take the next event; return the row that it ends, if it ends one."""
        path = self._path
        if event == "map_key":
            path[-1] = self._named(value)
        elif event in _STARTS:
            if event == "start_map" and not set(path) - {"*"}:
                self._statement.pages.append(PageLinks())  # an answer, of which one file may have several
            self._start(event)
            path.append("*" if event == "start_array" else "")
            if event == "start_map":
                self._names.append(set())
        elif event in _ENDS:
            path.pop()
            if event == "end_map":
                self._end_map()
            if self._row is not None and len(path) == self._at:
                return self._ended()
            if self._layouts and self._row is None and len(path) < self._at:
                self._layouts = []
        elif self._row is None:
            self._outside(value)
        else:
            self._cell(value)
        return None

    def _named(self, name: str) -> str:
        name = folded(name)
        if name in self._names[-1]:
            where = f"Row {self.number}" if self._row is not None else "The file"
            raise InvalidInput(f"{where} has {name[:60]} twice; ask the bank for the file again.")
        self._names[-1].add(name)
        return name

    def _start(self, event: str) -> None:
        path = self._path
        if len(path) == _DEEPEST:
            raise InvalidInput(f"Row {self.number} is nested too deeply; check that this is a bank's file.")
        if self._row is not None:
            if ".".join(path[self._at :]) in self._texts and self._layouts[0].texts:
                raise InvalidInput(f"Row {self.number} has a list or object where text belongs; ask the bank for it.")
        elif self._layouts and len(path) == self._at:
            if event != "start_map":
                raise InvalidInput(f"Row {self.number} is not an object; ask the bank for the file again.")
            self._row = {LIST: path[-2] if len(path) > 1 else ""}
        elif layouts := self._listed():
            if event != "start_array":
                self._not_a_list(layouts)
                return
            self._layouts, self._at, self.found = layouts, len(path) + 1, True

    def _listed(self) -> list[Layout]:
        names = tuple(name for name in self._path if name != "*")
        for length in (2, 1):
            if self._path[-1:] != ["*"] and (found := self._lists.get(names[-length:])):
                return found
        return []

    def _not_a_list(self, layouts: list[Layout]) -> None:
        if layouts[0].texts:
            raise InvalidInput("Data.Transaction is not one list; ask the bank for the file again.")

    def _end_map(self) -> None:
        names = self._names.pop()
        if self._row is None and self._path[-1:] == ["data"] and not names:
            self.found = True  # an account without a booking has {"Data": {}}

    def _ended(self) -> Found:
        row = self._row
        assert row is not None  # noqa: S101
        self._row = None
        layout = self._layout(row)
        self.number += 1
        return layout, row

    def _layout(self, row: dict[str, str]) -> Layout:
        if len(self._layouts) == 1:
            return self._layouts[0]
        for layout in self._layouts:
            if all(any(folded(name) in row for name in group) for group in layout.required):
                return layout
        names = " or ".join(sorted({layout.name for layout in self._layouts}))
        raise InvalidInput(f"Row {self.number} is not one of {names}; give the answer as the service gave it.")

    def _outside(self, value: Any) -> None:
        if self._layouts and len(self._path) == self._at:
            raise InvalidInput(f"Row {self.number} is not an object; ask the bank for the file again.")
        if self._path[-1:] != ["*"] and (layouts := self._listed()):
            self._not_a_list(layouts)
        if links := page_links(".".join(self._path[-4:]), value):
            pages = self._statement.pages
            if not pages or any(getattr(pages[-1], field) not in ("", 0, said) for field, said in links.items()):
                pages.append(PageLinks())  # an answer that follows another in the same file
            pages[-1] = pages[-1]._replace(**links)

    def _cell(self, value: Any) -> None:
        path, row = self._path, self._row
        assert row is not None  # noqa: S101
        name = path[-1] if len(path) == self._at + 1 else ".".join(part for part in path[self._at :] if part != "*")
        if value is None:
            return
        if not isinstance(value, str):
            if self._layouts[0].texts and name in self._texts:
                raise InvalidInput(
                    f"The field {name[:60]} in row {self.number} is not text; ask the bank for it again."
                )
            value = _written(value)
        row[name] = f"{row[name]} {value}" if name in row else value


def page_links(name: str, value: Any) -> dict[str, Any]:
    """Return the fields of PageLinks that a value outside of rows tells, by the dotted end of its name."""
    text = value if isinstance(value, str) and len(value) <= MAX_TEXT else ""
    whole = int(value) if type(value) is int or (text.isascii() and text.isdecimal() and len(text) < 9) else None
    for end, field in _LINKS.items():
        if name == end or name.endswith(f".{end}"):
            return {field: text} if text else {}
    for end, field in _TOTALS.items():
        if name.endswith(end) and whole:
            return {field: whole}
    for end, field in _OFFSETS.items():
        if name.endswith(end) and whole is not None:
            return {field: f"offset {whole}"}
    return {"next_": ""} if name.rpartition(".")[2] == "has_more" and value is False else {}


def _written(value: Any) -> str:
    """Return a number or truth value as text; an amount that is not whole pence by a rounding error is rounded."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        nearest = f"{value:.2f}"
        return nearest if abs(float(nearest) - value) < 1e-9 else repr(value)
    return str(value) if abs(value) < 10**15 else "?"
