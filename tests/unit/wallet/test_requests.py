"""The requests in a wallet: each kept once and answered once, by its number, and sent to nobody else.

receive
├── Given it came before, also under another signature: kept once, under its first number
└── Given others came: numbers stay, whatever is erased
agree
├── Given it was agreed to or refused: refused, and no consent is made
└── When the consent is erased: the request goes with it
"""

from dataclasses import replace

import pytest

from jamjar.consent.notice import terms_of
from jamjar.errors import InvalidInput
from jamjar.protocol.signing import ConsentKey
from jamjar.vault.vault import Vault
from jamjar.wallet.erasure import erase
from jamjar.wallet.requests import (
    AGREED,
    REQUEST,
    ReceivedRequest,
    RequestAnswer,
    agree,
    agreed_limits,
    numbered,
    receive,
    received,
    refuse_request,
)
from tests.unit.adviser.scene import Desk
from tests.unit.wallet.scene import CHEAP, PASSPHRASE, TERMS, TIMES, FakeLedger, asking, content

ONE, OTHER = asking(), asking(looks=1)


@pytest.fixture
def vault() -> Vault:
    return Vault.create(":memory:", PASSPHRASE, cost=CHEAP)


def keep(vault: Vault, signed: object = ONE, now: int = 5) -> ReceivedRequest:
    with vault.writing() as transaction:
        return receive(transaction, signed, now)


def test_a_request_is_kept_once(vault: Vault) -> None:
    first = keep(vault)
    again = asking(signer=ConsentKey(b"\x09" * 32))
    again = replace(again, request=ONE.request)
    assert [keep(vault, each, 9) for each in (ONE, again)] == [first, first]
    assert keep(vault, OTHER).number == 2
    assert [each.signed for each in received(vault)] == [ONE, OTHER]
    assert numbered(vault, 2).request == OTHER.request
    with pytest.raises(InvalidInput, match="no request 3"):
        numbered(vault, 3)


@pytest.mark.parametrize("first", [RequestAnswer.AGREED, RequestAnswer.REFUSED])
def test_a_request_is_answered_once(first: RequestAnswer) -> None:
    desk = Desk(TERMS)
    wallet, limits = desk.claimant, ONE.request.lowered(looks=1)

    def grant() -> str:
        also = lambda transaction, consent: agree(transaction, ONE, consent, limits, 5)  # noqa: E731
        return wallet.grant(terms_of(ONE.request), **TIMES, max_uses=1, also=also).message.consent

    if first is RequestAnswer.AGREED:
        assert agreed_limits(wallet.vault, grant()) == limits
    else:
        with wallet.vault.writing() as transaction:
            refuse_request(transaction, ONE, 5)
    before = content(wallet.vault)
    with pytest.raises(InvalidInput, match="already; ask Town Debt Advice for another"):
        grant()
    with pytest.raises(InvalidInput, match="already"), wallet.vault.writing() as transaction:
        refuse_request(transaction, ONE, 5)
    assert content(wallet.vault) == before
    assert [each.answer for each in received(wallet.vault)] == [first]


def test_a_request_goes_with_its_consent() -> None:
    wallet = Desk(TERMS).claimant
    keep(wallet.vault, OTHER)
    also = lambda transaction, consent: agree(transaction, ONE, consent, ONE.request.lowered(), 5)  # noqa: E731
    consent = wallet.grant(terms_of(ONE.request), **TIMES, max_uses=3, also=also).message.consent
    ledger = FakeLedger(wallet, "WITHDRAWN")
    assert erase(wallet, consent, ledger).is_complete
    assert [each.number for each in received(wallet.vault)] == [1]
    assert {kind for kind, _ in content(wallet.vault)} & {REQUEST, AGREED} == {REQUEST}
    assert keep(wallet.vault, asking()).number == 2
