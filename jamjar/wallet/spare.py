"""Consents made ahead: their secrets with an admitter's tokens, unused until the claimant grants something.

One is used for each new consent while there are any, and its token stays with the consent until that is erased.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from jamjar.encoding import strict_json
from jamjar.protocol import token as tokens
from jamjar.protocol.signed_message import from_hex, to_hex
from jamjar.protocol.token import Token
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault

SPARE: Final = "spare"
"""The kind of an unused one, by its consent."""
TOKEN: Final = "token"  # noqa: S105 - the kind of a record
"""The kind of a used one's token, by its consent."""


@dataclass(frozen=True, slots=True)
class Spare:
    """The 32 random bytes of a consent that is not granted yet, and its token."""

    secret: bytes = field(repr=False)
    token: Token

    def to_json(self) -> bytes:
        """Return the record."""
        return strict_json.dumps({"secret": to_hex(self.secret), "token": self.token.to_fields()}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Spare:
        """Read what `to_json` wrote; raises InvalidInput for anything else."""
        found = strict_json.fields(
            strict_json.loads(data.decode(), "A spare consent"), "A spare consent", "secret", "token"
        )
        return cls(from_hex(found["secret"], 32), Token.from_fields(found["token"]))


def spares(transaction: VaultTransaction) -> list[Spare]:
    """Return the unused ones, oldest first."""
    return [Spare.from_json(value) for _, value in transaction.all(SPARE)]


def put(transaction: VaultTransaction, spare: Spare) -> None:
    """Keep an unused one."""
    transaction.put(SPARE, spare.token.consent, spare.to_json())


def use(transaction: VaultTransaction, valid_from: int) -> bytes | None:
    """Take the oldest one that is good for a consent that begins then, and return its secret; None if there is none.

    Its token becomes the consent's; those whose time is over are removed.
    """
    found = spares(transaction)
    good = [each for each in found if each.token.begins_in_time(valid_from)]
    over = [each for each in found if tokens.epoch_after(each.token.epoch) < tokens.epoch_of(valid_from)]
    taken = min(good, key=lambda each: each.token.epoch, default=None)
    for each in over if taken is None else [*over, taken]:
        transaction.delete(SPARE, each.token.consent)
    if taken is None:
        return None
    transaction.put(TOKEN, taken.token.consent, taken.token.to_json().encode())
    return taken.secret


def token_of(vault: Vault, consent: str) -> Token | None:
    """Return the token of a consent, None if it was granted without one."""
    with vault.reading() as transaction:
        record = transaction.get(TOKEN, consent)
    return None if record is None else tokens.from_json(record.decode())
