"""The rows of a bank's file of any known kind."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from jamjar.bank import archives, blocks, camt, csv_files, html_tables, json_answers, mt940, ofx, spreadsheets, tables
from jamjar.bank.converting import RowConverter
from jamjar.bank.keys import RowKeys
from jamjar.bank.kinds import kind_of, web_page
from jamjar.bank.layout import Layout
from jamjar.bank.layouts import layouts, of_family
from jamjar.bank.row import BankRow
from jamjar.bank.source import BankFile
from jamjar.bank.statement import Statement
from jamjar.errors import InvalidInput

_FAMILIES = {"ofx": ofx.entries, "camt": camt.entries, "mt940": mt940.entries}


def read(file: BinaryIO, keys: RowKeys, account: str = "", layout: Layout | None = None, name: str = "") -> Statement:
    """Return the statement in `file`, whose rows are read as they are iterated over.

    `file` is open as binary and at its beginning, of at most 256 MiB and 250,000 rows; its beginning tells the kind of
    file, its header one bank's table from another's, unless `layout` says what it is. `account` is the claimant's own
    name for the account, and `name` that of the file.

    Raises InvalidInput, which names the row, for anything that is not exactly such a file, possibly after some
    rows: store all of a file or none of it.
    """
    return _read(file, keys, account, (layout,) if layout else layouts(), name)


def _read(
    file: BinaryIO, keys: RowKeys, account: str, known: tuple[Layout, ...], name: str, *, packed: bool = False
) -> Statement:
    source = BankFile(file)
    if not source.head:
        raise InvalidInput("The file is empty; export it again.")
    kind = kind_of(source, known, name)
    statement = Statement(remarks=source.remarks, is_answer=kind == "json")
    of_tables = of_family("table", known)
    if kind == "zip":
        archive = archives.opened(io.BytesIO(source.content(archives.LARGEST_INSIDE)) if packed else file)
        if not archives.is_spreadsheet(archive):
            if packed:
                raise InvalidInput("The archive has another archive in it; unpack both, and import what is in them.")
            return _read(archives.statement(archive), keys, account, known, name, packed=True)
        cells = spreadsheets.cells(archive)
    elif kind == "html":
        cells = html_tables.cells(source)
        first = list(islice(cells, tables.SEARCHED))
        if not tables.header_of(first, of_tables):
            raise web_page(source, name)
        cells = chain(first, cells)
    elif kind == "table":
        cells = csv_files.cells(source, of_tables)
    if kind in ("zip", "html", "table"):
        ragged = kind != "table"
        return statement.keep(tables.table(cells, of_tables, keys, account, source.remarks, ragged=ragged))
    if kind == "json":
        return statement.keep(_answers(source, keys, account, known, statement))
    return statement.keep(_entries(source, kind, keys, account, known))


def _answers(
    source: BankFile, keys: RowKeys, account: str, known: tuple[Layout, ...], statement: Statement
) -> Iterator[BankRow | str]:
    converters: dict[int, RowConverter] = {}
    found = json_answers.answers(source, of_family("json", known), statement)
    for number, (layout, cells) in enumerate(found, 1):
        if id(layout) not in converters:
            converters[id(layout)] = RowConverter(layout, keys, account)
        yield converters[id(layout)].row(cells, number)


def _entries(
    source: BankFile, kind: str, keys: RowKeys, account: str, known: tuple[Layout, ...]
) -> Iterator[BankRow | str]:
    fitting = of_family(kind, known)
    if kind == "blocks":
        fitting = [layout for layout in fitting if source.beginning.lower().startswith(layout.begins.lower())]
    if not fitting:
        raise InvalidInput("The file is not of the family of that layout; leave --layout away.")
    found = blocks.blocks(source, fitting[0]) if kind == "blocks" else _FAMILIES[kind](source)
    convert = RowConverter(fitting[0], keys, account).row
    for number, cells in enumerate(found, 1):
        yield convert(cells, number)
