"""Files to import into a vault: a bank's table, and answers of Open Banking, whole or in pages."""

import io
import json
from collections.abc import Callable
from typing import Any

from jamjar.vault.vault import Vault
from jamjar.wallet.imports import Given, How, Imported, Imports

STARLING = "Date,Counter Party,Reference,Type,Amount (GBP)\n"


def rows(*days: int, payee: str = "Shop") -> str:
    return "".join(f"{day:02d}/11/2026,{payee} {day},REF,CARD,-{day}.00\n" for day in days)


def given(name: str, text: str | bytes) -> Given:
    data = text.encode() if isinstance(text, str) else text
    return Given(name, lambda: io.BytesIO(data))


def starling(*days: int) -> Given:
    return given("s.csv", STARLING + rows(*days))


def answer(name: str, *entries: tuple[int, str, str], account: str = "A", **more: Any) -> Given:
    """An answer of Open Banking: the day of November, the text and the status of each row; of 2.00 each."""
    found = [
        {
            "AccountId": account, "Status": status, "CreditDebitIndicator": "Debit",
            "BookingDateTime": f"2026-11-{day:02d}T00:00:00Z", "Amount": {"Amount": "2.00", "Currency": "GBP"},
            "TransactionInformation": text,
        }
        for day, text, status in entries
    ]  # fmt: skip
    return given(name, json.dumps({"Data": {"Transaction": found}, **more}))


def links(number: int, of: int = 0, *, total: bool = True) -> dict[str, Any]:
    made = {"Self": f"u{number}", **({"Next": f"u{number + 1}"} if number < of else {})}
    return {"Links": made, "Meta": {"TotalPages": of} if total else {}}


Take = Callable[..., list[Any]]
BUS = (10, "BUS", "BOOK")


def taking(vault: Vault) -> Take:
    """Return a function that imports files, and returns for each its counts that are not zero, or why not."""

    def taken(*files: Given, ask: Any = lambda _: None, trial: bool = False, **how: Any) -> list[Any]:
        found = Imports(vault, ask).take(files, How(**how), trial=trial)
        return [
            {name: count for name in each.counts.__slots__ if (count := getattr(each.counts, name))}
            if isinstance(each, Imported)
            else each.reason
            for each in found
        ]

    return taken
