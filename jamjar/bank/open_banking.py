"""Transactions from Open Banking UK JSON, versions 3.1.11 and 4: `GET /accounts/{AccountId}/transactions`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import ijson  # type: ignore[import-untyped]

from jamjar.bank.keys import RowKeys
from jamjar.bank.source import MAX_ROWS, BankFile
from jamjar.bank.text import clean, without_numbers
from jamjar.bank.transaction import Status, Transaction
from jamjar.errors import InvalidInput
from jamjar.plan.money import from_pounds
from jamjar.plan.period import FIRST_YEAR, LAST_YEAR

_LIST = ["Data", "Transaction"]
_PLACE = [*_LIST, "*"]
_DEEPEST = 16
_STARTS = frozenset({"start_map", "start_array"})
_BRACKETS = _STARTS | {"end_map", "end_array"}
_REQUIRED = ("AccountId", "CreditDebitIndicator", "Status", "BookingDateTime", "Amount.Amount", "Amount.Currency")
_UNCHANGING = ("TransactionReference", "TransactionInformation", "MerchantDetails.MerchantName")
_BALANCE = ("Balance.CreditDebitIndicator", "Balance.Amount.Amount", "Balance.Amount.Currency")
_NAMES = ("CreditorAccount.Name", "DebtorAccount.Name")
_WANTED = {*_REQUIRED, *_UNCHANGING, *_BALANCE, *_NAMES, "TransactionId"}

_STATUSES: dict[str, Status] = {
    "Booked": "booked",
    "Pending": "pending",
    "Rejected": "void",
    "BOOK": "booked",
    "PDNG": "pending",
    "RJCT": "void",
    "INFO": "void",
    "FUTR": "void",
}
_SIGNS = {"Credit": 1, "Debit": -1}
_AMOUNT = re.compile(r"([0-9]{1,13}(?:\.[0-9]{1,2})?)0{0,3}")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII)


def transactions(source: BankFile, secret: bytes, account: str = "") -> Iterator[Transaction]:
    """Iterate over the transactions of an answer, booked, pending and void; CreditDebitIndicator signs the amount.

    The day is the one written in BookingDateTime, in its own offset from UTC. AccountId is used in keyed digests
    only. `secret` and `account` are those of `jamjar.bank.keys.RowKeys`. Raises InvalidInput, which names the row,
    counted from 1, possibly after some transactions: discard those then.
    """
    keys = RowKeys(secret, "Open Banking", account)
    for number, row in enumerate(_rows(source), 1):
        if number > MAX_ROWS:
            raise InvalidInput(f"The file has more than {MAX_ROWS:,} rows; export fewer months at a time.")
        yield _transaction(row, keys, number)


def _rows(source: BankFile) -> Iterator[dict[str, str]]:
    """Iterate over the wanted fields, by dotted path, of each object in Data.Transaction."""
    path: list[str] = []
    row: dict[str, str] | None = None
    number, found = 1, False
    try:
        # Without use_float a number of thousands of digits crashes the parser in C instead of raising an error.
        for event, value in ijson.basic_parse(source, use_float=True):
            if event == "map_key":
                path[-1] = value
            elif event not in _BRACKETS:
                if row is None:
                    _check_start(event, path, number, found)
                    continue
                name = path[3] if len(path) == 4 else ".".join(path[3:])
                if name in _WANTED and value is not None:
                    _take(row, name, value, number)
            elif event in _STARTS:
                _check_start(event, path, number, found)
                found = found or path == _LIST
                row = {} if path == _PLACE else row
                path.append("*" if event == "start_array" else "")
            else:
                path.pop()
                if row is not None and path == _PLACE:
                    source.row_done()
                    yield row
                    row, number = None, number + 1
    except InvalidInput:
        raise
    except (ijson.JSONError, ValueError):
        # The parser's own exception repeats part of the file, so it is not chained.
        raise InvalidInput(
            f"The file is cut off or not JSON in UTF-8 at row {number}; ask the bank for the file again."
        ) from None
    if not found:
        raise InvalidInput("The file has no list Data.Transaction; give the answer to an Open Banking request for it.")


def _check_start(event: str, path: list[str], number: int, found: bool) -> None:
    depth = len(path)
    if path == _LIST and (found or event != "start_array"):
        raise InvalidInput("Data.Transaction is not one list; ask the bank for the file again.")
    if path == _PLACE and event != "start_map":
        raise InvalidInput(f"Row {number} is not an object; ask the bank for the file again.")
    if depth > len(_PLACE) and ".".join(path[3:]) in _WANTED:
        raise InvalidInput(f"Row {number} has a list or object where text belongs; ask the bank for the file again.")
    if depth == _DEEPEST:
        raise InvalidInput(f"Row {number} is nested too deeply; check that this is a bank's file.")


def _take(row: dict[str, str], name: str, value: Any, number: int) -> None:
    if name in row:
        raise InvalidInput(f"Row {number} has {name} twice; ask the bank for the file again.")
    row[name] = clean(value, f"The field {name} in row {number}")


def _transaction(row: dict[str, str], keys: RowKeys, number: int) -> Transaction:
    for name in _REQUIRED:
        if not row.get(name):
            raise InvalidInput(f"Row {number} lacks {name}; ask the bank for the file again.")
    if row["Amount.Currency"] != "GBP":
        raise InvalidInput(f"Row {number} is not in pounds sterling; take it out, as only GBP is imported.")
    status, sign = _STATUSES.get(row["Status"]), _SIGNS.get(row["CreditDebitIndicator"])
    if status is None:
        raise InvalidInput(
            f"The status of row {number} is not one of Open Banking 3.1.11 or 4; ask the bank what it means."
        )
    if sign is None:
        raise InvalidInput(f"Row {number} is neither Credit nor Debit; ask the bank for the file again.")
    pence = sign * _pence(row["Amount.Amount"], number)
    day, moment = _moment(row["BookingDateTime"], number)
    names = (row.get(_UNCHANGING[2]), row.get(_NAMES[0] if sign < 0 else _NAMES[1]), row.get(_UNCHANGING[1]))
    payee = next(filter(None, names), row.get("TransactionReference", ""))
    note = row.get("TransactionInformation", "")
    return Transaction(
        _key(row, keys, status, moment, pence),
        keys.source(row["AccountId"]),
        day,
        pence,
        without_numbers(payee),
        without_numbers(note if note != payee else ""),
        status,
    )


def _key(row: dict[str, str], keys: RowKeys, status: Status, moment: str, pence: int) -> str:
    """Return the key of a row; that of a pending row without a number is never that of a booked one."""
    if given := row.get("TransactionId"):
        return keys.numbered(row["AccountId"], given)
    texts = (row.get(name, "") for name in (*_UNCHANGING, *_NAMES, *_BALANCE))
    return keys.counted(row["AccountId"], status, moment, str(pence), *texts)


def _pence(text: str, number: int) -> int:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise InvalidInput(
            f"The amount in row {number} is not whole pence without a sign; ask the bank for the file again."
        )
    return from_pounds(match[1], f"The amount in row {number}")


def _moment(text: str, number: int) -> tuple[date, str]:
    """Return the day, and the moment in one form; a bank may write "Z" in one file and "+00:00" in another."""
    match = _TIME.fullmatch(text)
    try:
        if match and FIRST_YEAR <= int(match[1][:4]) <= LAST_YEAR:
            return date.fromisoformat(match[1]), f"{match[1]}T{match[2]}{match[3].replace('Z', '+00:00')}"
    except ValueError:
        pass
    raise InvalidInput(
        f"The BookingDateTime in row {number} is not an ISO 8601 time in {FIRST_YEAR} to {LAST_YEAR};"
        " ask the bank for the file again."
    )
