"""Keys that identify a transaction in every file that contains it.

All are digests (BLAKE2b, RFC 7693) keyed with a secret of the claimant: without it, guesses of an account number, or
of a payee and an amount, cannot be tested against a key.

Where the bank numbers its rows, the key is of the number and the account. Where it does not, the key is of all values
in the row that the bank does not change, and of a count, from 0 in the order of the file, of the rows in which all of
these are equal. So, for rows without a number:

- The order of equal rows does not matter.
- Overlapping files, or the same file twice, add nothing: of equal rows, as many are stored as there are in the file
  with the most of them. A later export with a third equal bus fare adds one.
- Warning: equal rows that occur only in different files are merged into one, since they cannot be distinguished from
  an overlap; the pages of one answer are different files. The balance after each row, where the bank reports it
  (Starling; Open Banking, where it is sent), makes such rows differ.
- Warning: the same account read from two kinds of file (say, CSV and Open Banking) counts as two accounts.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b

from jamjar.bank.text import clean
from jamjar.errors import InvalidInput

SECRET_BYTES = 32
_KEY_BYTES = 16
_SOURCE_BYTES = 8


class RowKeys:
    """Makes the keys of one file's rows.

    `secret` is 32 random bytes, the same for every file of one claimant. `account` is the claimant's own name
    for the account, for files that do not name it; use the same name for the same account each time.
    Memory grows by a few dozen bytes for each different row without a number.
    """

    def __init__(self, secret: bytes, layout: str, account: str = "") -> None:
        if not isinstance(secret, bytes) or len(secret) != SECRET_BYTES:
            raise InvalidInput(
                f"The secret for the keys of transactions is not {SECRET_BYTES} bytes; take the vault's."
            )
        self._digest = blake2b(key=secret, digest_size=_KEY_BYTES)
        self._start = (layout, clean(account, "The account's name"))
        self._seen: Counter[bytes] = Counter()
        self._sources: dict[str, str] = {}

    def source(self, account: str = "") -> str:
        """Return the pseudonym, 16 hexadecimal digits, of a row's account; `account` is the one named in the file."""
        if account not in self._sources:
            self._sources[account] = self._of("source", *self._start, account)[:_SOURCE_BYTES].hex()
        return self._sources[account]

    def numbered(self, account: str, number: str) -> str:
        """Return the key of the row that has the bank's `number` in `account`."""
        return self._of("number", self._start[0], account, number).hex()

    def counted(self, account: str, *cells: str) -> str:
        """Return the key of a row without a number that has these `cells`: the next among its equals in this file."""
        row = self._of("row", *self._start, account, *cells)
        count = self._seen[row]
        self._seen[row] = count + 1
        return self._of("count", row.hex(), str(count)).hex()

    def _of(self, *parts: str) -> bytes:
        digest = self._digest.copy()
        # No part has a NUL character, so different parts never join to the same text.
        digest.update("\0".join(parts).encode())
        return digest.digest()
