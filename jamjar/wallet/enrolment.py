"""Getting tokens: the wallet makes consents ahead, and has an admitter vouch for them blindly.

It asks once in an epoch and admitter, for all that the quota allows, at a time in the epoch's first week that is drawn
by chance: so neither when nor how many it asks for says what it is going to do. The keys are those on the ledger, and
each signature is verified before anything is kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from jamjar.crypto import blind_rsa
from jamjar.crypto.blind_rsa import Blinded
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.ledger.epoch_keys import may_admit, published
from jamjar.protocol.enrolment import EnrolmentAnswer, EnrolmentRequest
from jamjar.protocol.settings import DAY
from jamjar.protocol.signed_message import from_hex, to_hex
from jamjar.protocol.token import EpochKey, Token, begin_of, epoch_after, epoch_of, message_of
from jamjar.protocol.typed_data import Grant
from jamjar.vault.secret import ConsentSecret
from jamjar.wallet import spare
from jamjar.wallet.consent_keys import key_of
from jamjar.wallet.spare import Spare
from jamjar.wallet.wallet import Wallet

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.vault.records import RandomBytes
    from jamjar.vault.transaction import VaultTransaction

ENROLMENT: Final = "enrolment"
"""The kind of what was asked of an admitter in an epoch; once tokens came of it, it names no consent."""
FIRST_DAYS: Final = 7
"""The days at an epoch's beginning in which a wallet asks."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What was asked: when it may go, and what it was for; `drawn` is empty before that, and once it is answered."""

    admitter: int
    key: EpochKey
    ask_at: int
    drawn: tuple[tuple[bytes, Blinded], ...] = field(default=(), repr=False)
    is_kept: bool = False

    @property
    def name(self) -> str:
        """The name of its record."""
        return f"{self.admitter}/{self.key.epoch}"

    def request(self) -> EnrolmentRequest:
        """Return what the admitter gets."""
        blinded = tuple(each.message for _, each in self.drawn)
        return EnrolmentRequest(self.admitter, self.key.epoch, self.key.digest, blinded)

    def to_json(self) -> bytes:
        """Return the record."""
        drawn = [[to_hex(secret), to_hex(each.message), str(each.inverse)] for secret, each in self.drawn]
        made = {"admitter": self.admitter, "key": to_hex(self.key.to_bytes()), "ask_at": self.ask_at}
        return json.dumps({**made, "drawn": drawn, "is_kept": self.is_kept}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Asking:
        """Read what `to_json` wrote."""
        found: dict[str, Any] = strict_json.loads(data.decode(), "A request in the vault", 1 << 20)
        key = EpochKey.from_bytes(bytes.fromhex(found["key"][2:]))
        size = blind_rsa.size_of(key.modulus)
        drawn = tuple(
            (from_hex(secret, 32), Blinded(from_hex(message, size), int(inverse)))
            for secret, message, inverse in found["drawn"]
        )
        return cls(found["admitter"], key, found["ask_at"], drawn, found["is_kept"])


def offering(ledger: Ledger, epoch: int) -> list[int]:
    """Return the members that give tokens in an epoch, by their numbers; raises LedgerError."""
    return sorted(who for who, when in published(ledger).keys if when == epoch and may_admit(ledger, who))


def asked(wallet: Wallet) -> list[Asking]:
    """Return what was asked, planned or answered, oldest epoch first."""
    with wallet.vault.reading() as transaction:
        found = [Asking.from_json(value) for _, value in transaction.all(ENROLMENT)]
    return sorted(found, key=lambda each: (each.key.epoch, each.admitter))


def ask(
    wallet: Wallet, ledger: Ledger, admitter: int, now: int, random_bytes: RandomBytes, *, at_once: bool = False
) -> Asking:
    """Return what to ask an admitter for in the epoch of `now` (Unix seconds); nothing is drawn before its time.

    at_once  whether the claimant wants it now, although the time that was drawn is later

    Asked again, it is the same request. Raises InvalidInput for a member that is no active sponsor or published no key
    for the epoch, when the ledger shows another key than before, and when the tokens were kept already.
    """
    epoch = epoch_of(now)
    key = published(ledger).find(admitter, epoch)
    if key is None or not may_admit(ledger, admitter):
        raise InvalidInput(f"Member {admitter} gives no tokens in {epoch}; ask another sponsor, or your adviser.")
    with wallet.vault.writing() as transaction:
        _forget_old(transaction, epoch)
        found = transaction.get(ENROLMENT, f"{admitter}/{epoch}")
        asking = _planned(admitter, key, now, random_bytes) if found is None else Asking.from_json(found)
        if asking.key != key:
            raise InvalidInput("The ledger shows another key of this admitter than before; ask another node.")
        if asking.is_kept:
            raise InvalidInput(f"This wallet has its tokens of {epoch} from member {admitter}; more come next month.")
        if not asking.drawn and (at_once or now >= asking.ask_at):
            drawn = tuple(_drawn(wallet, key, random_bytes) for _ in range(key.quota))
            asking = Asking(admitter, key, asking.ask_at, drawn)
        transaction.put(ENROLMENT, asking.name, asking.to_json())
    return asking


def keep(wallet: Wallet, answer: EnrolmentAnswer) -> int:
    """Verify an answer and keep its tokens, all or none; return how many.

    Raises InvalidInput for an answer to nothing that was asked, InvalidSignature for a wrong signature.
    """
    with wallet.vault.writing() as transaction:
        found = transaction.get(ENROLMENT, f"{answer.admitter}/{answer.epoch}")
        asking = None if found is None else Asking.from_json(found)
        if asking is None or not asking.drawn:
            raise InvalidInput("This wallet waits for no such tokens; ask a sponsor for some first.")
        answer.check(asking.admitter, asking.key)
        for (secret, blinded), signature in zip(asking.drawn, answer.items, strict=True):
            consent = key_of(ConsentSecret(secret)).address
            message = message_of(wallet.deployment.domain_of(Grant), consent, asking.key.epoch)
            signed = blind_rsa.finalise(message, asking.key.modulus, signature, blinded.inverse)
            spare.put(transaction, Spare(secret, Token(asking.admitter, asking.key.epoch, consent, signed)))
        done = Asking(asking.admitter, asking.key, asking.ask_at, is_kept=True)
        transaction.put(ENROLMENT, done.name, done.to_json())
    return len(answer.items)


def _forget_old(transaction: VaultTransaction, epoch: int) -> None:
    """Remove what was asked so long ago that no consent could use it."""
    for name, value in list(transaction.all(ENROLMENT)):
        if epoch_after(Asking.from_json(value).key.epoch) < epoch:
            transaction.delete(ENROLMENT, name)


def _planned(admitter: int, key: EpochKey, now: int, random_bytes: RandomBytes) -> Asking:
    """Return an asking at a time in the epoch's first days; at once where these are over."""
    seconds = FIRST_DAYS * DAY
    at = begin_of(key.epoch) + int.from_bytes(random_bytes(16), "big") % seconds
    return Asking(admitter, key, now if now >= begin_of(key.epoch) + seconds else at)


def _drawn(wallet: Wallet, key: EpochKey, random_bytes: RandomBytes) -> tuple[bytes, Blinded]:
    secret = random_bytes(32)
    consent = key_of(ConsentSecret(secret)).address
    message = message_of(wallet.deployment.domain_of(Grant), consent, key.epoch)
    return secret, blind_rsa.blind(message, key.modulus, random_bytes)
