"""The hand-written files, what reads them, and rows and transactions made without a file."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jamjar.bank.book import Merge, merge
from jamjar.bank.keys import RowKeys
from jamjar.bank.reader import read
from jamjar.bank.row import BankRow
from jamjar.bank.transaction import Transaction

FILES = Path(__file__).parent / "files"
SECRET = bytes(range(32))


@pytest.fixture(scope="session")
def data() -> Callable[[str], bytes]:
    """The bytes of a hand-written file, by its name."""
    return lambda name: (FILES / name).read_bytes()


@pytest.fixture(scope="session")
def reading() -> Callable[..., list[BankRow]]:
    """Read bytes as a file, with the same secret each time."""
    return lambda content, account="", secret=SECRET: list(read(io.BytesIO(content), RowKeys(secret), account).rows)


@pytest.fixture(scope="session")
def merging() -> Callable[..., Merge]:
    """Merge rows into what is held, with the same secret each time."""
    return lambda held, rows, **more: merge(held, rows, RowKeys(SECRET), **more)


@pytest.fixture(scope="session")
def row() -> Callable[..., BankRow]:
    """A row of a file: -1.00 to a shop on 2 April 2026, unless told; `number` is the bank's own, "" for none."""

    def make(number: str = "", pence: int = -100, payee: str = "Corner Shop", **changes: Any) -> BankRow:
        fields: dict[str, Any] = {"source": "0" * 16, "day": date(2026, 4, 2), "time": ""}
        given = RowKeys(SECRET).number(number)
        return BankRow(**fields | {"number": given, "pence": pence, "payee": payee} | changes)

    return make


@pytest.fixture(scope="session")
def made() -> Callable[..., Transaction]:
    """A transaction whose key is made of `number`: -1.00 to a shop on 2 April 2026, unless told."""

    def make(number: int = 1, pence: int = -100, payee: str = "Corner Shop", **changes: Any) -> Transaction:
        fields: dict[str, Any] = {"source": "0" * 16, "day": date(2026, 4, 2), "pence": pence, "payee": payee}
        return Transaction(f"{number:032x}", **fields | changes)

    return make
