"""Transactions from a bank's file of any known kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from jamjar.bank import csv_files, open_banking
from jamjar.bank.source import BankFile
from jamjar.bank.transaction import Transaction


def read(file: BinaryIO, secret: bytes, account: str = "") -> Iterator[Transaction]:
    """Iterate over the transactions of `file`: Open Banking UK JSON, or CSV of Monzo, Starling or Barclays.

    `file` is open as binary and at its beginning, of at most 256 MiB and 250,000 rows; its first character
    distinguishes JSON from CSV, its header one CSV from another. `secret` is 32 bytes, always the same for one
    claimant. `account` is the claimant's own name for the account, which Starling and Monzo files do not name.

    Raises InvalidInput, which names the row, for anything that is not exactly such a file, possibly after some
    transactions: store all of a file or none of it, as `jamjar.bank.book.merge` does.
    """
    source = BankFile(file)
    transactions = open_banking.transactions if source.is_json else csv_files.transactions
    return transactions(source, secret, account)
