"""A member's public encryption key on the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jamjar.crypto.hashing import keccak256
from jamjar.errors import LedgerError
from jamjar.protocol.events import EncryptionKeyChanged

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger


def recipient_key(ledger: Ledger, member: int) -> EncryptionKeyChanged:
    """Return the newest public encryption key of a member, as the change that made it so.

    The key is in an event and its digest in the contract's storage: so a node that hides the newest event is detected.
    Raises LedgerError when the two do not match, and for an unknown member.
    """
    digest = ledger.member(member).key_digest
    changes = (each for each in ledger.events("EncryptionKeyChanged") if isinstance(each, EncryptionKeyChanged))
    found = [change for change in changes if change.member == member]
    if not found or keccak256(found[-1].key) != digest:
        raise LedgerError(
            f"The encryption key of member {member} does not match its digest on the ledger; ask another node."
        )
    return found[-1]
