"""The hand-written files, what reads them, and transactions made without a file."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jamjar.bank.reader import read
from jamjar.bank.transaction import Transaction

FILES = Path(__file__).parent / "files"
SECRET = bytes(range(32))


@pytest.fixture(scope="session")
def data() -> Callable[[str], bytes]:
    """The bytes of a hand-written file, by its name."""
    return lambda name: (FILES / name).read_bytes()


@pytest.fixture(scope="session")
def reading() -> Callable[..., list[Transaction]]:
    """Read bytes as a file, with the same secret each time."""
    return lambda content, account="", secret=SECRET: list(read(io.BytesIO(content), secret, account))


@pytest.fixture(scope="session")
def made() -> Callable[..., Transaction]:
    """A transaction whose key is made of `number`: -1.00 to a shop on 2 April 2026, unless told."""

    def make(number: int = 1, pence: int = -100, payee: str = "Corner Shop", **changes: Any) -> Transaction:
        fields: dict[str, Any] = {"source": "0" * 16, "day": date(2026, 4, 2), "pence": pence, "payee": payee}
        return Transaction(f"{number:032x}", **fields | changes)

    return make
