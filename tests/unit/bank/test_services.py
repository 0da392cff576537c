"""JSON as the services that pass accounts on give it; what is expected comes from their documentation."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from jamjar.bank.row import BankRow

Read = Callable[..., list[BankRow]]
DAY = date(2026, 11, 10)

SERVICES: dict[str, tuple[Any, list[tuple[int, str, str]]]] = {
    "truelayer": (
        {"results": [
            {"timestamp": "2026-11-10T10:00:00Z", "description": "CORNER GROCER", "transaction_type": "DEBIT",
             "transaction_category": "PURCHASE", "amount": -12.34, "currency": "GBP", "transaction_id": "a"},
            {"timestamp": "2026-11-10T11:00:00Z", "description": "DWP UC", "transaction_type": "CREDIT",
             "amount": 424.9, "currency": "GBP", "transaction_id": "b",
             "running_balance": {"amount": 1, "currency": "GBP"}},
            {"timestamp": "2026-11-10T12:00:00Z", "description": "CARD", "transaction_type": "DEBIT",
             "amount": 5, "currency": "GBP", "transaction_id": "c"}], "status": "Succeeded"},
        [(-1234, "CORNER GROCER", "booked"), (42490, "DWP UC", "booked"), (-500, "CARD", "booked")],
    ),
    "gocardless": (
        {"transactions": {
            "booked": [{"transactionId": "a", "bookingDate": "2026-11-10", "valueDate": "2026-11-10",
                        "transactionAmount": {"amount": "-12.34", "currency": "GBP"}, "creditorName": "CORNER GROCER",
                        "remittanceInformationUnstructuredArray": ["BREAD", "MILK"]}],
            "pending": [{"valueDate": "2026-11-10", "transactionAmount": {"amount": "424.90", "currency": "GBP"},
                         "remittanceInformationUnstructured": "DWP UC"}]}},
        [(-1234, "CORNER GROCER", "booked"), (42490, "DWP UC", "pending")],
    ),
    "plaid": (
        {"accounts": [{"account_id": "x", "balances": {"available": 1.5}}], "total_transactions": 2, "transactions": [
            {"transaction_id": "a", "account_id": "x", "amount": 12.34, "iso_currency_code": "GBP",
             "date": "2026-11-10",
             "name": "CORNER GROCER 12", "merchant_name": "Corner Grocer", "pending": False, "category": ["Shops"]},
            {"transaction_id": "b", "account_id": "x", "amount": -424.9, "iso_currency_code": "GBP",
             "date": "2026-11-10",
             "name": "DWP UC", "merchant_name": None, "pending": True}]},
        [(-1234, "Corner Grocer", "booked"), (42490, "DWP UC", "pending")],
    ),
    "yapily": (
        {"meta": {"count": 2}, "data": [
            {"id": "a", "date": "2026-11-10T00:00:00.000Z", "bookingDateTime": "2026-11-10T00:00:00Z",
             "status": "BOOKED",
             "amount": -12.34, "currency": "GBP", "transactionAmount": {"amount": -12.34, "currency": "GBP"},
             "description": "CORNER GROCER", "transactionInformation": ["CORNER GROCER"]},
            {"id": "b", "date": "2026-11-10T00:00:00Z", "status": "PENDING", "amount": 424.9, "currency": "GBP",
             "reference": "DWP UC"}]},
        [(-1234, "CORNER GROCER", "booked"), (42490, "DWP UC", "pending")],
    ),
    "monzo": (
        {"transactions": [
            {"id": "tx_1", "created": "2026-11-10T09:00:00Z", "amount": -1234, "currency": "GBP",
             "description": "X",
             "merchant": {"name": "Corner Grocer"}, "settled": "2026-11-11T09:00:00Z", "account_id": "acc_1"},
            {"id": "tx_2", "created": "2026-11-10T09:00:00Z", "amount": 42490, "currency": "GBP",
             "description": "DWP UC", "merchant": None, "settled": ""},
            {"id": "tx_3", "created": "2026-11-10T09:00:00Z", "amount": -99, "currency": "GBP", "description": "NO",
             "settled": "", "decline_reason": "INSUFFICIENT_FUNDS"}]},
        [(-1234, "Corner Grocer", "booked"), (42490, "DWP UC", "pending"), (-99, "NO", "void")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SERVICES)
def test_services(reading: Read, name: str) -> None:
    found, expected = SERVICES[name]
    for content in (json.dumps(found), json.dumps([found]), "\n" + json.dumps({"response": found}, indent=1)):
        rows = reading(content.encode())
        assert [(row.pence, row.payee, row.status) for row in rows] == expected
        assert {row.day for row in rows} == {DAY}
