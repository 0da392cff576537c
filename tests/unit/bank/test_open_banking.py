"""Open Banking UK JSON: refusals by row first, then what each hand-written file says."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import ijson
import pytest

from jamjar.bank.row import BankRow
from jamjar.errors import InvalidInput

Read = Callable[..., list[BankRow]]
Data = Callable[[str], bytes]
GOOD: dict[str, Any] = {
    "AccountId": "22289",
    "CreditDebitIndicator": "Debit",
    "Status": "Booked",
    "BookingDateTime": "2026-04-02T10:00:00+00:00",
    "Amount": {"Amount": "735.19", "Currency": "GBP"},
    "TransactionInformation": "Corner Shop",
}


def answer(*rows: Any) -> bytes:
    return json.dumps({"Data": {"Transaction": list(rows)}, "Links": {}, "Meta": {}}).encode()


@pytest.mark.parametrize("missing", ["AccountId", "CreditDebitIndicator", "Status", "BookingDateTime", "Amount"])
def test_a_row_without_what_is_required_is_refused(reading: Read, missing: str) -> None:
    with pytest.raises(InvalidInput, match=f"Row 2 lacks {missing}"):
        reading(answer(GOOD, {name: value for name, value in GOOD.items() if name != missing}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Status", "booked"), ("Status", "PENDING"), ("Status", 1), ("Status", ["Booked"]), ("Status", ""),
        ("CreditDebitIndicator", "debit"), ("CreditDebitIndicator", None), ("AccountId", 22289), ("AccountId", {}),
        ("BookingDateTime", "2026-02-30T10:00:00Z"), ("BookingDateTime", "now"), ("BookingDateTime", "02/04/2026"),
        ("BookingDateTime", "1926-04-02T10:00:00Z"), ("BookingDateTime", "2026-04-02T10:00:00+99:00"),
        ("Amount", "735.19"), ("Amount", {"Amount": 735.19, "Currency": "GBP"}), ("Amount", {"Amount": "735.19"}),
        *(("Amount", {"Amount": text, "Currency": "GBP"}) for text in
          ("-735.19", "+735.19", "735.191", "735.", ".19", "735,19", "1e3", "", "9" * 14, "9" * 13, "٧٣٥", "7.000000")),
        ("TransactionInformation", "x" * 2001), ("TransactionInformation", "\0"), ("TransactionInformation", ["x"]),
        ("Extra", json.loads("[" * 20 + "]" * 20)),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_by_its_number(reading: Read, field: str, value: Any) -> None:
    with pytest.raises(InvalidInput, match=r"^(Row|[A-Z].* row) 2 ") as caught:
        reading(answer(GOOD, GOOD | {field: value}))
    assert not any(private in str(caught.value) for private in ("735", "22289", "Corner"))


@pytest.mark.parametrize(
    "content",
    [
        b"{", b"{}", b"[]", b"[1", b'{"Data":5}', b'{"Data":{"Account":[]}}',
        b'{"Data":{"Transaction":{}}}',
        b'{"Data":{"Transaction":5}}', b'{"Data":{"Transaction":null}}', b'{"Data":{"Transaction":[1]}}',
        b'{"Data":{"Transaction":[[]]}}', b'{"Data":{"Transaction":[null]}}', answer() + b"x", b"null",
        b'{"Data":{"Transaction":[],"Transaction":[]}}', answer(GOOD)[:-1], answer(GOOD)[:120],
        answer(GOOD, GOOD)[:-60],
        answer(GOOD).replace(b"Corner", b"\x81"), answer(GOOD).replace(b"Corner", b"\0"), b"{\0",
        answer(GOOD).replace(b'"735.19"', b"1" + b"0" * 5000), answer(GOOD).replace(b'"735.19"', b"NaN"),
        answer(GOOD).replace(b'"Status"', b'"Status": "Pending", "Status"'), b"[" * 100_000, b'{"a":' * 100_000,
        answer(GOOD | {"Extra": "x" * 2_000_000}), b'{"Data": "' + b"x" * 2_000_000, b"{" + b" " * 2_000_000,
    ],
    ids=range(29),
)  # fmt: skip
def test_what_is_no_whole_answer_is_refused(reading: Read, content: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        reading(content)
    assert caught.value.__cause__ is None
    assert "735" not in str(caught.value)


def test_a_parser_that_takes_long_numbers_apart_is_no_danger(monkeypatch: pytest.MonkeyPatch, reading: Read) -> None:
    monkeypatch.setattr(ijson, "basic_parse", ijson.get_backend("python").basic_parse)
    for number in (b"1" + b"0" * 5000, b"1e999999999", b"NaN"):
        with pytest.raises(InvalidInput):
            reading(answer(GOOD).replace(b'"735.19"', number))


@pytest.mark.parametrize("end", range(0, 1500, 37))
def test_no_beginning_of_a_file_is_taken_for_a_whole(reading: Read, data: Data, end: int) -> None:
    with pytest.raises(InvalidInput):
        reading(data("open_banking_v3.json")[:end])


def test_version_3(reading: Read, data: Data) -> None:
    read = reading(data("open_banking_v3.json"))
    assert [(t.day, t.pence, t.payee, t.note, t.status, t.transfer) for t in read] == [
        (date(2026, 4, 1), 42490, "DWP UC", "", "booked", False),
        (date(2026, 4, 2), -735, "Corner Shop", "CARD ***", "pending", False),
        (date(2026, 4, 2), -1200, "A Landlord", "", "void", False),
    ]
    assert not any(number in str(tuple(t)) for t in read for number in ("22289", "44332211", "4929"))


def test_version_4(reading: Read, data: Data) -> None:
    assert [(t.day, t.pence, t.payee, t.status) for t in reading(data("open_banking_v4.json"))] == [
        (date(2026, 4, 4), -745, "Corner Shop", "booked"),
        (date(2026, 4, 4), -200, "FIRST BUS", "booked"),
        (date(2026, 4, 5), -300, "", "pending"),
        (date(2026, 5, 1), -999, "", "void"),
        (date(2026, 4, 4), 100, "", "void"),
    ]


def test_an_answer_may_have_no_transactions_and_a_byte_order_mark(reading: Read) -> None:
    assert reading(b"\xef\xbb\xbf" + answer()) == reading(b"  " + answer()) == reading(b'{"Data":{}}') == []
    assert reading(answer(GOOD).decode().encode("utf-16")) == reading(answer(GOOD))


def test_a_row_in_another_currency_is_skipped(reading: Read) -> None:
    assert len(reading(answer(GOOD, GOOD | {"Amount": {"Amount": "735.19", "Currency": "EUR"}}, GOOD))) == 2
