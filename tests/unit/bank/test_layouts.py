"""Layouts are data: all that ship are read, name their source, and read a row as their bank writes it."""

import io
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from jamjar.bank.keys import RowKeys
from jamjar.bank.layout import ROLES, Layout
from jamjar.bank.layouts import layouts, parsed
from jamjar.bank.learning import described, sample
from jamjar.bank.reader import read
from jamjar.bank.row import BankRow
from jamjar.errors import InvalidInput
from tests.unit.bank.bank_tables import TABLES

Read = Callable[..., list[BankRow]]
DAY = date(2026, 11, 10)


def test_every_layout_is_read_and_names_its_source() -> None:
    assert len(layouts()) > 35
    assert [layout.name for layout in layouts() if len(layout.source) < 20] == []
    assert all(layout.generic for layout in layouts()[-3:])


@pytest.mark.parametrize("name", TABLES)
def test_tables(reading: Read, name: str) -> None:
    booked = [row for row in reading(TABLES[name].encode()) if row.status == "booked"]
    assert [(row.day, row.pence, row.payee) for row in booked] == [
        (DAY, -450, "Shop"),
        (date(2026, 11, 11), 42490, "DWP"),
    ]
    assert len({row.source for row in booked}) == 1
    assert reading(TABLES[name].replace("\n", "\r").encode("utf-16")) == reading(TABLES[name].encode())


MINE = """name = "My union"
family = "table"
source = "my own"
days = ["d/m/yy"]
sign = "out"
order = ["Day", "", "Text", "Sum"]

[columns]
day = "Day"
amount = "Sum"
payee = "Text"
"""


def test_a_layout_of_ones_own() -> None:
    file = io.BytesIO(b"Union\nof\n10/11/26,x,Shop,4.50\n9/1/26,x,DWP,-424.90\n")
    rows = list(read(file, RowKeys(bytes(32)), layout=parsed(MINE)).rows)
    assert [(row.day, row.pence, row.payee) for row in rows] == [(DAY, -450, "Shop"), (date(2026, 1, 9), 42490, "DWP")]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "My union"', 'name = ""', "name of a layout"), ('"table"', '"paper"', "no family"),
        ("source =", "sauce =", "unknown field 'sauce'"), ('source = "my own"\n', "", "lacks source"),
        ('"d/m/yy"', '"m/d/y"', "days as 'm/d/y'"), ('["d/m/yy"]', "[]", "days as 'none'"), ('"out"', '"up"', "sign"),
        ('day = "Day"\n', "", "lacks a day"), ('amount = "Sum"\n', 'out = "Sum"\n', "lacks a day, or an amount"),
        ('day = "Day"', 'date = "Day"', "unknown column 'date'"), ('"Text", "Sum"]', '"Sum"]', "order lacks"),
        ('day = "Day"', "day = 5", "neither a text"), ("[columns]", "[columns", "TOML"), ('sign = "out"', "sign = 5",
        "type"),
        ("[columns]", "[values]\nlost = []\n[columns]", "unknown value 'lost'"), (MINE, "a" * 70_000, "TOML"),
    ],
)  # fmt: skip
def test_a_wrong_layout_is_refused(old: str, new: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        parsed(MINE.replace(old, new))


def test_a_layout_is_learned_from_a_table() -> None:
    table = b"Kept by us\nWhen,Whom,How much\n10-Nov-26,Shop,4.50\n11-Nov-26,DWP,-424.90\n"
    rows = sample(io.BytesIO(table))
    assert rows[1] == ["When", "Whom", "How much"]
    layout = parsed(described("Our union", rows, 2, {"day": 1, "payee": 2, "amount": 3, "note": 0}, "out"))
    found = list(read(io.BytesIO(table), RowKeys(bytes(32)), layout=layout).rows)
    assert [(row.day, row.pence) for row in found] == [(DAY, -450), (date(2026, 11, 11), 42490)]
    with pytest.raises(InvalidInput, match="no known form"):
        described("Our union", rows, 2, {"day": 2, "payee": 2, "amount": 3}, "in")
    for other in (b"", b"{}", b"\n\n"):
        with pytest.raises(InvalidInput):
            sample(io.BytesIO(other))


def test_the_header_again_is_no_row_and_a_total_below_is_refused() -> None:
    table = TABLES["hsbc paid"]
    statement = read(io.BytesIO((table * 2).encode()), RowKeys(bytes(32)))
    assert (len(list(statement.rows)), dict(statement.skipped)) == (4, {"the header again": 1})
    with pytest.raises(InvalidInput, match="The date in row 4"):
        list(read(io.BytesIO(f"{table}Total,,4.50,424.90\n".encode()), RowKeys(bytes(32))).rows)


def test_a_general_file_whose_money_mostly_came_in_may_be_a_card_s() -> None:
    for rows, told in (("4.50\n10/11/2026,Bar,5.00\n10/11/2026,Payment,-9.50", 2), ("-4.50", 1)):
        statement = read(io.BytesIO(f"Date,Description,Amount\n10/11/2026,Shop,{rows}\n".encode()), RowKeys(bytes(32)))
        list(statement.rows)
        assert len(statement.remarks) == told
        assert ("card's statement" in statement.remarks[-1]) == (told == 2)


def test_a_bank_s_own_file_of_nearly_only_money_in_may_be_a_card_s() -> None:
    head = "Date, Type, Description, Value, Balance, Account Name, Account Number\n"
    for count in (3, 9):
        row = "10/11/2026,Purchase,Shop,4.50,,DOE,1234\n"
        statement = read(io.BytesIO((head + row * count).encode()), RowKeys(bytes(32)))
        assert (len(list(statement.rows)), len(statement.remarks)) == (count, count > 5)


def test_what_paypal_holds_and_releases_is_no_payment(reading: Read) -> None:
    head = "Date,Name,Type,Status,Currency,Gross,Fee,Net,Transaction ID,Balance Impact\n"
    rows = [
        "Shop,Website Payment,Completed,GBP,-4.50,0,-4.50,1,Debit",
        ",Bank Deposit to PP Account,Completed,GBP,4.50,0,4.50,2,Credit",
        "Shop,General Authorization,Completed,GBP,-4.50,0,-4.50,3,Memo",
        "EU,Website Payment,Completed,EUR,-9,0,-9,4,Debit",
        ",General Currency Conversion,Completed,GBP,-8.00,0,-8.00,5,Debit",
    ]
    found = reading((head + "".join(f"10/11/2026,{row}\n" for row in rows)).encode())
    assert [row.pence for row in found if row.status == "booked" and not row.transfer] == [-450, -800]


def test_the_page_for_claimants_describes_every_field_and_role() -> None:
    page = (Path(__file__).parents[3] / "docs" / "banks.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_]+)`", page))
    assert {each.name for each in fields(Layout)} | ROLES <= named
    assert parsed(page.split("```toml\n")[1].split("```")[0]).footers == ("Total",)
