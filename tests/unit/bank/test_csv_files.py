"""CSV of Monzo, Starling and Barclays: refusals by row first, then what each hand-written file says."""

from collections.abc import Callable
from datetime import date

import pytest

from jamjar.bank.row import BankRow
from jamjar.errors import InvalidInput

STARLING = b"Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)\n"
BARCLAYS = b"Number,Date,Account,Amount,Subcategory,Memo\n"
MONZO = b",".join(
    b"Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,"
    b"Notes and #tags,Address,Receipt,Description,Category split".split(b",")
)
GOOD = b"02/04/2026,First Bus,REF,CONTACTLESS,-2.00,1426.00\n"
Read = Callable[..., list[BankRow]]
Data = Callable[[str], bytes]


@pytest.mark.parametrize(
    "header",
    [
        b"", b"\n", b"Date\n", b"Date,Amount\n", b"a" * 70_000, b"[]x,y\n"[2:],
        STARLING.replace(b"(GBP)", b"(EUR)"), STARLING.replace(b",Type", b""), STARLING.replace(b"Type", b"Date"),
        BARCLAYS.replace(b"Memo", b"Memo,Date"), MONZO.replace(b"Name,", b"").replace(b"Description,", b""),
        "Date,Tiers\n".encode("utf-16"), b"Date\xff\n", b"Date;Counter Party;Reference\n", b'"Date\n',
    ],
)  # fmt: skip
def test_unknown_headers_are_refused(reading: Read, header: bytes) -> None:
    with pytest.raises(InvalidInput):
        reading(header + GOOD if header.endswith(b"\n") and header.strip() else header)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (b"02/04/2026,First Bus,REF,CONTACT", "Row 3 has fewer cells"),
        (GOOD.strip() + b",left", "Row 3 has more cells"),
        (GOOD.strip() + b",,", "Row 3 has more cells"),
        (b'02/04/2026,"First Bus,REF,CONTACTLESS,-2.00,1.00\n', "Row 3 is not readable as CSV"),
        (b'02/04/2026,"First" Bus,REF,CONTACTLESS,-2.00,1.00\n', "Row 3 is not readable as CSV"),
        (GOOD.replace(b"02/04/2026", b"2026-02-30"), "The date in row 3"),
        (GOOD.replace(b"02/04/2026", b"04/13/2026"), "The date in row 3"),
        (GOOD.replace(b"02/04/2026", b"30/02/2026"), "The date in row 3"),
        (GOOD.replace(b"02/04/2026", "٠٢/04/2026".encode()), "The date in row 3"),
        (GOOD.replace(b"02/04/2026", b"02/04/0026"), "The date in row 3"),
        (GOOD.replace(b"-2.00", b'"2,00"'), "The amount in row 3"),
        (GOOD.replace(b"-2.00", b""), "The amount in row 3 is missing"),
        (GOOD.replace(b"02/04/2026", b""), "The date in row 3"),
        (GOOD.replace(b"-2.00", b"=2+3"), "The amount in row 3"),
        (GOOD.replace(b"-2.00", b"-" + b"9" * 5000), "The amount in row 3"),
        (GOOD.replace(b"-2.00", b"9999999999.00"), "The amount in row 3"),
        (GOOD.replace(b"First", b"\x81"), "Line 3 .* encoding"),
        (GOOD.replace(b"First", b"\xc3\xa9") + GOOD.replace(b"First", b"\xe9"), "Line 4 .* encoding"),
        (GOOD.replace(b"First", b"\0"), "Line 3 .* NUL"),
        (GOOD.replace(b"First", b"x" * 2100), "Counter Party in row 3 is longer"),
        (GOOD.replace(b"First", b"x" * 70_000), "Line 3 .* longer"),
        (b'02/04/2026,"' + b"x\n" * 70_000, "Row 3 is not readable as CSV"),
    ],
)
def test_a_bad_row_is_refused_by_its_number(reading: Read, row: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as caught:
        reading(STARLING + GOOD + row)
    assert "Bus" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_row_without_the_number_that_monzo_always_gives_is_refused(reading: Read, data: Data) -> None:
    with pytest.raises(InvalidInput, match="Row 5 has no number"):
        reading(data("monzo.csv").replace(b"tx_0000AkQ4", b""))


def test_a_row_in_another_currency_is_skipped(reading: Read, data: Data) -> None:
    assert len(reading(data("monzo.csv").replace(b"-2.00,GBP", b"-2.00,EUR"))) == 3


def test_monzo(reading: Read, data: Data) -> None:
    assert [(t.day, t.pence, t.payee, t.note, t.status, t.transfer) for t in reading(data("monzo.csv"))] == [
        (date(2026, 4, 1), 42490, "DWP UC", "", "booked", False),
        (date(2026, 4, 2), -40000, "Rent pot", "", "booked", True),
        (date(2026, 4, 2), -735, "Corner Shop, Leeds", "milk, bread", "booked", False),
        (date(2026, 4, 3), -200, "FIRST BUS LEEDS GBR", "", "booked", False),
    ]


def test_starling(reading: Read, data: Data) -> None:
    assert [(t.day, t.pence, t.payee, t.note, t.transfer) for t in reading(data("starling.csv"))] == [
        (date(2026, 4, 1), 42490, "DWP UC", "JSAPLUS REF", False),
        (date(2026, 4, 2), -200, "First Bus", "FIRST BUS LEEDS GBR", False),
        (date(2026, 4, 2), -200, "First Bus", "FIRST BUS LEEDS GBR", False),
        (date(2026, 4, 3), -5000, "Holiday space", "", True),
    ]


def test_a_note_is_rid_of_account_numbers(reading: Read) -> None:
    assert reading(STARLING + GOOD.replace(b"REF", b"TO 44332211"))[0].note == "TO ***"


def test_barclays_without_its_account_numbers(reading: Read, data: Data) -> None:
    read = reading(data("barclays.csv"))
    assert [(t.day, t.pence, t.payee, t.note) for t in read] == [
        (date(2026, 4, 1), 42490, "DWP UC AB***C", "Credit Payment"),
        (date(2026, 4, 2), -200, "FIRST BUS ON 01 APR BCC", "Card Purchase"),
        (date(2026, 4, 2), -200, "FIRST BUS ON 01 APR BCC", "Card Purchase"),
        (date(2026, 4, 3), -6120, "A LANDLORD, *** *** RENT", "Funds Transfer"),
    ]
    assert not any(number in str(tuple(t)) for t in read for number in ("55779911", "20-00-00", "44332211"))


@pytest.mark.parametrize("name", ["monzo", "starling"])
def test_older_files_of_a_bank_make_the_same_transactions(reading: Read, data: Data, name: str) -> None:
    assert reading(data(f"{name}_older.csv"))[0] == reading(data(f"{name}.csv"))[2]


def test_columns_may_stand_in_any_order_and_case_among_others(reading: Read) -> None:
    turned = b"More,Balance (GBP),Amount (GBP),Type,Reference,Counter Party,Date,\n"
    row = b"y,1426.00,-2.00,CONTACTLESS,REF,First Bus,02/04/2026,x\n\n"
    assert reading(turned + row) == reading(STARLING + GOOD) == reading(STARLING + GOOD[:-1] + b",\r\n")
    assert reading(STARLING.lower() + GOOD) == reading(STARLING.upper() + GOOD) == reading(STARLING + GOOD)


@pytest.mark.parametrize("last", [b"Date", b"Memo"])
def test_a_needed_column_named_twice_is_refused(reading: Read, last: bytes) -> None:
    with pytest.raises(InvalidInput, match="twice"):
        reading(BARCLAYS.strip() + b"," + last + b"\n")


def test_the_missing_column_and_the_unknown_ones_are_named(reading: Read) -> None:
    with pytest.raises(
        InvalidInput, match=r"looks like Starling, and lacks the column Counter Party.*not known: Payer"
    ):
        reading(STARLING.replace(b"Counter Party", b"Payer") + GOOD)
    with pytest.raises(InvalidInput, match="in EUR, not in pounds"):
        reading(STARLING.replace(b"GBP", b"EUR") + GOOD)
