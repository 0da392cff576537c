"""What was signed waits until it is carried: after closing the vault, after a refusal, after a lost answer.

When the ledger takes it                     it is no longer queued
When the ledger cannot be reached            it waits
When the ledger refuses it                   it is no longer queued, and the wallet follows the ledger
When the ledger has it already               it is no longer queued, and nothing is refused
When withdrawals are signed for a card       they do not wait
"""

from collections.abc import Callable
from typing import Any

import pytest

from jamjar.errors import NodeUnavailable, Rejected
from jamjar.ledger import carried
from jamjar.ledger.ledger import TransactionReceipt
from jamjar.model.state import Consent
from jamjar.protocol.events import Committed, Origin
from jamjar.protocol.typed_data import Acknowledge, Commit, Grant, Pause, Withdraw
from jamjar.vault.vault import Vault
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.scene import DEPLOYMENT, PASSPHRASE, FakeLedger

RECEIPT = TransactionReceipt("0x", 1, 1, ())


class Carrier(FakeLedger):
    """A ledger that answers each message as the test says."""

    def __init__(self, wallet: Wallet, answer: Callable[[], Any]) -> None:
        super().__init__(wallet)
        self.answer = answer

    def carry(self, signed: Any, sender: Any) -> Any:
        return self.answer()

    def head_of(self, consent: str) -> bytes:
        return bytes(32)

    def consent(self, consent: str) -> Consent:
        return Consent(recipient=0)


def refuse() -> None:
    raise Rejected("SequenceMismatch", (), "no")


def lose() -> None:
    raise NodeUnavailable("no answer")


def test_waits_until_carried(wallet: Wallet, where: str) -> None:
    wallet.vault.close()
    with Vault.open(where, PASSPHRASE) as vault:
        reopened = Wallet(DEPLOYMENT, vault)
        grant, commit = reopened.outgoing()
        assert (type(grant.message), type(commit.message)) == (Grant, Commit)
        with pytest.raises(NodeUnavailable):
            reopened.carry(grant, Carrier(reopened, lose), "0x")
        assert reopened.outgoing() == (grant, commit)
        assert reopened.carry(grant, Carrier(reopened, lambda: RECEIPT), "0x") == RECEIPT
        assert reopened.outgoing() == (commit,)


def test_follows_a_ledger_that_refuses(wallet: Wallet, consent: str) -> None:
    _, commit = wallet.outgoing()
    wallet.pause(consent)
    with pytest.raises(Rejected):
        wallet.carry(commit, Carrier(wallet, refuse), "0x")
    assert commit not in wallet.outgoing()
    stored = wallet.stored(consent)
    assert (stored.head, stored.sequence, stored.signed) == (bytes(32), 0, 1)


def test_what_the_ledger_has_is_not_refused(wallet: Wallet, consent: str) -> None:
    _, commit = wallet.outgoing()
    ledger = Carrier(wallet, refuse)
    ledger.recorded = [Committed(Origin(1, "0x", 0, "0x"), consent, "0x", commit.message.root)]
    assert wallet.carry(commit, ledger, "0x") is None
    assert commit not in wallet.outgoing()
    assert wallet.head_of(consent) == commit.message.root


def test_a_card_waits_for_nobody(wallet: Wallet, consent: str) -> None:
    before = wallet.outgoing()
    (signed,) = wallet.withdrawals([consent])
    assert signed.message == Withdraw(consent)
    assert wallet.outgoing() == before
    assert wallet.withdraw(consent) == signed


@pytest.mark.parametrize(
    ("message", "answers", "expected"),
    [
        (Grant("0x" + "11" * 20, 2, 1, 2, 2, 1, b"\1" * 32), {"consent": Consent(recipient=2)}, True),
        (Grant("0x" + "11" * 20, 2, 1, 2, 2, 1, b"\1" * 32), {"consent": Consent()}, False),
        (Withdraw("0x" + "11" * 20), {"status": "WITHDRAWN"}, True),
        (Withdraw("0x" + "11" * 20), {"status": "EXPIRED"}, False),
        (Pause("0x" + "11" * 20, 3), {"consent": Consent(sequence=4)}, True),
        (Pause("0x" + "11" * 20, 3), {"consent": Consent(sequence=3)}, False),
        (Acknowledge("0x" + "11" * 20, b"\1" * 32, b"\2" * 32), {"read": 2}, True),
        (Acknowledge("0x" + "11" * 20, b"\1" * 32, b"\2" * 32), {"read": 1}, False),
        (Commit("0x" + "11" * 20, b"\1" * 32, bytes(32)), {"events": []}, False),
    ],
)
def test_what_is_carried(message: Any, answers: dict[str, Any], expected: bool, wallet: Wallet) -> None:
    ledger = FakeLedger(wallet)
    for name, answer in answers.items():
        setattr(ledger, name, lambda *_, answer=answer: answer)
    signed = wallet.outgoing()[0]
    object.__setattr__(signed, "message", message)
    assert carried.is_carried(signed, ledger) is expected
