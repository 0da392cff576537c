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

    `secret` and `account` are those of `jamjar.bank.keys.RowKeys`. Rows are counted as a spreadsheet does: the
    header is row 1. Raises InvalidInput naming the row, also after some transactions: keep none of them then.

    Warning: a file cut off inside its very last cell, where that is free text, cannot be told from a whole one.
    """
    rows = csv.reader(_lines(source), strict=True)
    number = 0
    layout, header, keys = None, [""], None
    while True:
        try:
            cells = next(rows, None)
        except csv.Error:
            # The exception of csv may repeat the cell: it is not chained.
            raise InvalidInput(f"row {number + 1} is not CSV that can be read: export the file again") from None
        if cells is None:
            break
        source.row_done()
        number += 1
        if number > MAX_ROWS:
            raise InvalidInput(f"the file has more than {MAX_ROWS:,} rows: export fewer months at a time")
        if layout is None or keys is None:
            layout, header = layout_of(cells), [name.strip() for name in cells]
            keys = RowKeys(secret, layout.name, account)
        elif any(cells):
            yield _transaction(layout, _row(header, cells, number), keys, f"row {number}")
    if layout is None:
        raise InvalidInput("the file is empty: export it again")


def _lines(source: BankFile) -> Iterator[str]:
    for number, line in enumerate(source.lines(), 1):
        if b"\0" in line:
            raise InvalidInput(f"line {number} of the file holds NUL characters: export it again as CSV")
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            raise InvalidInput(f"line {number} of the file is not UTF-8: export it again, unaltered") from None


def _row(header: list[str], cells: list[str], number: int) -> dict[str, str]:
    if len(cells) < len(header):
        raise InvalidInput(f"row {number} has fewer cells than the header: the file is cut off, export it again")
    if len(cells) > len(header) + 1 or any(cells[len(header) :]):
        raise InvalidInput(f"row {number} has more cells than the header: export the file again, unaltered")
    return dict(zip(header, cells, strict=False))


def _transaction(layout: Layout, row: dict[str, str], keys: RowKeys, where: str) -> Transaction:
    if layout.currency and row[layout.currency].strip() != "GBP":
        raise InvalidInput(f"{where} is not in pounds sterling: take the row out, only GBP can be imported")
    day = _day(row[DAY].strip(), where)
    pence = from_pounds(row[layout.amount], f"the amount in {where}", negative=True)
    payees = [clean(row[name], f"{name} in {where}") for name in layout.payee]
    note = clean(row[layout.note], f"{layout.note} in {where}")
    # Only the digits: a bank may write the spaces and hyphens between them in another way tomorrow.
    account = "".join(filter(str.isdigit, row[layout.account])) if layout.account else ""
    return Transaction(
        _key(layout, row, keys, where, (account, day.isoformat(), str(pence))),
        keys.source(account),
        day,
        pence,
        without_numbers(next(filter(None, payees), "")),
        without_numbers(note),
        transfer=layout.transfers is not None and folded(row[layout.transfers[0]]) == layout.transfers[1],
    )


def _key(layout: Layout, row: dict[str, str], keys: RowKeys, where: str, cells: tuple[str, str, str]) -> str:
    if layout.number:
        number = clean(row[layout.number], f"{layout.number} in {where}")
        if not number:
            raise InvalidInput(f"{where} has no {layout.number}: export the file again, unaltered")
        return keys.numbered(cells[0], number)
    texts = [clean(row[name], f"{name} in {where}") for name in layout.unchanging]
    if layout.balance:
        texts.append(str(from_pounds(row[layout.balance], f"the balance in {where}", negative=True)))
    return keys.counted(*cells, *texts)


def _day(text: str, where: str) -> date:
    match = _DAY.fullmatch(text)
    try:
        if match and FIRST_YEAR <= int(match[3]) <= LAST_YEAR:
            return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        pass
    raise InvalidInput(
        f"the date in {where} is not a day of {FIRST_YEAR} to {LAST_YEAR} written as dd/mm/yyyy:"
        " export the file again, unaltered"
    )
