"""One row of a bank's file, as every reader gives it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from jamjar.bank.transaction import Status


class BankRow(NamedTuple):
    """What a row says, before it is compared with what is held.

    - `source` and `number` are keyed digests, see `jamjar.bank.keys`; `number` is "" where the bank gives none.
    - `time` is that of UK clocks, "" where it is not known; `written` is the day in the offset of the file.
    - `unique` is whether this bank never uses a number again.
    - `former` is the key under which an older version holds the row, "" where it had no number.
    - `labelled` is whether the note is the bank's label, such as "Card Purchase", which it may rename.
    """

    source: str
    number: str
    day: date
    time: str
    pence: int
    payee: str
    note: str = ""
    status: Status = "booked"
    transfer: bool = False
    unique: bool = False
    labelled: bool = False
    written: date | None = None
    former: str = ""

    def __repr__(self) -> str:
        return f"BankRow(source={self.source!r}, day={self.day.isoformat()}, status={self.status!r})"
