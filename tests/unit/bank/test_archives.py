"""Archives and spreadsheets: one statement is read; bombs and damage are refused, and formulas do nothing."""

import datetime
import io
import json
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from jamjar.bank import archives, source
from jamjar.bank.row import BankRow
from jamjar.errors import InvalidInput
from tests.unit.bank.test_csv_files import GOOD, STARLING

Read = Callable[..., list[BankRow]]


def packed(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return made.getvalue()


def book(*rows: tuple[object, ...]) -> bytes:
    made, workbook = io.BytesIO(), openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(made)
    return made.getvalue()


def test_a_statement_in_an_archive_is_read(reading: Read) -> None:
    for more in ({}, {"readme_txt": b"x"}, {"a_pdf": b"%PDF"}):
        assert reading(packed(a_csv=STARLING + GOOD, **more)) == reading(STARLING + GOOD)
    assert len(reading(packed(a_json=json.dumps({"Data": {}}).encode()))) == 0


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (packed(a_csv=STARLING, b_csv=STARLING), "has 2 files"),
        (packed(a_txt=b"1", b_pdf=b"2"), "has 2 files"),
        (packed(mimetype=b"1", content_xml=b"2"), "an OpenDocument file"),
        (packed(**{"word/d_xml": b"1"}), "a text"),
        (packed(), "has 0 files"),
        (packed(a_zip=packed(a_csv=STARLING + GOOD)), "another archive"),
        (packed(a_csv=STARLING + GOOD)[:-30], "damaged"),
        (packed(a_csv=(STARLING + GOOD) * 3).replace(b"\x00\x00\x08\x00", b"\x01\x00\x08\x00"), "password"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
    ],
    ids=range(9),  # not the data, in which the time is
)
def test_other_archives_are_refused(reading: Read, data: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        reading(data)


HEAD = tuple(STARLING.decode().strip().split(","))


def test_a_bomb_is_refused_by_what_it_declares_or_when_it_has_grown(
    monkeypatch: pytest.MonkeyPatch, reading: Read
) -> None:
    bomb = packed(a_csv=b"a,b\n" * 500_000)
    monkeypatch.setattr(archives, "MAX_BYTES", 1_000_000)
    with pytest.raises(InvalidInput, match="unpacks to more"):
        reading(bomb)
    monkeypatch.undo()
    monkeypatch.setattr(source, "MAX_BYTES", 100_000)
    with pytest.raises(InvalidInput):
        reading(packed(a_csv=STARLING + GOOD * 10_000))
    monkeypatch.setattr(archives, "LARGEST_INSIDE", 1_000)
    with pytest.raises(InvalidInput, match="up to 0 MiB"):
        reading(packed(a_xlsx=book(HEAD)))


def test_a_spreadsheet_in_an_archive_is_read(reading: Read) -> None:
    data = book(HEAD, ("10/11/2026", "Shop", "", "CARD", -4.5))
    assert reading(packed(a_xlsx=data)) == reading(data) != []


def test_a_damaged_archive_is_refused(reading: Read) -> None:
    whole = packed(a_csv=(STARLING + GOOD) * 50)
    for place in range(40, len(whole) - 80, 7):
        with pytest.raises(InvalidInput):
            reading(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])


def test_formulas_do_nothing(reading: Read) -> None:
    rows = reading(book(HEAD, ("10/11/2026", '=HYPERLINK("http://x","y")', "@SUM(1)", "CARD", -4.5, "=1+1")))
    assert [(row.pence, row.payee, row.note) for row in rows] == [(-450, '=HYPERLINK("http://x","y")', "@SUM(1)")]
    with pytest.raises(InvalidInput, match="The amount in row 2"):
        reading(book(HEAD, ("10/11/2026", "Shop", "", "CARD", "=2-6.5", 1)))


def test_a_spreadsheet_may_have_lines_above_and_cells_of_dates_and_numbers(reading: Read) -> None:
    day = datetime.datetime(2026, 4, 2)
    found = reading(book(("Statement", None), (), HEAD, (day, "First Bus", "REF", "CONTACTLESS", -2, 1426.0)))
    assert [row[:9] for row in found] == [row[:9] for row in reading(STARLING + GOOD)]
