"""A member's public encryption key, as the ledger has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jamjar.crypto.hashing import keccak256
from jamjar.errors import LedgerError
from jamjar.protocol.events import EncryptionKeyChanged

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger


def recipient_key(ledger: Ledger, member: int) -> EncryptionKeyChanged:
    """Return the newest public encryption key of a member, as the change that made it so.

    The key is in an event and its digest in the contract's storage: a node that hides the newest event is found out.
    Raises LedgerError when the two do not fit, and for an unknown member.
    """
    digest = bytes(ledger.read("Consortium", "getMember", member)[1])
    changes = (each for each in ledger.events("EncryptionKeyChanged") if isinstance(each, EncryptionKeyChanged))
    found = [change for change in changes if change.member == member]
    if not found or keccak256(found[-1].key) != digest:
        raise LedgerError(
            f"The encryption key of member {member} is not on the ledger as it should be; ask another node."
        )
    return found[-1]
