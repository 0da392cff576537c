"""The transactions of SWIFT MT940 files, read by the library mt-940 a few at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from jamjar.bank.source import BankFile
from jamjar.errors import InvalidInput

AT_ONCE = 50
"""How many transactions the library is given at once, with what stands above the first of their statement."""
_OUT = ("D", "RC")
"""Marks of money that went out: a debit, and a credit taken back, to which the library gives no sign."""
_DAYS = ("date", "entry_date")
_BEGINS = ":20:"
_ROW = ":61:"
_ENDS = ":62"
"""The closing balance, below which a field 86 is about the statement and not about its last transaction."""


def entries(source: BankFile) -> Iterator[dict[str, str]]:
    """Iterate over the fields of each transaction, as the library names them, with the account of its statement.

    Raises InvalidInput for anything but MT940, and for a transaction that is not readable, possibly after some.
    """
    import mt940

    logger = logging.getLogger("mt940")
    logger.propagate = False  # what it logs of a line that it cannot read is private
    logger.addHandler(logging.NullHandler())
    found = False
    for text, count in parts(source):
        found = True
        try:
            statement = mt940.parse(text)
            rows = [_cells(statement.data, each.data) for each in statement]
        except Exception:
            # Whatever the library raises may repeat part of the file, so it is not chained.
            raise InvalidInput("The MT940 file is not readable; download it again, or export OFX or CSV.") from None
        if len(rows) != count:
            raise InvalidInput("The MT940 file has a transaction that is not readable; export OFX or CSV instead.")
        yield from rows
    if not found:
        raise InvalidInput("The MT940 file has no statement; download it again, or export OFX or CSV.")


def parts(source: BankFile) -> Iterator[tuple[str, int]]:
    """Iterate over parts of the statements as statements of their own, each with the number of its transactions."""
    head, rows = list[str](), list[str]()
    count, is_open, is_below = 0, False, False
    for line in (each.rstrip("\r\n") for each in source.lines()):
        if line.startswith(_BEGINS) or (line.startswith(_ROW) and count == AT_ONCE):
            if is_open:
                yield "\n".join([*head, *rows]), count
            rows, count = [], 0
            if line.startswith(_BEGINS):
                head, is_open = [], True
        if line.startswith((_BEGINS, _ROW, _ENDS)):
            source.row_done()
            is_below = line.startswith(_ENDS)
        if line.startswith(_ROW):
            count += 1
        if not is_below:
            (rows if count else head).append(line)
    if is_open:
        yield "\n".join([*head, *rows]), count


def _cells(statement: dict[str, Any], found: dict[str, Any]) -> dict[str, str]:
    cells = {name: " ".join(value.split()) for name, value in found.items() if isinstance(value, str)}
    cells |= {name: str(found[name]) for name in _DAYS if found.get(name)}
    money = found["amount"]
    cells["amount"] = f"{'-' if found['status'] in _OUT else ''}{abs(money.amount):f}"
    cells["currency"] = money.currency or ""
    cells["account"] = str(statement.get("account_identification", ""))
    return cells
