"""The transactions of SWIFT MT940 files, read by the library mt-940."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from jamjar.bank.source import BankFile
from jamjar.errors import InvalidInput

_LARGEST = 16 * 1024 * 1024
_OUT = ("D", "RC")
"""Marks of money that went out: a debit, and a credit taken back, to which the library gives no sign."""


def entries(source: BankFile) -> Iterator[dict[str, str]]:
    """Iterate over the fields of each transaction, as the library names them, with the account of its statement."""
    import mt940

    data = source.content(_LARGEST)
    text = source.decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    logger = logging.getLogger("mt940")
    logger.propagate = False  # what it logs of a line that it cannot read is private
    logger.addHandler(logging.NullHandler())
    try:
        found = [_cells(collection.data, each.data) for collection in _statements(mt940, text) for each in collection]
    except Exception:
        # Whatever the library raises may repeat part of the file, so it is not chained.
        raise InvalidInput("The MT940 file is not readable; download it again, or export OFX or CSV.") from None
    if len(found) != f"\n{text}".count("\n:61:") or ":20:" not in text:
        raise InvalidInput("The MT940 file has a transaction that is not readable; export OFX or CSV instead.")
    yield from found


def _statements(mt940: Any, text: str) -> list[Any]:
    """Return the statements of a file, each parsed alone, so that each has its own account."""
    return [mt940.parse(f":20:{part}") for part in f"\n{text}".split("\n:20:")[1:]]


def _cells(statement: dict[str, Any], found: dict[str, Any]) -> dict[str, str]:
    cells = {name: str(value) for name, value in found.items() if value is not None}
    money = found["amount"]
    cells["amount"] = f"{'-' if found['status'] in _OUT else ''}{abs(money.amount):f}"
    cells["currency"] = money.currency or ""
    cells["account"] = str(statement.get("account_identification", ""))
    return {name.lower(): " ".join(text.split()) for name, text in cells.items()}
