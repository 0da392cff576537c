"""The cells of CSV files (RFC 4180), with whatever separates them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from jamjar.bank.layout import Layout
from jamjar.bank.source import BankFile
from jamjar.bank.tables import SEARCHED, header_of
from jamjar.errors import InvalidInput

_SEPARATORS = (",", ";", "\t", "|")


def cells(source: BankFile, known: Sequence[Layout]) -> Iterator[list[str]]:
    """Iterate over the rows of a CSV file, those above the table, too.

    A first line "sep=;" names the separator; else it is the one with which a header is found.
    Raises InvalidInput, which names the row, for what is not CSV.

    Warning: a file truncated inside its last cell, where that is free text, cannot be distinguished from a whole one.
    """
    lines = source.lines()
    first = list(islice(lines, SEARCHED))
    separator = _named(first)
    skipped = [[""]] if separator else []
    if separator:
        first = first[1:]
    rows = csv.reader(chain(first, lines), delimiter=separator or _found(first, known), strict=True)
    yield from skipped
    number = len(skipped)
    while True:
        try:
            row = next(rows, None)
        except csv.Error:
            # The exception of csv may repeat the cell, so it is not chained.
            raise InvalidInput(f"Row {number + 1} is not readable as CSV; export the file again.") from None
        if row is None:
            return
        source.row_done()
        number += 1
        yield row


def _named(lines: Sequence[str]) -> str:
    start = lines[0].strip().strip('"').lower() if lines else ""
    return start[4:5] or "\t" if start.startswith("sep=") else ""


def _found(lines: Sequence[str], known: Sequence[Layout]) -> str:
    """Return the separator with which these first lines have a header, or the one that is there most."""
    for separator in _SEPARATORS:
        try:
            rows = list(csv.reader(lines, delimiter=separator))
        except csv.Error:
            continue
        if header_of(rows, known):
            return separator
    return max(_SEPARATORS, key="".join(lines).count)
