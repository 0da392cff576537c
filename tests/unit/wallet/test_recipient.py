"""To whom a claimant shows: the member of that number and name, with the encryption key that the wallet remembers.

Given an account changed the key          nothing is sealed or sent; the error names account, day and block
When the claimant agrees to the new key   it is sealed to that, and remembered
Given nothing is remembered               the first key is, as for a vault that is older
Given the ledger has another name         refused, at a grant and at a disclosure
Given the member renamed itself since     it is shown to; terms with the old name are refused at a grant
When the last consent for it is erased    nothing tells any more who the recipient was
"""

from dataclasses import replace

import pytest

from jamjar.crypto.sealing import EncryptionKey, SealBroken
from jamjar.disclosure.package import open_package
from jamjar.errors import InvalidInput
from jamjar.protocol.typed_data import Commit
from jamjar.wallet.erasure import erase
from jamjar.wallet.mail import ClaimantMail
from jamjar.wallet.recipient import RECIPIENT_KEY, checked_key, remember_key
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.scene import (
    ADVISER,
    BUDGET,
    DEPLOYMENT,
    DESK,
    TERMS,
    TIMES,
    FakeLedger,
    FakeMailbox,
    content,
)

READER = EncryptionKey(b"\x66" * 32)
RENT = ["fixed.home.rent"]


class Scene:
    def __init__(self, wallet: Wallet) -> None:
        self.wallet, self.ledger, self.mailbox = wallet, FakeLedger(wallet), FakeMailbox()
        self.mail = ClaimantMail(wallet, self.ledger, self.mailbox)

    def opens(self, key: EncryptionKey) -> list[bool]:
        """Which of the packages in the mailbox a key opens."""
        opened = []
        for package in self.mailbox.packages:
            try:
                open_package(package, key, DEPLOYMENT.domain_of(Commit))
                opened.append(True)
            except SealBroken:
                opened.append(False)
        return opened

    def remembered(self) -> list[str]:
        return [name for kind, name in content(self.wallet.vault) if kind == RECIPIENT_KEY]


@pytest.fixture
def scene(wallet: Wallet) -> Scene:
    return Scene(wallet)


@pytest.mark.parametrize("first", ["grant", "disclosure"])
def test_a_stolen_account_changes_the_key_to_read(scene: Scene, consent: str, first: str) -> None:
    if first == "grant":
        key = checked_key(scene.wallet.vault, scene.ledger, TERMS)
        with scene.wallet.vault.writing() as transaction:
            remember_key(transaction, TERMS, key)
    else:
        scene.mail.show(consent, RENT)
    sent, before = len(scene.mailbox.packages), content(scene.wallet.vault)
    scene.ledger.keys.append(READER.public_bytes)
    with pytest.raises(InvalidInput) as refused:
        scene.mail.show(consent, RENT)
    words = ("Town Debt Advice", f"changed by its account {DESK} on 1970-01-01, in block 2", "--new-key")
    assert [word for word in words if word not in str(refused.value)] == []
    with pytest.raises(InvalidInput, match="in block 2"):  # nor for a new consent
        checked_key(scene.wallet.vault, scene.ledger, TERMS)
    assert (len(scene.mailbox.packages), content(scene.wallet.vault)) == (sent, before)
    assert scene.opens(READER) == [False] * sent


def test_the_claimant_agrees_to_the_new_key(scene: Scene, consent: str) -> None:
    scene.mail.show(consent, RENT)
    scene.ledger.keys.append(READER.public_bytes)
    scene.mail.show(consent, RENT, new_key=True)
    scene.mail.show(consent, RENT)
    assert scene.opens(READER) == [False, True, True]
    scene.ledger.keys.append(ADVISER.public_bytes)
    with pytest.raises(InvalidInput, match="in block 3"):
        scene.mail.show(consent, RENT)


def test_another_name_on_the_ledger(scene: Scene, consent: str) -> None:
    terms = replace(TERMS, recipient_name="Department for Benefits")
    with pytest.raises(InvalidInput, match="member 2 is 'Town Debt Advice', and not 'Department for Benefits'"):
        checked_key(scene.wallet.vault, scene.ledger, terms)
    granted = scene.wallet.grant(terms, **TIMES, max_uses=3).message.consent  # offline, say
    scene.wallet.commit(granted, BUDGET)
    with pytest.raises(InvalidInput, match="and not 'Department for Benefits'"):
        scene.mail.show(granted, RENT)
    assert (scene.mailbox.packages, scene.remembered()) == ([], [])


def test_a_recipient_that_renamed_itself(scene: Scene, consent: str) -> None:
    scene.ledger.name = "Town Debts"
    scene.mail.show(consent, RENT)  # a name stays its member's permanently
    assert scene.opens(ADVISER) == [True]
    with pytest.raises(InvalidInput, match="member 2 is 'Town Debts', and not 'Town Debt Advice'"):
        checked_key(scene.wallet.vault, scene.ledger, TERMS)  # for a new consent


def test_it_goes_with_the_last_consent(scene: Scene, consent: str) -> None:
    other = scene.wallet.grant(TERMS, **TIMES, max_uses=3).message.consent
    scene.mail.show(consent, RENT)
    scene.ledger.said = "WITHDRAWN"
    erase(scene.wallet, other, scene.ledger)
    assert scene.remembered() == ["2"]
    erase(scene.wallet, consent, scene.ledger)
    assert scene.remembered() == []
