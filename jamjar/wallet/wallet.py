"""The claimant's wallet: makes consents, signs messages about them, and discloses what the claimant chooses.

All its data are in its vault. A message is in the vault before anyone sees it, until it is carried: a wallet that was
closed, or lost power, continues where it was. It needs no node to sign.

A consent is its key's address (EIP-55); digests and salts are 32 bytes; times are Unix seconds. Raises VaultError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from secrets import token_bytes
from time import time
from typing import TYPE_CHECKING, Any

from jamjar.consent.named import entry_name
from jamjar.consent.terms import Terms
from jamjar.disclosure import disclosure as disclosures
from jamjar.disclosure.commitment import Commitment
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.named_set import SetValues
from jamjar.errors import InvalidInput, Rejected
from jamjar.ledger.carried import is_carried
from jamjar.plan.budget import Budget
from jamjar.protocol import signed_message
from jamjar.protocol.deployment import Deployment
from jamjar.protocol.signing import SignedMessage, sign
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Message, Pause, Reconfirm, Resume, Withdraw
from jamjar.vault.records import RandomBytes
from jamjar.vault.secret import TERMS_SALT, ConsentSecret
from jamjar.vault.transaction import VaultTransaction
from jamjar.vault.vault import Vault
from jamjar.wallet import settled, spare
from jamjar.wallet.calendar import DUMMY, HOPPED, Clock, Waiting, keep_hopped
from jamjar.wallet.consent_keys import key_of, post_quantum_key, signed_commit, with_keys
from jamjar.wallet.lifted import raise_if_lifted_later
from jamjar.wallet.questions import QUESTION
from jamjar.wallet.requests import AGREED
from jamjar.wallet.stored import NO_ROOT, NONCE_BYTES, Also, StoredCommitment, StoredConsent, commitment_of, skip

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger, TransactionReceipt
    from jamjar.ledger.transacting import Sender

SECRET, CONSENT, COMMITMENT, OUTGOING = "secret", "consent", "commitment", "outgoing"
PACKAGE, DISCLOSED, ADVICE, RECEIPT, WAITING = "package", "disclosed", "advice", "receipt", "waiting"
KINDS = (SECRET, CONSENT, COMMITMENT, OUTGOING, WAITING, PACKAGE, DISCLOSED, ADVICE, RECEIPT, QUESTION, AGREED,
         settled.SETTLED, spare.TOKEN)  # fmt: skip
"""Kinds of records in the vault, by the consent, or by `consent/what` where there are many of one."""


class Wallet:
    """One claimant's consents on one deployment; `random_bytes` is a CSPRNG, and `clock` gives Unix seconds."""

    def __init__(
        self, deployment: Deployment, vault: Vault, random_bytes: RandomBytes = token_bytes, clock: Clock = time
    ) -> None:
        self.deployment, self.vault = deployment, vault
        self._random_bytes, self._clock = random_bytes, clock

    def __repr__(self) -> str:
        return f"Wallet({len(self.consents())} consents)"

    def grant(
        self, terms: Terms, *, valid_from: int, valid_until: int, reconfirm_by: int, max_uses: int, also: Also = skip
    ) -> SignedMessage:
        """Make a new secret for a consent to these terms, or use a spare one, and sign the grant.

        `valid_from` is also the latest time at which it can be carried; `also` is done in the same transaction.
        """
        with self.vault.writing() as transaction:
            terms = with_keys(terms, secret := spare.secret_for(transaction, valid_from, self._random_bytes))
            consent, digest = key_of(secret).address, terms.digest(secret.derive(TERMS_SALT))
            grant = Grant(consent, terms.recipient, valid_from, valid_until, reconfirm_by, max_uses, digest)
            transaction.put(SECRET, consent, secret.to_bytes())
            transaction.put(CONSENT, consent, StoredConsent(terms, valid_from, valid_until).to_json())
            also(transaction, consent)
            return self._signed(transaction, secret, grant)

    def commit(self, consent: str, values: Budget | SetValues) -> SignedMessage:
        """Commit to a budget, or to values of a set, under a consent, replacing the previous; sign its root.

        Salts are new. The commitment includes whether income covers the totals that the terms name, and nothing that
        they do not concern. Raises InvalidInput for what the terms are not about.
        """
        with self.vault.writing() as transaction:
            stored, secret = _stored(transaction, consent), _secret(transaction, consent)
            nonce = self._random_bytes(NONCE_BYTES)
            plan = StoredCommitment.of(consent, nonce, values, stored.terms, stored.head)
            root = commitment_of(secret, plan).root
            transaction.put(COMMITMENT, record_name(consent, root), plan.to_json())
            transaction.put(CONSENT, consent, stored.committed(root).to_json())
            return self._signed(transaction, secret, Commit(consent, root, stored.head))

    def pause(self, consent: str) -> SignedMessage:
        """Sign that a consent is suspended until resumed."""
        return self._next(consent, lambda sequence: Pause(consent, sequence))

    def resume(self, consent: str) -> SignedMessage:
        """Sign that a paused consent is resumed."""
        return self._next(consent, lambda sequence: Resume(consent, sequence))

    def reconfirm(self, consent: str, reconfirm_by: int) -> SignedMessage:
        """Sign that a consent remains valid, until `reconfirm_by` in Unix seconds."""
        return self._next(consent, lambda sequence: Reconfirm(consent, sequence, reconfirm_by))

    def withdraw(self, consent: str) -> SignedMessage:
        """Sign that a consent ends. It can be carried at any time, by anyone, and never expires."""
        with self.vault.writing() as transaction:
            return self._signed(transaction, _secret(transaction, consent), Withdraw(consent))

    def withdrawals(self, consents: Iterable[str]) -> tuple[SignedMessage, ...]:
        """Sign withdrawals for a panic card; they are not queued."""
        at = self.deployment.domain_of(Withdraw)
        with self.vault.reading() as transaction:
            return tuple(sign(key_of(_secret(transaction, each)), at, Withdraw(each)) for each in consents)

    def acknowledge(self, consent: str, commitment: bytes, advice: bytes) -> SignedMessage:
        """Sign that the advice with this digest about this commitment was received."""
        with self.vault.writing() as transaction:
            return self._signed(transaction, _secret(transaction, consent), Acknowledge(consent, commitment, advice))

    # ------------------------------------------------------------------ the queue

    def outgoing(self) -> tuple[SignedMessage, ...]:
        """Return the queued messages, which are not known to be carried yet, in the order of signing."""
        with self.vault.reading() as transaction:
            return tuple(signed_message.from_json(text.decode()) for _, text in transaction.all(OUTGOING))

    def carry(self, signed: SignedMessage, ledger: Ledger, sender: Sender) -> TransactionReceipt | None:
        """Carry a signed message, and remove it from the queue; None when the ledger has it already.

        Raises Rejected when the ledger refuses it: it is no longer queued, and the wallet follows the ledger. After any
        other error it is queued; NotYet when the node lacks what it builds on.
        """
        try:
            receipt = ledger.carry(signed, sender)
        except Rejected as rejected:
            if not is_carried(signed, ledger):
                raise_if_lifted_later(self, of := signed.message, rejected, ledger)
                self.settle(signed)
                self.follow(of.consent, head=ledger.head_of(of.consent), sequence=ledger.consent(of.consent).sequence)
                raise
            receipt = None
        self.settle(signed, ledger.height() if receipt is None else receipt.block)
        return receipt

    def settle(self, signed: SignedMessage, block: int | None = None) -> None:
        """Forget that a message waits to be carried, and keep that it was recorded by a block where one is given."""
        with self.vault.writing() as transaction:
            consent, name = (of := signed.message.consent), record_name(of, signed.signature.to_bytes())
            keep_hopped(transaction, name, record_name(consent, DUMMY))
            for kind in (OUTGOING, WAITING, HOPPED):
                transaction.delete(kind, name)
            settled.keep(transaction, signed.message, block)

    def follow(self, consent: str, *, head: bytes, sequence: int) -> None:
        """Adopt the ledger's state of a consent, when a message was refused or never carried.

        Raises InvalidInput for a head that this wallet never committed to, and for a sequence it never signed: only
        its key can change the ledger's, so such an answer is false, to make it sign a later message early.
        """
        with self.vault.writing() as transaction:
            stored = _stored(transaction, consent)
            if not 0 <= sequence <= stored.signed:
                raise InvalidInput(f"No such sequence of {consent} was signed by this wallet; ask another node.")
            if head != NO_ROOT and transaction.get(COMMITMENT, record_name(consent, head)) is None:
                raise InvalidInput(f"The head of {consent} was not committed to by this wallet; open the right one.")
            transaction.put(CONSENT, consent, stored.at(head, sequence).to_json())

    # ------------------------------------------------------------------ consents

    def head_of(self, consent: str) -> bytes:
        """Return the root last committed to, 32 zero bytes if there is none."""
        return self.stored(consent).head

    def consents(self) -> Sequence[str]:
        """Return the addresses of the consents, oldest first."""
        with self.vault.reading() as transaction:
            return tuple(consent for consent, _ in transaction.all(SECRET))

    def stored(self, consent: str) -> StoredConsent:
        """Return the stored state of a consent."""
        with self.vault.reading() as transaction:
            return _stored(transaction, consent)

    def secret(self, consent: str) -> ConsentSecret:
        """Return the secret of a consent. Warning: it is the claimant's only authority over it; show it to nobody."""
        with self.vault.reading() as transaction:
            return _secret(transaction, consent)

    def terms_salt(self, consent: str) -> bytes:
        """Return the 32-byte salt that opens the digest of a consent's terms."""
        return self.secret(consent).derive(TERMS_SALT)

    def committed(self, consent: str) -> Commitment:
        """Return the newest commitment, with all that opens it; raises InvalidInput when there is none."""
        return commitment_of(*self._committed(consent))

    def disclose(self, consent: str, names: Iterable[str]) -> Disclosure:
        """Open the named entries of the newest commitment, of a set by their names in it; raises OutsideScope."""
        secret, plan = self._committed(consent)
        made, terms, at = commitment_of(secret, plan), self.stored(consent).terms, self.deployment.domain_of(Commit)
        signed = signed_commit(terms, secret, at, (consent, made.root, plan.replaces))
        place: dict[str, Any] = {"chain_id": at.chain_id, "contract": at.contract, "consent": consent, "signed": signed}
        named = tuple(entry_name(terms.set_id, name) for name in names) if terms.set_id else tuple(names)
        return disclosures.disclose(made, terms, named, terms_salt=secret.derive(TERMS_SALT), **place)

    # ------------------------------------------------------------------ within one transaction of the vault

    def _committed(self, consent: str) -> tuple[ConsentSecret, StoredCommitment]:
        with self.vault.reading() as transaction:
            stored, secret = _stored(transaction, consent), _secret(transaction, consent)
            plan = transaction.get(COMMITMENT, record_name(consent, stored.head))
        if plan is None:
            raise InvalidInput(f"Nothing is committed under {consent} yet; commit a budget first.")
        return secret, StoredCommitment.from_json(plan)

    def _next(self, consent: str, message: Callable[[int], Message]) -> SignedMessage:
        with self.vault.writing() as transaction:
            stored = _stored(transaction, consent)
            transaction.put(CONSENT, consent, stored.next().to_json())
            return self._signed(transaction, _secret(transaction, consent), message(stored.sequence))

    def _signed(self, transaction: VaultTransaction, secret: ConsentSecret, message: Message) -> SignedMessage:
        beside = post_quantum_key(_stored(transaction, message.consent).terms, secret)
        signed = sign(key_of(secret), domain := self.deployment.domain_of(type(message)), message, beside)
        name, text = record_name(message.consent, signed.signature.to_bytes()), signed_message.to_json(signed, domain)
        transaction.put(OUTGOING, name, text.encode())
        transaction.put(WAITING, name, Waiting(signed, int(self._clock())).to_json())
        return signed


def _stored(transaction: VaultTransaction, consent: str) -> StoredConsent:
    return StoredConsent.from_json(_record(transaction, CONSENT, consent))


def _secret(transaction: VaultTransaction, consent: str) -> ConsentSecret:
    return ConsentSecret(_record(transaction, SECRET, consent))


def _record(transaction: VaultTransaction, kind: str, consent: str) -> bytes:
    if (record := transaction.get(kind, consent)) is None:
        raise InvalidInput(f"This wallet has no consent {consent}; list them with consents().")
    return record


def record_name(consent: str, what: bytes) -> str:
    """Return the name of one of a consent's many records of a kind: the consent, and what it is about in 0x hex."""
    return f"{consent}/0x{what.hex()}"
