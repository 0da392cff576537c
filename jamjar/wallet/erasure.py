"""Erasure of a consent: its secret is destroyed, and with it all that could open what is on the ledger.

Only an ended consent is erased, as the key that could end it is destroyed, too. The records are deleted in one
transaction, which adds a mark; then the storage's remains of them are overwritten, and the mark is updated. If that is
interrupted, `finish` completes it.

Warning: erasing does not reach copies that recipients hold of what they were shown (they sign its deletion), nor
earlier copies and backups of the vault, nor what a disk keeps of overwritten blocks.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jamjar.consent.terms import Terms
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.model import state
from jamjar.model.status_words import STATUS
from jamjar.protocol.typed_data import Grant
from jamjar.vault.secret import TERMS_SALT, ConsentSecret
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault
from jamjar.wallet.consent_keys import key_of
from jamjar.wallet.recipient import RECIPIENT_KEY, forget_key
from jamjar.wallet.requests import REQUEST, forget_request
from jamjar.wallet.stored import StoredCommitment, commitment_of
from jamjar.wallet.wallet import COMMITMENT, CONSENT, KINDS, SECRET, Wallet, record_name

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger

ERASED: Final = "erased"
"""The kind of the mark that remains, under a random name: it holds how the consent ended, and does not identify it."""
ENDED: Final = tuple(status.name for status in state.ENDED)
_NEVER: Final = state.Status.NONE.name


@dataclass(frozen=True, slots=True)
class Erasure:
    """The result of an erasure: how the consent ended, how many records were deleted, and what was tried afterwards."""

    consent: str
    status: str
    records: int
    tried: tuple[tuple[str, bool], ...]
    """Sentences, and whether each holds."""

    @property
    def is_complete(self) -> bool:
        """Whether all attempts to open something failed."""
        return all(holds for _, holds in self.tried)


def erase(wallet: Wallet, consent: str, ledger: Ledger) -> Erasure:
    """Erase a consent that has ended on the ledger, and try to open what is on the ledger with what is left.

    Raises InvalidInput, and erases nothing, when it has not ended.
    """
    stored, status = wallet.stored(consent), check_ended(wallet, consent, ledger)
    digest = ledger.terms_digest(consent) if status != _NEVER else bytes(32)
    with wallet.vault.writing() as transaction:
        plans = {name: StoredCommitment.from_json(value) for name, value in _of(transaction, COMMITMENT, consent)}
        records = sum(_delete(transaction, consent, stored.terms).values())
        mark = secrets.token_hex(16)
        transaction.put(ERASED, mark, _mark(status, overwritten=False))
    overwritten = finish(wallet.vault)
    tried = (
        (f"the ledger says that the consent is {STATUS[status]}", True),
        *_tries(wallet.vault, consent, stored.terms, digest, plans),
        ("the storage was overwritten where it held what is erased", mark in overwritten),
    )
    return Erasure(consent, status, records, tried)


class _Previewed(Exception):
    """Ends a preview, so that the vault takes everything back."""


def records_of(wallet: Wallet, consent: str) -> Mapping[str, int]:
    """Return how many records of each kind erasing a consent deletes; nothing is deleted."""
    found, terms = Counter[str](), wallet.stored(consent).terms
    try:
        with wallet.vault.writing() as transaction:
            found = _delete(transaction, consent, terms)
            raise _Previewed
    except _Previewed:
        return found


def entries_of(ledger: Ledger, consent: str) -> Mapping[str, int]:
    """Return how many events of each name the ledger has of a consent: they stay."""
    return Counter(type(event).__name__ for event in ledger.events(None, consent))


def check_ended(wallet: Wallet, consent: str, ledger: Ledger) -> str:
    """Return how a consent ended; raises InvalidInput when it has not."""
    status = ledger.status(consent)
    # A grant that was never carried can no longer be carried once its beginning has passed.
    if status not in ENDED and not (status == _NEVER and ledger.time() > wallet.stored(consent).valid_from):
        raise InvalidInput(f"{consent} is {STATUS[status]}; withdraw it, have that carried, then erase it.")
    return status


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Consents that never began: those that can no longer begin, and those whose grant can still be carried."""

    now: tuple[str, ...]
    later: tuple[str, ...]


def leftovers(wallet: Wallet, ledger: Ledger) -> Leftovers:
    """Return what is left of grants that the ledger does not have and that no longer wait to be sent."""
    time = ledger.time()
    waiting = {signed.message.consent for signed in wallet.outgoing() if isinstance(signed.message, Grant)}
    never = [each for each in wallet.consents() if ledger.status(each) == _NEVER]
    over = tuple(each for each in never if time > wallet.stored(each).valid_from)
    return Leftovers(over, tuple(each for each in never if each not in over and each not in waiting))


def finish(vault: Vault) -> tuple[str, ...]:
    """Overwrite the storage's remains of erased consents, and return their marks, empty if there was nothing to do."""
    with vault.reading() as transaction:
        left = {name: strict_json.loads(mark.decode(), "A mark") for name, mark in transaction.all(ERASED)}
    waiting = tuple(name for name, mark in left.items() if not mark["overwritten"])
    if waiting:
        vault.scour()
        with vault.writing() as transaction:
            for name in waiting:
                transaction.put(ERASED, name, _mark(left[name]["status"], overwritten=True))
    return waiting


def erased(vault: Vault) -> int:
    """Return how many consents were erased."""
    with vault.reading() as transaction:
        return sum(1 for _ in transaction.all(ERASED))


def _tries(
    vault: Vault, consent: str, terms: Terms, digest: bytes, plans: dict[str, StoredCommitment]
) -> Iterable[tuple[str, bool]]:
    """Try what an attacker could with the vault, its passphrase, the ledger, and even every figure."""
    with vault.reading() as transaction:
        left = [ConsentSecret(value) for _, value in transaction.all(SECRET)]
        named = any(consent in each.name or consent.encode() in each.value for each in transaction.records())
    yield "no record in the vault is of it, nor names it", not named
    yield f"none of the {len(left)} secrets left makes its key", all(key_of(s).address != consent for s in left)
    opens = [s for s in left if terms.digest(s.derive(TERMS_SALT)) == digest]
    yield "none of them opens the digest of its terms, were the terms known", not opens
    opened = [
        name
        for name, plan in plans.items()
        for secret in left
        if name == record_name(consent, commitment_of(secret, plan).root)
    ]
    yield f"none of them opens its {len(plans)} commitments, were every figure known", not opened


def _delete(transaction: VaultTransaction, consent: str, terms: Terms) -> Counter[str]:
    """Delete all records of a consent, and return how many there were of each kind."""
    deleted = Counter({REQUEST: forget_request(transaction, consent)})
    for kind in KINDS:
        for name, _ in _of(transaction, kind, consent):
            transaction.delete(kind, name)
            deleted[kind] += 1
    deleted[RECIPIENT_KEY] += forget_key(transaction, terms, CONSENT)
    return +deleted


def _of(transaction: VaultTransaction, kind: str, consent: str) -> list[tuple[str, bytes]]:
    return [(name, value) for name, value in transaction.all(kind) if name.partition("/")[0] == consent]


def _mark(status: str, *, overwritten: bool) -> bytes:
    return strict_json.dumps({"status": status, "overwritten": overwritten}).encode()
