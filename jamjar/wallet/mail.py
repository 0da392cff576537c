"""The claimant's side of the mailbox: sends chosen figures, and receives the recipient's replies.

A package is in the vault, sealed, before it is sent, and stays there until the mailbox has it: a wallet that was
interrupted sends the same package again, which is safe.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from jamjar.consent.request import SignedConsentRequest
from jamjar.crypto.sealing import EncryptionKey
from jamjar.disclosure import reply
from jamjar.disclosure.advice import Advice
from jamjar.disclosure.answer import StatementAnswer
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.package import SealedPackage, seal_package
from jamjar.disclosure.question import SignedQuestion
from jamjar.disclosure.reply import SealedReply, SignedDeletion
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput, JamjarError, NotYet
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.model.state import AdviceStage
from jamjar.protocol.signing import ConsentKey, SignedMessage, Signer
from jamjar.protocol.typed_data import Commit, Grant
from jamjar.service.refusal import Refused
from jamjar.vault.secret import REPLY_KEY
from jamjar.wallet.consent_keys import key_of
from jamjar.wallet.questions import check_question, receive_question
from jamjar.wallet.recipient import check_sender, checked_key, remember_key
from jamjar.wallet.requests import receive
from jamjar.wallet.stored import Also, skip
from jamjar.wallet.wallet import ADVICE, DISCLOSED, PACKAGE, Wallet, record_name

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger
    from jamjar.mailbox.client import MailboxClient

Connect: TypeAlias = "Callable[[Signer], MailboxClient]"
"""Makes a connection to the mailbox that signs as a consent: each consent has its own."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A recipient's reply: advice that is on the ledger, or a signed statement that it deleted what it was shown.

    digest      of the advice, as on the ledger; empty for a deletion
    deleted_at  in Unix seconds; 0 for advice
    """

    consent: str
    commitment: bytes
    digest: bytes
    text: str = field(repr=False)
    deleted_at: int = 0


class ClaimantMail:
    """One wallet's letters; `connect` makes the connections to the mailbox."""

    def __init__(self, wallet: Wallet, ledger: Ledger, connect: Connect) -> None:
        self._wallet = wallet
        self._vault = wallet.vault
        self._ledger = ledger
        self._connect = connect
        self._domain = wallet.deployment.domain_of(Commit)

    # ------------------------------------------------------------------ packages

    def show(self, consent: str, names: Iterable[str], *, new_key: bool = False) -> bytes:
        """Seal the named entries to the recipient, send them, and return the package's id.

        new_key  whether the claimant agrees to another encryption key of the recipient than the wallet remembers

        Raises OutsideScope before anything is made; InvalidInput while the ledger has another head (have what was
        signed carried first), and for a recipient of another name or with another key. What was sealed and could not
        be sent waits for `send`.
        """
        return self.send_sealed(self._wallet.disclose(consent, names), new_key=new_key)

    def send_sealed(self, content: Disclosure | StatementAnswer, *, new_key: bool = False, also: Also = skip) -> bytes:
        """Seal a disclosure or an answer, send it, and return the package's id; `also` is done as it is stored.

        Raises InvalidInput as `show` does.
        """
        disclosure = content.shown if isinstance(content, StatementAnswer) else content
        consent = disclosure.consent
        if self._ledger.head_of(consent) != disclosure.root:
            raise InvalidInput("The ledger does not have your newest budget yet; have it carried, then show it.")
        recipient = checked_key(self._vault, self._ledger, disclosure.terms, new_key=new_key, granted=True)
        reply_to = self._reply_key(consent).public_bytes
        package = seal_package(content, reply_to, recipient, self._domain, secrets.token_bytes)
        shown = list(disclosure.names)
        with self._vault.writing() as transaction:
            remember_key(transaction, disclosure.terms, recipient)
            transaction.put(PACKAGE, record_name(consent, package.id), package.to_bytes())
            record = {"root": disclosure.root.hex(), "names": shown}
            transaction.put(DISCLOSED, record_name(consent, package.id), strict_json.dumps(record).encode())
            also(transaction, consent)
        self._deposit(package)
        return package.id

    def send(self) -> int:
        """Send the packages that are queued in the vault, and return how many there were."""
        with self._vault.reading() as transaction:
            waiting = [SealedPackage.from_bytes(data) for _, data in transaction.all(PACKAGE)]
        for package in waiting:
            self._deposit(package)
        return len(waiting)

    def take_back(self, consent: str) -> None:
        """Delete everything in the mailbox under a consent, read or not."""
        self._connect(self._key(consent)).erase(consent)

    # ------------------------------------------------------------------ letters

    def fetch(self) -> tuple[tuple[Letter, ...], tuple[str, ...]]:
        """Fetch the recipients' replies; return the new letters, and a sentence for each reply that is not reliable.

        A letter is deleted at the mailbox once it is in the vault, a request or question among those that came. An
        unreliable one is not stored; what this node may yet confirm stays in the mailbox until it does.
        """
        new, wrong = list[Letter](), list[str]()
        for consent in self._wallet.consents():
            mailbox = self._connect(self._key(consent))
            try:
                waiting = mailbox.replies(consent)
            except Refused as refused:
                if refused.refusal.code != Code.UNKNOWN_CONSENT:  # its grant is not carried yet
                    raise
                continue
            for sealed in waiting:
                try:
                    letter = self._read(sealed)
                except NotYet as error:
                    wrong.append(f"A reply stays in the mailbox. {consent}: {error}")
                    continue
                except JamjarError as error:
                    wrong.append(f"A reply was discarded. {consent}: {error}")
                else:
                    with self._vault.writing() as transaction:
                        if isinstance(letter, SignedConsentRequest):
                            receive(transaction, letter, self._ledger.time())
                        elif isinstance(letter, SignedQuestion):
                            receive_question(transaction, letter, self._ledger.time())
                        elif transaction.add(ADVICE, record_name(consent, sealed.id), _written(letter)):
                            new.append(letter)
                mailbox.delete_reply(sealed)
        return tuple(new), tuple(wrong)

    def letters(self) -> tuple[Letter, ...]:
        """Return all letters, oldest first."""
        with self._vault.reading() as transaction:
            return tuple(_letter(name, value) for name, value in transaction.all(ADVICE))

    def acknowledge(self, letter: Letter) -> SignedMessage:
        """Sign that advice was received; the message is queued."""
        if not letter.digest:
            raise InvalidInput("The letter is not advice; acknowledge only advice, as a deletion needs no answer.")
        return self._wallet.acknowledge(letter.consent, letter.commitment, letter.digest)

    # ------------------------------------------------------------------ steps

    def _deposit(self, package: SealedPackage) -> None:
        consent = package.content.consent
        self._connect(self._key(consent)).deposit(package)
        with self._vault.writing() as transaction:
            transaction.delete(PACKAGE, record_name(consent, package.id))

    def _read(self, sealed: SealedReply) -> Letter | SignedConsentRequest | SignedQuestion:
        """Open a reply and compare it with the ledger: the seal proves only that its sender knows the reply key."""
        opened = reply.open_reply(sealed, self._reply_key(sealed.consent), self._domain)
        if isinstance(opened, Advice):
            advice = (sealed.consent, sealed.commitment, opened.digest)
            if self._ledger.read("AdviceLog", "stageOf", advice) not in (
                AdviceStage.RECORDED,
                AdviceStage.ACKNOWLEDGED,
            ):
                raise self._not_here("the advice received")
            return Letter(sealed.consent, sealed.commitment, opened.digest, opened.text)
        if not self._ledger.consent(sealed.consent).recipient:
            raise self._not_here("the grant of this consent")
        if isinstance(opened, SignedConsentRequest):
            if opened.request.recipient != self._ledger.consent(sealed.consent).recipient:
                raise InvalidInput("The recipient asks in another's name; do not agree, and ask whom it names.")
            check_sender(self._ledger, opened, self._wallet.deployment.domain_of(Grant))
            return opened
        if isinstance(opened, SignedQuestion):
            check_question(self._ledger, opened, self._domain)
            return opened
        return self._deletion(sealed, opened)

    def _deletion(self, sealed: SealedReply, signed: SignedDeletion) -> Letter:
        signer = self._ledger.member_of(signed.account(self._domain))
        if signer != self._ledger.consent(sealed.consent).recipient:
            raise InvalidInput(
                "The recipient did not sign the deletion received; do not rely on it, and tell the adviser."
            )
        return Letter(sealed.consent, sealed.commitment, b"", "", signed.deletion.deleted_at)

    def _not_here(self, what: str) -> NotYet:
        at = f"{self._ledger.node}, at block {self._ledger.height()},"
        return NotYet(
            f"{at} does not have {what}; do not rely on it, fetch it again, and ask the adviser if it stays so."
        )

    def _key(self, consent: str) -> ConsentKey:
        return key_of(self._wallet.secret(consent))

    def _reply_key(self, consent: str) -> EncryptionKey:
        return EncryptionKey(self._wallet.secret(consent).derive(REPLY_KEY))


def _written(letter: Letter) -> bytes:
    record = {
        "commitment": letter.commitment.hex(),
        "digest": letter.digest.hex(),
        "text": letter.text,
        "deleted_at": letter.deleted_at,
    }
    return strict_json.dumps(record).encode()


def _letter(name: str, value: bytes) -> Letter:
    found = strict_json.loads(value.decode(), "A letter", 1 << 20)
    commitment, digest = (bytes.fromhex(found[part]) for part in ("commitment", "digest"))
    return Letter(name.partition("/")[0], commitment, digest, found["text"], found["deleted_at"])
