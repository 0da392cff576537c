"""Equal rows: what tells two payments from one that stands in two files, and what cannot."""

from collections.abc import Callable
from datetime import date

from jamjar.bank.row import BankRow
from tests.unit.bank.test_import_properties import held_rows, imported, open_banking

Read = Callable[..., list[BankRow]]


def test_equal_rows_seen_only_in_different_files_are_taken_for_one(reading: Read) -> None:
    """With a time or a number they can be told apart; a balance says nothing, as a late row moves it."""
    bus = (2, -200, "Bus")
    assert held_rows(imported([reading(open_banking([bus]))] * 2)) == {bus: 1}
    left = [{"Amount": {"Amount": text, "Currency": "GBP"}, "CreditDebitIndicator": "Credit"} for text in ("8", "6")]
    assert held_rows(imported(reading(open_banking([bus], Balance=balance)) for balance in left)) == {bus: 1}
    times = [f"2026-04-02T{hour}:00:00Z" for hour in ("08", "17")]
    assert held_rows(imported(reading(open_banking([bus], BookingDateTime=time)) for time in times)) == {bus: 2}
    numbers = [{"TransactionId": "a"}, {"TransactionId": "b"}]
    assert held_rows(imported(reading(open_banking([bus], **number)) for number in numbers)) == {bus: 2}


def test_a_later_export_of_the_same_day_adds_the_third_fare(reading: Read, data: Callable[[str], bytes]) -> None:
    fare = b"\t ,02/04/2026,20-00-00 55779911,-2.00,Card Purchase,FIRST BUS         ON 01 APR BCC\r\n"
    held = imported([reading(data("barclays.csv")), reading(data("barclays.csv") + fare)])
    fares = [each for each in held.values() if each.pence == -200]
    assert [each.day for each in fares] == [date(2026, 4, 2)] * 3
    assert len(held) == 5
