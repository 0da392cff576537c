"""Files made to harm: entities, bombs, formulas, endless or deep ones; each is refused, or does nothing."""

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
from tests.unit.bank.test_families import CAMT, MT940, OFX1

Read = Callable[..., list[BankRow]]

LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE d SYSTEM "http://127.0.0.1:1/d.dtd">'


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


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, REMOTE])
def test_a_document_type_is_refused(reading: Read, declared: str) -> None:
    head, rest = CAMT.split("?>", 1)
    with pytest.raises(InvalidInput, match="has what no bank writes"):
        reading(f"{head}?>{declared}{rest.replace('BREAD', '&a;')}".encode())


def test_ofx_has_no_entities(reading: Read) -> None:
    text = OFX1.replace("CAF\xc9", "&xxe;").replace("<OFX>", f"{OUTSIDE}<OFX>")
    assert reading(text.encode())[0].payee == "&xxe; & BAR"


@pytest.mark.parametrize(
    "text", ["<a>" * 100_000, "<Document>" + "<b>" * 100, "<Document><x/></Document>", "<?xml?>", "<a"]
)
def test_other_xml_is_refused(reading: Read, text: str) -> None:
    with pytest.raises(InvalidInput):
        reading(text.encode())


def test_a_statement_in_an_archive_is_read(reading: Read) -> None:
    assert reading(packed(a_csv=STARLING + GOOD)) == reading(STARLING + GOOD)
    assert len(reading(packed(a_json=json.dumps({"Data": {}}).encode()))) == 0


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (packed(a_csv=STARLING, b_csv=STARLING), "has 2 files"),
        (packed(), "has 0 files"),
        (packed(a_zip=packed(a_csv=STARLING + GOOD)), "another archive"),
        (packed(a_csv=STARLING + GOOD)[:-30], "damaged"),
        (packed(a_csv=(STARLING + GOOD) * 3).replace(b"\x00\x00\x08\x00", b"\x01\x00\x08\x00"), "password"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)
def test_other_archives_are_refused(reading: Read, data: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        reading(data)


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
    monkeypatch.setattr(archives, "_LARGEST_SHEET", 1_000)
    with pytest.raises(InvalidInput, match="larger than any statement"):
        reading(book(("Date",)))


HEAD = tuple(STARLING.decode().strip().split(","))


def test_formulas_do_nothing(reading: Read) -> None:
    rows = reading(book(HEAD, ("10/11/2026", '=HYPERLINK("http://x","y")', "@SUM(1)", "CARD", -4.5, "=1+1")))
    assert [(row.pence, row.payee, row.note) for row in rows] == [(-450, '=HYPERLINK("http://x","y")', "@SUM(1)")]
    with pytest.raises(InvalidInput, match="The amount in row 2"):
        reading(book(HEAD, ("10/11/2026", "Shop", "", "CARD", "=2-6.5", 1)))


def test_a_spreadsheet_may_have_lines_above_and_cells_of_dates_and_numbers(reading: Read) -> None:
    day = datetime.datetime(2026, 4, 2)
    found = reading(book(("Statement", None), (), HEAD, (day, "First Bus", "REF", "CONTACTLESS", -2, 1426.0)))
    assert [row[:9] for row in found] == [row[:9] for row in reading(STARLING + GOOD)]


@pytest.mark.parametrize("text", [MT940.replace("D12,34", "D12,34,"), ":20:\n:61:x", "{1:F01" + "a" * 1000 + "}"])
def test_broken_mt940_is_refused_and_not_logged(reading: Read, capfd: pytest.CaptureFixture[str], text: str) -> None:
    with pytest.raises(InvalidInput):
        reading(text.encode())
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7\nBarclays Bank", "PDF.*Barclays: In online banking, not in the app"),
        (b"\xef\xbb\xbf%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><title>Log in to Monzo </title>", "web page.*Monzo: In the app"),
        (b"\n<HTML><body>Log in", "web page"), (b"\xd0\xcf\x11\xe0\xa1", "XLS"), (b"{\\rtf1", "text document"),
        (b"\x89PNG\r\n", "picture"), (b"\x1f\x8b\x08", "GZIP"),
    ],
)  # fmt: skip
def test_other_files_are_named_and_a_way_is_given(reading: Read, data: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        reading(data)
