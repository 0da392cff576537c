"""A vault with imports of the version that stored neither numbers nor times opens, and its rows are recognised.

files/imports_1.vault was made by that version, from the files below in their first form, with a correction of "Fuel".
"""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jamjar.bank.transaction import FIRST_FORMAT
from jamjar.vault.vault import Vault
from jamjar.wallet.imports import Given
from jamjar.wallet.jars import Jars
from tests.unit.wallet.bank_files import Take, given, taking
from tests.unit.wallet.scene import PASSPHRASE, content

MONZO = (
    "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,"
    "Address,Receipt,Description,Category split\n"
)
STARLING = "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)\n"
BUS = "11/11/2026,Bus,FARE,CARD,-2.00,1.00\n"
ENTRIES = [
    ("a", "2026-06-30T23:30:00Z", "12.34", "LATE BAR", "BOOK"), ("b", "2026-07-02T10:00:00Z", "5.00", "TILL", "BOOK"),
    ("9998", "2026-07-03T10:00:00Z", "10.00", "ALPHA", "BOOK"), ("p", "2026-07-04T10:00:00Z", "9.00", "PUMP", "PDNG"),
]  # fmt: skip


def monzo(fuel: str) -> Given:
    rows = ((1, 9, "Cafe", "-1.00"), (2, 10, "Fuel", fuel))
    written = (
        f"tx_{n},{day:02d}/11/2026,12:00:00,Card payment,{who},,,{sum_},GBP,,,,,,," for n, day, who, sum_ in rows
    )
    return given("monzo.csv", MONZO + "\n".join(written))


def starling(*late: str) -> Given:
    rows = ["09/11/2026,Wage,PAY,BACS,100.00,1.00\n", *late, "11/11/2026,Grocer,SHOP,CARD,-10.00,1.00\n", BUS, BUS]
    return given("starling.csv", STARLING + "".join(rows))


def barclays(label: str) -> Given:
    head = "Number,Date,Account,Amount,Subcategory,Memo\n"
    return given("b.csv", f"{head} ,10/11/2026,20-00-00 55779911,-4.50,{label},CORNER SHOP\n")


def answer(*entries: tuple[str, str, str, str, str]) -> Given:
    found = [
        {
            "AccountId": "22289", "TransactionId": number, "CreditDebitIndicator": "Debit", "Status": status,
            "BookingDateTime": time, "Amount": {"Amount": amount, "Currency": "GBP"}, "TransactionInformation": text,
        }
        for number, time, amount, text, status in entries
    ]  # fmt: skip
    return given("ob.json", json.dumps({"Data": {"Transaction": found}}))


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Vault]:
    where = shutil.copy(Path(__file__).with_name("files") / "imports_1.vault", tmp_path / "older.vault")
    with Vault.open(str(where), PASSPHRASE) as vault:
        yield vault


@pytest.fixture
def take(older: Vault) -> Take:
    return taking(older)


def test_all_rows_are_there(older: Vault) -> None:
    stored = [value for (kind, _), value in content(older).items() if kind == "transaction"]
    assert all(FIRST_FORMAT.encode() in value for value in stored)
    assert len(Jars(older).transactions()) == len(stored) == 11
    assert sum(each.pence for each in Jars(older).transactions()) == 10000 - 1000 - 400 - 450 - 10100 - 1234 - 2400


def test_the_same_files_bring_nothing(take: Take, older: Vault) -> None:
    before = {each.key for each in Jars(older).transactions()}
    files = monzo("-100.00"), starling(), barclays("PAYMENT"), answer(*ENTRIES)
    known = [{"known": 2}, {"known": 4}, {"known": 1}, {"known": 3, "pending": 1}]
    assert take(*files) == take(*files) == known
    assert {each.key for each in Jars(older).transactions()} == before


def test_what_banks_change_is_the_same_row(take: Take, older: Vault) -> None:
    assert take(monzo("-32.10")) == [{"known": 1, "changed": 1}]
    assert take(barclays("Card Purchase")) == [{"known": 1}]
    assert take(starling("10/11/2026,Ferry,BOAT,CARD,-20.00,80.00\n")) == [{"new": 1, "known": 4}]
    (fuel,) = (each for each in Jars(older).transactions() if each.payee == "Fuel")
    assert (fuel.pence, Jars(older).rules().code_of(fuel)) == (-3210, "fixed.transport.fuel-and-parking")


def test_numbers_and_days_are_gained(take: Take, older: Vault) -> None:
    paid = [(*ENTRIES[3][:2], "9.50", "PUMP", "BOOK"), ("9998", "2026-07-20T10:00:00Z", "20.00", "BETA", "BOOK")]
    assert take(answer(*ENTRIES[:3], *paid)) == [{"known": 3, "booked": 1, "new": 1}]
    found = {each.payee: each for each in Jars(older).transactions()}
    assert [found[name].pence for name in ("ALPHA", "BETA", "PUMP")] == [-1000, -2000, -950]
    assert found["LATE BAR"].day == date(2026, 7, 1)
    assert found["TILL"].number
