"""Layouts are data: all that ship are read, name their source, and read a row as their bank writes it."""

import io
from collections.abc import Callable
from datetime import date

import pytest

from jamjar.bank.keys import RowKeys
from jamjar.bank.layouts import layouts, parsed
from jamjar.bank.learning import described, sample
from jamjar.bank.reader import read
from jamjar.bank.row import BankRow
from jamjar.errors import InvalidInput

Read = Callable[..., list[BankRow]]
DAY = date(2026, 11, 10)

# A file of each bank as its layout's source has it: a payment of 4.50 to a shop on 10 November 2026, and 424.90 in.
TABLES = {
    "nationwide credit card": '"Account Name:","Card"\n\n'
    '"Date","Transactions","Location","Paid out","Paid in","Balance"\n'
    '"10 Nov 2026","Shop","LEEDS","£4.50","",""\n"11 Nov 2026","DWP","","","£424.90",""\n',
    "lloyds": "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,"
    "Credit Amount,Balance,\n10/11/2026,DEB,'11-22-33,87651234,Shop,4.50,,1.00,\n11/11/2026,BGC,'11-22-33,87651234,DWP,"
    ",424.90,2.00,\n",
    "halifax card": "Date,Date entered,Reference,Description,Amount\n10/11/2026,11/11/2026,1,Shop,4.50\n"
    "11/11/2026,11/11/2026,2,DWP,-424.90\n",
    "natwest": 'Date, Type, Description, Value, Balance, Account Name, Account Number\n'
    '10 Nov 2026,POS,"Shop",-4.50,1.00,'
    "\"'DOE J\",\"'521047-17065488\"\n11/11/2026,BAC,DWP,424.90,2.00,DOE,521047-17065488\n",
    "hsbc": '10/11/2026,Shop,-4.50\n11/11/2026,DWP,"424.90"\n',
    "hsbc paid": "Date,Description,Paid Out,Paid In\n10 Nov 26,Shop,4.50,\n11 Nov 26,DWP,,424.90\n",
    "first direct": "Date,Description,Amount,Balance\n10/11/2026,Shop,-4.50,1.00\n11/11/2026,DWP,424.90,2.00\n",
    "santander": "Date,Description,Money in,Money out,Balance\n10/11/2026,Shop,,£4.50,1.00\n"
    "11/11/2026,DWP,£424.90,,2.00\n",
    "midata": "Date,Type,Merchant/Description,Debit/Credit,Balance\n10/11/2026,VIS,Shop,-£4.50,£1.00\n"
    "11/11/2026,BAC,DWP,+£424.90,£2.00\n\nArranged overdraft limit,10/11/2026,+£0.00\n",
    "revolut": "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n"
    "CARD_PAYMENT,Current,2026-11-09 23:00:00,2026-11-10 10:00:00,Shop,-4.00,0.50,GBP,COMPLETED,1.00\n"
    "TOPUP,Current,2026-11-11 10:00:00,2026-11-11 10:00:00,DWP,424.90,0.00,GBP,COMPLETED,2.00\n"
    "CARD_PAYMENT,Current,2026-11-11 10:00:00,,Bar,-1.00,0.00,EUR,PENDING,\n",
    "chase": "Transaction date,Description,Amount\n2026-11-10,Shop,-4.50\n2026-11-11,DWP,424.90\n",
    "barclaycard": "10 Nov 26,Shop,Visa,MR J DOE,,Shopping,,4.50\n11 Nov 26,DWP,Visa,MR J DOE,,,424.90,\n",
    "barclaycard short": " 10 Nov 26 , Shop ,Visa,MR J DOE,Shopping,,4.50\n11 Nov 26,DWP,Visa,MR J DOE,,424.90,\n",
    "barclaycard business": "Account Number,Transaction Date,Merchant Name,Amount,Currency,Posted Date,Transaction ID\n"
    "****9940,10/11/2026,Shop,4.50,GBP,12/11/2026,A\n****9940,11/11/2026,DWP,-424.90,GBP,12/11/2026,B\n",
    "a credit union": "Posting Date;Details;Withdrawals;Deposits;Balance\n10-11-2026;Shop;4.50;;1\n"
    "11.11.2026;DWP;;424.90;2\n",
    "a bank of one amount": "sep=\t\nTransaction Date\tNarrative\tValue\n10-Nov-2026\tShop\t(4.50)\n"
    "11 Nov 26\tDWP\t424.90 CR\n",
}  # fmt: skip


def test_every_layout_is_read_and_names_its_source() -> None:
    assert len(layouts()) > 30
    assert [layout.name for layout in layouts() if len(layout.source) < 20] == []
    assert all(layout.generic for layout in layouts()[-2:])


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
