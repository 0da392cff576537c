"""The recipient of a consent: its name as the ledger has it, and the encryption key that this wallet remembers.

Whoever has the private half of a member's key reads what is shown to that member, and every account of the member can
change the key: a stolen one, too, and one that the council gave it. So the wallet remembers the key when it first meets
the member, at a grant or at a disclosure, and seals to another only when the claimant agrees. What it remembers goes
with the last consent for that member.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from jamjar.consent.request import SignedConsentRequest
from jamjar.consent.terms import Terms
from jamjar.crypto.hashing import keccak256
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.ledger.recipient_key import recipient_key
from jamjar.protocol.events import EncryptionKeyChanged, Event, MemberAdmitted, MemberRenamed, RecoveryCompleted
from jamjar.protocol.typed_data import Domain
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault
from jamjar.wallet.look_alike import look_of
from jamjar.wallet.stored import StoredConsent

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger

RECIPIENT_KEY: Final = "recipient-key"
"""The kind of the records in the vault, by the member's number."""


def checked_key(vault: Vault, ledger: Ledger, terms: Terms, *, new_key: bool = False, granted: bool = False) -> bytes:
    """Return the public encryption key of the recipient that the terms name.

    new_key  whether the claimant agrees to another key than the one that the wallet remembers
    granted  whether the terms were granted before, so that they may have a name that the member had then

    Raises InvalidInput when the ledger calls the recipient otherwise or another so, and when its key was changed.
    """
    member, name = terms.recipient, ledger.member(terms.recipient).name
    if normalize("NFC", name) != normalize("NFC", terms.recipient_name) and not (
        granted and ledger.read("Consortium", "memberNamed", terms.recipient_name.encode()) == member
    ):
        raise InvalidInput(
            f"On the ledger, member {member} is {name!r}, and not {terms.recipient_name!r} as in the terms;"
            " ask who gave you the terms for right ones."
        )
    if (other := _first_of_this_look(ledger, name)) not in {0, member}:
        raise InvalidInput(
            f"On the ledger, member {member} is {name!r}, which looks like a name of member {other}; ask who gave you"
            " the terms which of the two you show to, and for terms with a name that cannot be mistaken."
        )
    change = recipient_key(ledger, member)
    with vault.reading() as transaction:
        known = transaction.get(RECIPIENT_KEY, str(member))
    if known is not None and known != _record(change.key) and not new_key:
        raise InvalidInput(
            f"The encryption key of {name} was changed by its account {change.by} on {_day(ledger, change)}, in block"
            f" {change.origin.block}{_recovered(ledger, change)}, and whoever has the new key reads what you show; ask"
            f" {name} whether the key is theirs, then agree with --new-key."
        )
    return change.key


def check_sender(ledger: Ledger, signed: SignedConsentRequest, domain: Domain) -> None:
    """Raise InvalidInput unless an account of the recipient signed the request; `domain` is the ConsentRegistry's."""
    recipient = signed.request.recipient
    if ledger.member_of(signed.account(domain)) != recipient:
        raise InvalidInput(
            f"No account of member {recipient} signed the request for this ledger, or it was changed since; ask"
            f" {signed.request.recipient_name} for another, by a way that you know."
        )


def remember_key(transaction: VaultTransaction, terms: Terms, key: bytes) -> None:
    """Remember the recipient's public encryption key, in place of the one before."""
    transaction.put(RECIPIENT_KEY, str(terms.recipient), _record(key))


def forget_key(transaction: VaultTransaction, terms: Terms, consents: str) -> bool:
    """Forget the recipient's key unless a consent for it is left, of records of this kind; whether there was one."""
    left = (StoredConsent.from_json(value) for _, value in transaction.all(consents))
    if any(stored.terms.recipient == terms.recipient for stored in left):
        return False
    return transaction.delete(RECIPIENT_KEY, str(terms.recipient))


def _first_of_this_look(ledger: Ledger, name: str) -> int:
    """Return the number of the member that was first to have a name that looks like this one, 0 if there is none.

    The ledger tells names apart by their bytes, and a claimant by what is seen.
    """
    wanted = look_of(name)
    for event in ledger.events(("MemberAdmitted", "MemberRenamed")):
        if isinstance(event, MemberAdmitted | MemberRenamed) and look_of(event.name) == wanted:
            return event.member
    return 0


def _recovered(ledger: Ledger, change: EncryptionKeyChanged) -> str:
    """Return that the council gave the member an account before, which may have let another in; or nothing."""
    given = [each for each in ledger.events("RecoveryCompleted") if isinstance(each, RecoveryCompleted)]
    before = [e for e in given if e.member == change.member and _place(e) < _place(change)]
    return f", after the council gave it account {before[-1].account} on {_day(ledger, before[-1])}" if before else ""


def _place(event: Event) -> tuple[int, int]:
    return event.origin.block, event.origin.index


def _day(ledger: Ledger, event: Event) -> str:
    return datetime.fromtimestamp(ledger.time(event.origin.block), timezone.utc).date().isoformat()


def _record(key: bytes) -> bytes:
    return strict_json.dumps({"digest": keccak256(key).hex()}).encode()
