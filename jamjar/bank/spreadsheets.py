"""Spreadsheets in XLSX: the library openpyxl says what is where, and `sheet_rows` reads the cells in a stream.

The library makes an object of every element, which takes most of the time and of the memory; so it reads the small
parts: which sheets there are, and what a style means.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import chain, islice
from typing import IO, Any, cast

from jamjar.bank.sheet_rows import SheetRows, SheetStrings, too_large
from jamjar.errors import InvalidInput

LARGEST_PART = 512 * 1024
"""The most bytes of a part that the library reads, such as the styles."""
LARGEST_STRINGS = 32 * 1024 * 1024
"""The most bytes of the strings that cells share, which are held."""
_TOP = 40
"""How many rows are looked at to find how wide the table is."""


def cells(archive: zipfile.ZipFile) -> Iterator[list[str]]:
    """Iterate over the rows of the first sheet that has any, as text, as wide as the widest of the first rows.

    Raises InvalidInput for what is damaged or larger than any statement, possibly after some rows.
    """
    try:
        yield from _cells(archive)
    except InvalidInput:
        raise
    except Exception:
        # Whatever the library raises may repeat a cell, so it is not chained.
        raise InvalidInput("The spreadsheet is damaged; download it again, or save it as CSV.") from None


def _cells(archive: zipfile.ZipFile) -> Iterator[list[str]]:
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet
    from openpyxl.xml.constants import SHARED_STRINGS

    file = cast(IO[bytes], archive.fp)
    book = ExcelReader(file, read_only=True, keep_links=False)
    book.archive = _SmallParts(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library tells the user of styles that no row needs
        book.read_manifest()
        book.read_workbook()
        apply_stylesheet(book.archive, book.wb)
    table = book.package.find(SHARED_STRINGS)
    strings = _strings(archive, table.PartName[1:]) if table else []
    for _, place in book.parser.find_sheets():
        if place.target not in book.valid_files or "chartsheet" in place.Type:
            continue
        with archive.open(place.target) as sheet:
            rows = SheetRows(strings, _dates(book.wb)).parsed(sheet)
            top = list(islice(rows, _TOP))
            if any(top):
                widest = max(map(len, top))
                yield from (row[:widest] for row in chain(top, rows))
                return


def _strings(archive: zipfile.ZipFile, name: str) -> list[str]:
    """Return the strings that cells share."""
    if archive.getinfo(name).file_size > LARGEST_STRINGS:
        raise too_large()
    with archive.open(name) as file:
        return list(SheetStrings().parsed(file))


def _dates(book: Any) -> Callable[[str, int], str]:
    """Return a function that writes a number in a style as a day where the style is one of days, else as an amount."""
    from openpyxl.utils.datetime import from_excel

    days, spans, epoch = book._date_formats, book._timedelta_formats, book.epoch

    @lru_cache(4096)
    def written(text: str, style: int) -> str:
        value = float(text) if set(text) & set(".eE") else int(text)
        if style in days:
            try:
                return _written(from_excel(value, epoch, timedelta=style in spans))
            except (OverflowError, ValueError):
                return text
        return _written(value)

    return written


def _written(value: Any) -> str:
    """Return a value as a bank would write it in CSV."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        nearest = f"{value:.2f}"
        return nearest if abs(float(nearest) - value) < 1e-9 else repr(value)
    return str(value)


class _SmallParts(zipfile.ZipFile):
    """An archive of which only small parts are read whole."""

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """Return a part; raises InvalidInput for a large one."""
        info = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if info.file_size > LARGEST_PART:
            raise too_large()
        return super().read(info, pwd)
