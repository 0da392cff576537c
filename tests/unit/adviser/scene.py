"""An adviser's desk to test with: a claimant who shows something, a ledger, and a mailbox that refuses when told to."""

from dataclasses import replace
from typing import Any

from eth_account import Account

from jamjar.adviser.keys import make_encryption_key
from jamjar.adviser.mail import AdviserMail
from jamjar.consent.terms import Storage
from jamjar.crypto.sealing import EncryptionKey
from jamjar.disclosure.reply import open_reply
from jamjar.mailbox.client import FetchedPackage
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.mailbox.refusal import MailboxUnavailable
from jamjar.protocol.events import Committed, Origin
from jamjar.protocol.typed_data import Commit
from jamjar.service.refusal import Refusal, Refused
from jamjar.vault.vault import Vault
from jamjar.wallet.mail import ClaimantMail
from jamjar.wallet.stored import StoredCommitment
from jamjar.wallet.wallet import COMMITMENT, Wallet, record_name
from tests.unit.wallet.scene import BUDGET, CHEAP, DEPLOYMENT, PASSPHRASE, TERMS, TIMES, FakeLedger, FakeMailbox

STORE = replace(TERMS, storage=Storage.STORE, retention_days=2)


class DeskLedger(FakeLedger):
    """A ledger on which uses and advice are recorded."""

    live = True

    def member_of(self, account: Any) -> int:
        return TERMS.recipient

    def is_live(self, consent: str) -> bool:
        return self.live

    def use(self, consent: str, commitment: bytes, sender: Any = None) -> None:
        super().use(consent, commitment)

    def events(self, name: Any = None, consent: str | None = None) -> list[Any]:
        return self.committed(consent) if name == "Committed" else super().events(name, consent)

    def committed(self, consent: str) -> list[Committed]:
        """The wallet's own commitments, as if each had been carried."""
        root, found = self.head_of(consent), list[Committed]()
        while any(root):
            found.insert(0, Committed(Origin(5, "0x", 0, "0x"), consent, "0x", root))
            with self.wallet.vault.reading() as transaction:
                root = StoredCommitment.from_json(transaction.get(COMMITMENT, record_name(consent, root))).replaces
        return found

    def record_advice(self, consent: str, commitment: bytes, advice: bytes, sender: Any) -> None:
        self.recorded.append(advice)

    def read(self, contract: str, function: str, *arguments: Any) -> Any:
        return int(arguments[0][2] in self.recorded) if function == "stageOf" else super().read(contract, function)


class DeskMailbox(FakeMailbox):
    """A mailbox that gives its keys after refusing as often as the test says."""

    def __init__(self) -> None:
        super().__init__()
        self.refusals: list[Code] = []
        self.sent: list[Any] = []
        self.asked = 0
        self.down = False

    def fetch(self, name: str) -> FetchedPackage:
        return FetchedPackage(next(stored.content for stored in self.packages if stored.id.hex() == name), 1)

    def key(self, body: Any) -> Any:
        self.asked += 1
        if self.refusals:
            raise Refused(Refusal(self.refusals.pop(0), "No."))
        return next(stored for stored in self.packages if stored.id == body.id)

    def reply(self, sealed: Any) -> bool:
        if self.down:
            raise MailboxUnavailable("down")
        self.sent.append(sealed)
        return True


class Desk:
    values: Any = BUDGET
    """What the claimant commits to."""

    def __init__(self, terms: Any) -> None:
        self.claimant = Wallet(DEPLOYMENT, Vault.create(":memory:", PASSPHRASE, cost=CHEAP))
        self.vault = Vault.create(":memory:", PASSPHRASE, cost=CHEAP)
        self.key = make_encryption_key(self.vault)
        self.consent = self.claimant.grant(terms, **TIMES, max_uses=3).message.consent
        self.claimant.commit(self.consent, self.values)
        self.ledger, self.mailbox = DeskLedger(self.claimant), DeskMailbox()
        self.ledger.keys = [self.key.public_bytes]
        digest = self.claimant.stored(self.consent).terms.digest(self.claimant.terms_salt(self.consent))
        self.ledger.terms_digest = lambda consent: digest
        self.mail = AdviserMail(self.ledger, Account.create(), self.vault, self.mailbox)
        self.letters = ClaimantMail(self.claimant, self.ledger, self.mailbox)
        self.reply_key = EncryptionKey(self.claimant.secret(self.consent).derive("jamjar/1/reply-key"))
        self.package = self.show()

    def show(self) -> str:
        return self.letters.show(self.consent, ["fixed.home.rent"]).hex()

    def uses(self) -> int:
        return len(self.ledger.events("ConsentUsed"))

    def opened(self) -> list[Any]:
        return [open_reply(sealed, self.reply_key, DEPLOYMENT.domain_of(Commit)) for sealed in self.mailbox.sent]
