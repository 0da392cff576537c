"""What comes back to a claimant: advice that is on the ledger, deletions that the recipient signed, and nothing else.

Given advice is not on the ledger            it is not kept, stays in the mailbox, and a sentence says so
Given the node has it later                  it is kept, and gone from the mailbox
Given a deletion by another account          it is not kept, and a sentence says so
Given a reply sealed to another key          it is not kept, and a sentence says so
Given the mailbox knows no such consent      the others are fetched
When a letter is fetched                     it is in the vault, then gone from the mailbox, and new once
"""

from typing import Any

import pytest
from eth_account import Account

from jamjar.crypto.sealing import EncryptionKey
from jamjar.disclosure.advice import Advice
from jamjar.disclosure.reply import Deletion, seal_advice, seal_deletion, sign_deletion
from jamjar.errors import InvalidInput
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.model.state import Consent
from jamjar.protocol.typed_data import Acknowledge, Commit
from jamjar.service.refusal import Refusal, Refused
from jamjar.vault.secret import REPLY_KEY
from jamjar.wallet.mail import ClaimantMail
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.scene import DEPLOYMENT, TERMS, TIMES, FakeLedger, FakeMailbox

DOMAIN = DEPLOYMENT.domain_of(Commit)
ADVICE = Advice("Ask for a social tariff.", b"\7" * 32)


class Scene:
    def __init__(self, wallet: Wallet) -> None:
        self.wallet, self.ledger, self.mailbox = wallet, FakeLedger(wallet), FakeMailbox()
        self.mail = ClaimantMail(wallet, self.ledger, self.mailbox)
        self.consent = wallet.consents()[0]
        self.head = wallet.head_of(self.consent)
        self.reply_key = EncryptionKey(wallet.secret(self.consent).derive(REPLY_KEY)).public_bytes
        self.account = Account.create()
        self.ledger.member_of = lambda account: TERMS.recipient if account == self.account.address else 0

    def advise(self, key: bytes = b"") -> None:
        sealed = seal_advice(ADVICE, key or self.reply_key, DOMAIN, consent=self.consent, commitment=self.head)
        self.mailbox.waiting.append(sealed)

    def delete(self, account: Any) -> None:
        signed = sign_deletion(Deletion(self.consent, (self.head,), 1700), account, DOMAIN)
        self.mailbox.waiting.append(seal_deletion(signed, self.reply_key, DOMAIN))


@pytest.fixture
def scene(wallet: Wallet) -> Scene:
    return Scene(wallet)


def test_advice_that_is_not_on_the_ledger(scene: Scene) -> None:
    scene.ledger.read = lambda *_: 0
    scene.advise()
    sealed = list(scene.mailbox.waiting)
    new, (wrong,) = scene.mail.fetch()
    assert (new, scene.mail.letters(), scene.mailbox.waiting) == ((), (), sealed)
    assert "http://b.example, at block 9, does not have the advice received; do not rely on it" in wrong
    assert ADVICE.text not in wrong
    scene.ledger.read = lambda *_: 1
    (letter,), wrong = scene.mail.fetch()
    assert (letter.text, wrong, scene.mailbox.waiting) == (ADVICE.text, (), [])


def test_a_deletion_where_the_grant_is_not_there_yet(scene: Scene) -> None:
    granted = scene.ledger.consent
    scene.ledger.consent = lambda _: Consent()
    scene.delete(scene.account)
    _, (wrong,) = scene.mail.fetch()
    assert "does not have the grant" in wrong
    scene.ledger.consent = granted
    (letter,), wrong = scene.mail.fetch()
    assert (letter.deleted_at, wrong, scene.mailbox.waiting) == (1700, (), [])


def test_a_deletion_that_somebody_else_signed(scene: Scene) -> None:
    scene.delete(Account.create())
    new, (wrong,) = scene.mail.fetch()
    assert (new, scene.mail.letters()) == ((), ())
    assert "recipient did not sign" in wrong


def test_a_reply_to_another_key(scene: Scene) -> None:
    scene.advise(EncryptionKey(b"\6" * 32).public_bytes)
    scene.advise()
    (letter,), (wrong,) = scene.mail.fetch()
    assert (letter.text, "does not open" in wrong) == (ADVICE.text, True)


def test_a_consent_that_the_mailbox_does_not_know(scene: Scene) -> None:
    fresh = scene.wallet.grant(TERMS, **TIMES, max_uses=1).message.consent
    replies = scene.mailbox.replies

    def strict(consent: str) -> Any:
        if consent == fresh:
            raise Refused(Refusal(Code.UNKNOWN_CONSENT, "No."))
        return replies(consent)

    scene.mailbox.replies = strict
    scene.advise()
    assert [letter.text for letter in scene.mail.fetch()[0]] == [ADVICE.text]
    scene.mailbox.replies = lambda consent: (_ for _ in ()).throw(Refused(Refusal(Code.TOO_FAST, "Wait.")))
    with pytest.raises(Refused):
        scene.mail.fetch()


def test_letters_are_kept_once(scene: Scene) -> None:
    scene.advise()
    scene.delete(scene.account)
    sealed = list(scene.mailbox.waiting)
    new, wrong = scene.mail.fetch()
    assert wrong == ()
    assert [(letter.text, letter.digest, letter.deleted_at) for letter in new] == [
        (ADVICE.text, ADVICE.digest, 0), ("", b"", 1700),
    ]  # fmt: skip
    assert all((letter.consent, letter.commitment) == (scene.consent, scene.head) for letter in new)
    scene.mailbox.waiting = sealed  # a mailbox that gives them again
    assert scene.mail.fetch() == ((), ())
    assert scene.mail.letters() == new
    assert ADVICE.text not in repr(new)


def test_acknowledges_advice_only(scene: Scene) -> None:
    scene.advise()
    scene.delete(scene.account)
    advice, deletion = scene.mail.fetch()[0]
    assert scene.mail.acknowledge(advice).message == Acknowledge(scene.consent, scene.head, ADVICE.digest)
    with pytest.raises(InvalidInput, match="is not advice"):
        scene.mail.acknowledge(deletion)
