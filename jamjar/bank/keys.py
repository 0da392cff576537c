"""Keyed digests that name an account, a bank's number and a transaction.

All are digests (BLAKE2b, RFC 7693) keyed with a secret of the claimant: without it, guesses of an account number, or
of a payee and an amount, cannot be tested against one. Which rows are the same is decided by `jamjar.bank.book`, by
comparing what they say; a key only names what was found to be one.
"""

from __future__ import annotations

from hashlib import blake2b

from jamjar.bank.row import BankRow
from jamjar.bank.text import clean, folded
from jamjar.errors import InvalidInput

SECRET_BYTES = 32
_KEY_BYTES = 16
_SHORT_BYTES = 8


class RowKeys:
    """Makes the digests for one claimant: `secret` is 32 random bytes, the same for every file of theirs.

    `looks_back` is whether rows may be held that an older version stored, under keys of its own.
    """

    def __init__(self, secret: bytes, *, looks_back: bool = False) -> None:
        if not isinstance(secret, bytes) or len(secret) != SECRET_BYTES:
            raise InvalidInput(
                f"The secret for the keys of transactions is not {SECRET_BYTES} bytes; take the vault's."
            )
        self._digest = blake2b(key=secret, digest_size=_KEY_BYTES)
        self._looks_back = looks_back
        self._sources: dict[tuple[str, str, str], str] = {}

    def source(self, layout: str, name: str = "", account: str = "") -> str:
        """Return the pseudonym, 16 hexadecimal digits, of an account.

        `layout` is the name of the kind of file, `name` the claimant's own name for the account, for files that do not
        name it, and `account` the one named in the file.
        """
        parts = (layout, name, account)
        if parts not in self._sources:
            made = self._of("source", layout, clean(name, "The account's name"), account)
            self._sources[parts] = made[:_SHORT_BYTES].hex()
        return self._sources[parts]

    def labels(self) -> dict[str, str]:
        """Return how the accounts named so far are called: the kind of file, and the claimant's own name."""
        return {source: ", ".join(filter(None, parts[:2])) for parts, source in self._sources.items()}

    def number(self, number: str) -> str:
        """Return the digest, 16 hexadecimal digits, of a bank's number of a row; of none it is ""."""
        return self._of("id", number)[:_SHORT_BYTES].hex() if number else ""

    def former(self, layout: str, account: str, number: str) -> str:
        """Return the key that versions before "jamjar.transaction.2" gave to a row with a bank's number, or ""."""
        return self._of("number", layout, account, number).hex() if number and self._looks_back else ""

    def key(self, row: BankRow, account: str, count: int) -> str:
        """Return the key, 32 hexadecimal digits, of a row of `account`, the `count`-th that says the same."""
        day, pence = row.day.isoformat(), str(row.pence)
        return self._of("key", account, row.number, day, pence, folded(row.payee), row.status, str(count)).hex()

    def _of(self, *parts: str) -> bytes:
        digest = self._digest.copy()
        # No part has a NUL character, so different parts never join to the same text.
        digest.update("\0".join(parts).encode())
        return digest.digest()
