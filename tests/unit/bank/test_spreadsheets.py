"""Spreadsheets: the cells are those that openpyxl reads; what is made to harm is refused, in bounded memory.

When a sheet is well formed           its cells are those of the library, which reads them by objects of its own
Given runs, sounds, codes, prefixes   texts are whole, without how they are pronounced
Given gaps, cells out of order        every value stands in its row and column, and none is left out
Given XML made to harm                it is refused before it has grown
"""

import datetime
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from jamjar.bank import archives, sheet_rows, spreadsheets
from jamjar.errors import InvalidInput

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = ("sheet.main", "workbook"), ("worksheet", "worksheets/sheet1"), ("styles", "styles"), ("sharedStrings", "str")
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'


def workbook(sheet: str, strings: str = "", styles: str = STYLES, name: str = "worksheet") -> bytes:
    """A workbook as other programs than openpyxl write it: with strings that cells share."""
    kinds = "".join(f'<Override PartName="/xl/{at}.xml" ContentType="{KINDS}.{kind}+xml"/>' for kind, at in PARTS)
    relation = f'<Relationship Id="r1" Type="{OFFICE}/{name}" Target="worksheets/sheet1.xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{kinds}</Types>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
        if "sheetData" not in sheet
        else sheet,
        "xl/styles.xml": styles,
        "xl/str.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, text in parts.items():
            archive.writestr(place, text)
    return made.getvalue()


def rows(data: bytes) -> list[list[str]]:
    return list(spreadsheets.cells(archives.opened(io.BytesIO(data))))


def judged(data: bytes) -> list[list[str]]:
    """The rows as openpyxl reads them, without the empty cells at their ends, in text."""
    found = []
    for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True):
        cells = ["" if cell is None else str(cell).removesuffix(" 00:00:00") for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        found.append(cells)
    return found


RICH = "<r><t>Cor</t></r><r><t>ner</t></r><rPh sb='0' eb='1'><t>said</t></rPh>"
STRINGS = f"<si><t>Date</t></si><si>{RICH}</si><si><t xml:space='preserve'> &amp; Son</t></si><si/>"
SHEETS = {
    "shared": '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>',
    "inline": f'<row r="1"><c r="A1" t="inlineStr"><is>{RICH}</is></c><c t="inlineStr"><is><t>b</t></is></c></row>',
    "gaps": '<row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row><row r="5"><c r="A5"><v>3</v></c></row>',
    "numbers": '<row><c><v>-4</v></c><c><v>1234567890123456</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>',
    "days": '<row r="1"><c r="A1" s="1"><v>46114</v></c><c r="B1" t="str"><v>text</v></c></row>',
    "formulas": '<row r="1"><c r="A1" t="str"><f>HYPERLINK("http://x")</f><v>y</v></c><c r="B1"><f>1+1</f><v>2</v></c>'
    '<c r="C1"><v>3</v></c></row>',
    "empty cells": '<row r="1"><c r="A1" s="1"/><c r="B1" t="s"><v>3</v></c><c r="C1"><v>7</v></c><c r="D1"/></row>',
}


@pytest.mark.parametrize("name", SHEETS)
def test_cells_are_those_that_the_library_reads(name: str) -> None:
    data = workbook(SHEETS[name], STRINGS)
    assert [row for row in rows(data) if row] == [row for row in judged(data) if row]


def test_what_the_library_writes_is_read_as_it_was_given() -> None:
    made, given = io.BytesIO(), [["Date", "Payee", "Amount"], ["2026-04-02", "A < B & Söhne", "-4.50"]]
    book = openpyxl.Workbook()
    book.active.append(given[0])
    book.active.append([datetime.date(2026, 4, 2), "A < B & Söhne", -4.5])
    book.save(made)
    assert rows(made.getvalue()) == given


def test_a_prefix_codes_and_cells_out_of_order() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="3"><x:c r="C3"><x:v>3</x:v></x:c><x:c r="A3">'
        '<x:v>1</x:v></x:c></x:row><x:row r="3"><x:c t="inlineStr"><x:is><x:t>a_x000D_b_x005F_x</x:t></x:is></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    assert rows(workbook(sheet)) == [[], [], ["1", "", "3"], ["a\rb_x"]]


def test_cells_far_to_the_right_are_left_out() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c><c r="ZZZZ1"><v>3</v></c><c r="1"><v>4</v></c>'
    assert rows(workbook(f"{far}</row>")) == [["1"]]


def document(declared: str) -> str:
    return f'{declared}<worksheet xmlns="{MAIN}"><sheetData><row><c><v>&a;</v></c></row></sheetData></worksheet>'


HOSTILE: dict[str, Callable[[], bytes]] = {
    "entities": lambda: workbook(document('<!DOCTYPE d [<!ENTITY a "ha">]>')),
    "outside": lambda: workbook(document('<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>')),
    "remote": lambda: workbook(document('<!DOCTYPE d SYSTEM "http://127.0.0.1:1/d.dtd">')),
    "deep": lambda: workbook("<row>" * 100),
    "endless names": lambda: workbook("".join(f"<a{n}/>" for n in range(30_000))),
    "endless attributes": lambda: workbook("<row " + " ".join(f'a{n}="1"' for n in range(200_000)) + "/>"),
    "an endless text": lambda: workbook(f"<row><c><v>{'1' * 3_000_000}</v></c></row>"),
    "an endless comment": lambda: workbook(f"<!--{'1' * 3_000_000}-->"),
    "rows beyond all": lambda: workbook('<row r="999999999999"><c><v>1</v></c></row>'),
    "no number": lambda: workbook("<row><c><v>one</v></c></row>"),
    "no string": lambda: workbook('<row><c t="s"><v>7</v></c></row>', STRINGS),
    "endless styles": lambda: workbook("", "", STYLES + " " * 600_000),
    "cut off": lambda: workbook(f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'),
    "strings cut off": lambda: workbook(SHEETS["shared"], "<si>"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_harm_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match=r"^The spreadsheet (is damaged|is larger|has what none has)"):
        rows(HOSTILE[name]())


def test_endless_strings_are_refused_by_what_they_declare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "LARGEST_STRINGS", 100)
    with pytest.raises(InvalidInput, match="larger than any statement"):
        rows(workbook(SHEETS["shared"], STRINGS))


def test_rows_are_handed_over_as_they_are_read() -> None:
    """No more than the rows of a part are held at once, however many there are."""
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{"<row><c><v>1</v></c></row>" * 50_000}</sheetData></worksheet>'
    reader, most, count = sheet_rows.SheetRows([], lambda text, _: text), 0, 0
    for _ in reader.parsed(io.BytesIO(sheet.encode())):
        most, count = max(most, len(reader.found)), count + 1
    assert count == 50_000
    assert most <= 64 * 1024 // len("<row><c><v>1</v></c></row>") + 1
