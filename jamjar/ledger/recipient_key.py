"""A member's public encryption key, as the ledger has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jamjar.crypto.hashing import keccak256
from jamjar.errors import LedgerError
from jamjar.protocol.events import EncryptionKeyChanged

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger


def recipient_key(ledger: Ledger, member: int) -> bytes:
    """Return the newest public encryption key of a member.

    The key is in an event and its digest in the contract's storage: a node that hides the newest event is found out.
    Raises LedgerError when the two do not fit, and for an unknown member.
    """
    digest = bytes(ledger.read("Consortium", "getMember", member)[1])
    changes = (each for each in ledger.events("EncryptionKeyChanged") if isinstance(each, EncryptionKeyChanged))
    keys = [change.key for change in changes if change.member == member]
    if not keys or keccak256(keys[-1]) != digest:
        raise LedgerError(
            f"The encryption key of member {member} is not on the ledger as it should be; ask another node."
        )
    return keys[-1]
