"""Keys by which a transaction is known again in another file.

All are digests keyed (BLAKE2b, RFC 7693) with a secret of the claimant: without it, neither an account number
nor a payee and amount can be tried out against a key, though both are easy to guess.

Where the bank numbers its rows, the number and the account make the key. Where it does not, all that the bank
writes in a row and does not change makes it, and rows that are equal in all of that are counted from 0 in the
order of the file. So, for rows without a number:

- The order of rows does not matter: equal rows are equal, whichever comes first.
- Files that overlap, or the same file twice, add nothing: of equal rows, as many are kept as the file that has
  the most of them holds. A later export that has a third equal bus fare adds one.
- Warning: equal rows that are only ever seen in different files are taken for one, since nothing tells them
  from an overlap; the pages of one answer are different files. A bank that gives the balance after each row
  (Starling; Open Banking, where it is sent) makes such rows differ.
- Warning: the same account read from two kinds of file (say, CSV and Open Banking) is two accounts here.
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
    for the account, for files that do not say it themselves; give the same account the same name each time.
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
        """Return the name, 16 hexadecimal digits, of the account a row is of; `account` is what the file says."""
        if account not in self._sources:
            self._sources[account] = self._of("source", *self._start, account)[:_SOURCE_BYTES].hex()
        return self._sources[account]

    def numbered(self, account: str, number: str) -> str:
        """Return the key of the row to which the bank gave `number` in `account`."""
        return self._of("number", self._start[0], account, number).hex()

    def counted(self, account: str, *cells: str) -> str:
        """Return the key of a row without a number that holds `cells`: the next of its equals in this file."""
        row = self._of("row", *self._start, account, *cells)
        count = self._seen[row]
        self._seen[row] = count + 1
        return self._of("count", row.hex(), str(count)).hex()

    def _of(self, *parts: str) -> bytes:
        digest = self._digest.copy()
        # No part holds a NUL character, so that different parts never make the same text.
        digest.update("\0".join(parts).encode())
        return digest.digest()
