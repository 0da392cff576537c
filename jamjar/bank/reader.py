"""Transactions from a bank's file, whichever of the known kinds it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from jamjar.bank import csv_files, open_banking
from jamjar.bank.source import BankFile
from jamjar.bank.transaction import Transaction


def read(file: BinaryIO, secret: bytes, account: str = "") -> Iterator[Transaction]:
    """Iterate over the transactions of `file`: Open Banking UK JSON, or CSV of Monzo, Starling or Barclays.

    `file` is open as binary and at its beginning, of at most 256 MiB and 250,000 rows; its first character
    tells JSON from CSV, its header one CSV from another. `secret` is 32 bytes that stay the same for this
    claimant. `account` is their own name for the account: Starling and Monzo files do not tell one from another.

    Raises InvalidInput, in one sentence that names the row, for anything that is not exactly such a file, also
    after some transactions were given out: keep all of a file or nothing, as `jamjar.bank.book.merge` does.
    """
    source = BankFile(file)
    transactions = open_banking.transactions if source.is_json else csv_files.transactions
    return transactions(source, secret, account)
