"""What was read of one file: its rows, what was skipped and why, and what is to be said about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from jamjar.bank.row import BankRow
from jamjar.bank.source import MAX_ROWS
from jamjar.errors import InvalidInput


class PageLinks(NamedTuple):
    """What an answer says about the pages that it is one of; "" and 0 where it says nothing.

    `total` counts pages, `rows` the rows on all of them.
    """

    self_: str = ""
    next_: str = ""
    previous: str = ""
    total: int = 0
    rows: int = 0


@dataclass(slots=True)
class Statement:
    """A file being read: iterating over `rows` reads it, and the other fields are whole when that has ended.

    `skipped` counts rows that were left out, by the reason; `pages` has one entry for each answer in the file.
    """

    rows: Iterator[BankRow] = field(default_factory=lambda: iter(()), repr=False)
    remarks: list[str] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    pages: list[PageLinks] = field(default_factory=list)
    is_answer: bool = False

    def keep(self, read: Iterator[BankRow | str]) -> Statement:
        """Take the rows from what a reader gives, and count what it skipped."""
        self.rows = self._kept(read)
        return self

    def _kept(self, read: Iterator[BankRow | str]) -> Iterator[BankRow]:
        for number, each in enumerate(read, 1):
            if number > MAX_ROWS:
                raise InvalidInput(f"The file has more than {MAX_ROWS:,} rows; export fewer months at a time.")
            if isinstance(each, str):
                self.skipped[each] += 1
            else:
                yield each
