"""A wallet at a node that is behind: what it signed waits, and is carried once the node has caught up.

Given advice, a grant, a resumption or a commitment is elsewhere, and not at this node
    NotYet names the node and its block; the message is still queued, the wallet's state unchanged; later it is carried
Given what it comes after was given up, or another commitment came between        Rejected, and no longer queued
Given the consent has ended                                                       Rejected, and no longer queued
"""

from typing import Any

import pytest

from jamjar.errors import NotYet, Rejected
from jamjar.model.state import Consent
from jamjar.protocol.events import Committed, Origin
from jamjar.wallet.wallet import Wallet
from tests.unit.wallet.scene import BUDGET
from tests.unit.wallet.test_outgoing import RECEIPT, Carrier


def refusing(wallet: Wallet, name: str, *arguments: Any) -> Carrier:
    def refuse() -> None:
        raise Rejected(name, arguments, "no")

    ledger = Carrier(wallet, refuse)
    ledger.read = lambda *_: 0
    return ledger


def waits(wallet: Wallet, signed: Any, ledger: Carrier) -> None:
    """The message waits, says why, and goes once the node has caught up."""
    before, stored = wallet.outgoing(), wallet.stored(signed.message.consent)
    with pytest.raises(NotYet, match=r"http://b\.example is at block 9"):
        wallet.carry(signed, ledger, "0x")
    assert (wallet.outgoing(), wallet.stored(signed.message.consent)) == (before, stored)
    ledger.answer = lambda: RECEIPT
    assert wallet.carry(signed, ledger, "0x") == RECEIPT
    assert signed not in wallet.outgoing()


def is_refused(wallet: Wallet, signed: Any, ledger: Carrier) -> None:
    with pytest.raises(Rejected):
        wallet.carry(signed, ledger, "0x")
    assert signed not in wallet.outgoing()


def test_advice_that_another_node_has(wallet: Wallet, consent: str) -> None:
    signed = wallet.acknowledge(consent, b"\1" * 32, b"\2" * 32)
    waits(wallet, signed, refusing(wallet, "AdviceUnknown", consent, "0x01", "0x02"))


@pytest.mark.parametrize("status", ["NONE", "SCHEDULED", "PAUSED", "STALE"])
def test_a_consent_that_is_not_live_here_yet(wallet: Wallet, consent: str, status: str) -> None:
    waits(wallet, wallet.commit(consent, BUDGET), refusing(wallet, "ConsentNotLive", consent, status))


def test_a_grant_that_another_node_has(wallet: Wallet, consent: str) -> None:
    waits(wallet, wallet.pause(consent), refusing(wallet, "ConsentNotOpen", consent, "NONE"))
    waits(wallet, wallet.withdraw(consent), refusing(wallet, "CarrierNotActiveMember", consent))


def test_a_pause_that_another_node_has(wallet: Wallet, consent: str) -> None:
    pause, resume = wallet.pause(consent), wallet.resume(consent)
    wallet.settle(pause, 8)
    waits(wallet, resume, refusing(wallet, "SequenceMismatch", consent, 1, 0))


def test_a_reconfirmation_that_was_given_up(wallet: Wallet, consent: str) -> None:
    reconfirm, pause = wallet.reconfirm(consent, 600), wallet.pause(consent)
    is_refused(wallet, reconfirm, refusing(wallet, "ReconfirmByOutOfRange", 600, 700, 900))
    is_refused(wallet, pause, refusing(wallet, "SequenceMismatch", consent, 1, 0))
    assert wallet.pause(consent).message.sequence == 0


@pytest.mark.parametrize("is_recorded", [True, False])
def test_a_commitment_that_another_node_has_or_that_waits(wallet: Wallet, consent: str, is_recorded: bool) -> None:
    _, first = wallet.outgoing()
    second = wallet.commit(consent, BUDGET)
    if is_recorded:
        wallet.settle(first, 8)
    waits(wallet, second, refusing(wallet, "HeadMismatch", consent, "0x01", "0x00"))


def test_a_commitment_whose_place_is_taken(wallet: Wallet, consent: str) -> None:
    _, first = wallet.outgoing()
    second = wallet.commit(consent, BUDGET)
    wallet.settle(first, 8)
    ledger = refusing(wallet, "HeadMismatch", consent, "0x01", "0x03")
    ledger.recorded = [Committed(Origin(1, "0x", 0, "0x"), consent, "0x", first.message.root)]
    is_refused(wallet, second, ledger)


def test_a_commitment_after_one_that_was_given_up(wallet: Wallet, consent: str) -> None:
    _, first = wallet.outgoing()
    second = wallet.commit(consent, BUDGET)
    is_refused(wallet, first, refusing(wallet, "RootUnchanged", consent, "0x01"))
    is_refused(wallet, second, refusing(wallet, "HeadMismatch", consent, "0x01", "0x00"))


@pytest.mark.parametrize("status", ["WITHDRAWN", "EXPIRED", "RELEASED"])
def test_an_ended_consent(wallet: Wallet, consent: str, status: str) -> None:
    ledger = refusing(wallet, "ConsentNotOpen", consent, status)
    ledger.consent = lambda _: Consent(recipient=2)
    is_refused(wallet, wallet.pause(consent), ledger)
