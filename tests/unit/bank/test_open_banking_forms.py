"""The forms in which answers of Open Banking are found: wrapped, in arrays, a line each, with any form of time."""

from collections.abc import Callable
from datetime import date

import pytest

from jamjar.bank.row import BankRow
from tests.unit.bank.test_open_banking import GOOD, answer

Read = Callable[..., list[BankRow]]
Data = Callable[[str], bytes]


@pytest.mark.parametrize("wrapped", [b'{"response":%s}', b"[%s]", b'{"a":[{"b":%s}]}', b"\n%s\n"])
def test_an_answer_may_stand_in_another_object(reading: Read, wrapped: bytes) -> None:
    assert reading(wrapped % answer(GOOD)) == reading(answer(GOOD))
    assert reading(answer(GOOD).lower().replace(b"debit", b"Debit").replace(b"booked", b"Booked")
                   .replace(b"gbp", b"GBP").replace(b"corner shop", b"Corner Shop")
                   .replace(b"t10", b"T10")) == reading(answer(GOOD))  # fmt: skip


def test_several_answers_are_one_list(reading: Read) -> None:
    several = b"[" + answer(GOOD) + b"," + answer(GOOD) + b"]"
    assert reading(several) == reading(answer(GOOD) + b"\n" + answer(GOOD)) == reading(answer(GOOD, GOOD))


def test_both_versions_know_a_numbered_row_again(reading: Read, data: Data) -> None:
    pending, booked = reading(data("open_banking_v3.json"))[1], reading(data("open_banking_v4.json"))[0]
    assert (pending.number, pending.source) == (booked.number, booked.source)


@pytest.mark.parametrize("time", ["2026-04-02T10:00:00Z", "2026-04-02T11:00:00.000+01:00", "2026-04-02T11:00:00"])
def test_one_moment_and_amount_in_several_forms_are_the_same(reading: Read, time: str) -> None:
    other = GOOD | {"BookingDateTime": time, "Amount": {"Amount": "735.19000", "Currency": "GBP"}, "Status": "BOOK"}
    assert [row[:7] for row in reading(answer(GOOD))] == [row[:7] for row in reading(answer(other))]


@pytest.mark.parametrize(
    ("written", "day", "time"),
    [
        ("2026-06-30T23:30:00Z", 1, "00:30:00"), ("2026-07-01T00:30:00+01:00", 1, "00:30:00"),
        ("2026-07-01T00:00:00+0000", 1, ""), ("2026-07-01", 1, ""), ("2026-07-01T00:00Z", 1, ""),
        ("2026-07-01T00:00:00.200", 1, ""), ("2026-06-30T19:30:00-04:00", 1, "00:30:00"),
    ],
)  # fmt: skip
def test_a_moment_is_a_day_of_uk_clocks(reading: Read, written: str, day: int, time: str) -> None:
    (row,) = reading(answer(GOOD | {"BookingDateTime": written}))
    assert (row.day, row.time) == (date(2026, 7, day), time)
