"""Transactions from the CSV files of Monzo, Starling and Barclays, row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date

from jamjar.bank.keys import RowKeys
from jamjar.bank.layouts import DAY, Layout, layout_of
from jamjar.bank.source import MAX_ROWS, BankFile
from jamjar.bank.text import clean, folded, without_numbers
from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput
from jamjar.plan.money import from_pounds
from jamjar.plan.period import FIRST_YEAR, LAST_YEAR

_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")


def transactions(source: BankFile, secret: bytes, account: str = "") -> Iterator[Transaction]:
    """Iterate over the transactions of a CSV file (RFC 4180) in UTF-8, all of them booked.

    `secret` and `account` are those of `jamjar.bank.keys.RowKeys`. Rows are numbered as in a spreadsheet: the
    header is row 1. Raises InvalidInput, which names the row, possibly after some transactions: discard those then.

    Warning: a file truncated inside its last cell, where that is free text, cannot be distinguished from a whole one.
    """
    rows = csv.reader(_lines(source), strict=True)
    number = 0
    layout, header, keys = None, [""], None
    while True:
        try:
            cells = next(rows, None)
        except csv.Error:
            # The exception of csv may repeat the cell, so it is not chained.
            raise InvalidInput(f"Row {number + 1} is not readable as CSV; export the file again.") from None
        if cells is None:
            break
        source.row_done()
        number += 1
        if number > MAX_ROWS:
            raise InvalidInput(f"The file has more than {MAX_ROWS:,} rows; export fewer months at a time.")
        if layout is None or keys is None:
            layout, header = layout_of(cells), [name.strip() for name in cells]
            keys = RowKeys(secret, layout.name, account)
        elif any(cells):
            yield _transaction(layout, _row(header, cells, number), keys, number)
    if layout is None:
        raise InvalidInput("The file is empty; export it again.")


def _lines(source: BankFile) -> Iterator[str]:
    for number, line in enumerate(source.lines(), 1):
        if b"\0" in line:
            raise InvalidInput(f"Line {number} of the file has NUL characters; export it again as CSV.")
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            raise InvalidInput(f"Line {number} of the file is not UTF-8; export it again, unaltered.") from None


def _row(header: list[str], cells: list[str], number: int) -> dict[str, str]:
    if len(cells) < len(header):
        raise InvalidInput(f"Row {number} has fewer cells than the header; export the file again in full.")
    if len(cells) > len(header) + 1 or any(cells[len(header) :]):
        raise InvalidInput(f"Row {number} has more cells than the header; export the file again, unaltered.")
    return dict(zip(header, cells, strict=False))


def _transaction(layout: Layout, row: dict[str, str], keys: RowKeys, number: int) -> Transaction:
    if layout.currency and row[layout.currency].strip() != "GBP":
        raise InvalidInput(f"Row {number} is not in pounds sterling; take it out, as only GBP is imported.")
    day = _day(row[DAY].strip(), number)
    pence = from_pounds(row[layout.amount], f"The amount in row {number}", negative=True)
    payees = [clean(row[name], f"The cell {name} in row {number}") for name in layout.payee]
    note = clean(row[layout.note], f"The cell {layout.note} in row {number}")
    # Only the digits: a bank may change the spaces and hyphens between them.
    account = "".join(filter(str.isdigit, row[layout.account])) if layout.account else ""
    return Transaction(
        _key(layout, row, keys, number, (account, day.isoformat(), str(pence))),
        keys.source(account),
        day,
        pence,
        without_numbers(next(filter(None, payees), "")),
        without_numbers(note),
        transfer=layout.transfers is not None and folded(row[layout.transfers[0]]) == layout.transfers[1],
    )


def _key(layout: Layout, row: dict[str, str], keys: RowKeys, number: int, cells: tuple[str, str, str]) -> str:
    if layout.number:
        given = clean(row[layout.number], f"The cell {layout.number} in row {number}")
        if not given:
            raise InvalidInput(f"Row {number} has no {layout.number}; export the file again, unaltered.")
        return keys.numbered(cells[0], given)
    texts = [clean(row[name], f"The cell {name} in row {number}") for name in layout.unchanging]
    if layout.balance:
        texts.append(str(from_pounds(row[layout.balance], f"The balance in row {number}", negative=True)))
    return keys.counted(*cells, *texts)


def _day(text: str, number: int) -> date:
    match = _DAY.fullmatch(text)
    try:
        if match and FIRST_YEAR <= int(match[3]) <= LAST_YEAR:
            return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        pass
    raise InvalidInput(
        f"The date in row {number} is not a day of {FIRST_YEAR} to {LAST_YEAR} written as dd/mm/yyyy;"
        " export the file again, unaltered."
    )
