"""A request as a letter: it goes to whom the adviser has looked for, and what is not the recipient's own is discarded.

A letter
├── When it comes twice, or again after its answer: kept once
├── When its recipient is another member than the consent's: discarded
├── When no account of the recipient signed it, or for another ledger: discarded
└── Given the adviser never looked: there is no key to seal to
"""

from dataclasses import replace

import pytest

from jamjar.adviser.clients import clients
from jamjar.adviser.mail import ASKED
from jamjar.errors import InvalidInput
from jamjar.mailbox.refusal import MailboxUnavailable
from jamjar.protocol.signing import ConsentKey
from jamjar.protocol.typed_data import Grant
from jamjar.wallet.requests import RequestAnswer, received, refuse_request
from tests.unit.adviser.scene import Desk
from tests.unit.wallet.scene import DEPLOYMENT, SENDER, TERMS, asking, content

ONE = asking()


def looked() -> Desk:
    desk = Desk(TERMS)
    desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
    desk.mail.look(desk.package, lambda _: True)
    return desk


def deliver(desk: Desk) -> tuple[str, ...]:
    desk.mailbox.waiting = list(desk.mailbox.sent)
    new, wrong = desk.letters.fetch()
    assert new == ()
    return wrong


def test_a_letter_that_comes_twice() -> None:
    desk = looked()
    for _ in range(2):
        desk.mail.ask(ONE, desk.consent)
    assert deliver(desk) == ()
    with desk.claimant.vault.writing() as transaction:
        refuse_request(transaction, ONE, 7)
    assert deliver(desk) == ()
    assert [(each.signed, each.answer) for each in received(desk.claimant.vault)] == [(ONE, RequestAnswer.REFUSED)]


def test_a_letter_that_is_not_what_it_says() -> None:
    desk = looked()
    other = replace(DEPLOYMENT, chain_id=1).domain_of(Grant)
    desk.ledger.member_of = lambda account: TERMS.recipient if account == SENDER.address else 0
    for signed in (
        asking(replace(TERMS, recipient=3)), asking(signer=ConsentKey(b"\x09" * 32)), asking(domain=other),
    ):  # fmt: skip
        desk.mail.ask(signed, desk.consent)
    wrong = deliver(desk)
    assert ["in another's name" in each for each in wrong] == [True, False, False]
    assert ["No account of member 2 signed" in each for each in wrong] == [False, True, True]
    assert received(desk.claimant.vault) == ()


def test_a_letter_that_could_not_be_sent() -> None:
    desk = looked()
    desk.mailbox.down = True
    with pytest.raises(MailboxUnavailable):
        desk.mail.ask(ONE, desk.consent)
    assert ASKED in {kind for kind, _ in content(desk.vault)}
    desk.mailbox.down = False
    desk.mail.expire(0)
    assert deliver(desk) == ()
    assert [each.signed for each in received(desk.claimant.vault)] == [ONE]
    assert ASKED not in {kind for kind, _ in content(desk.vault)}


def test_no_letter_before_a_look() -> None:
    desk = Desk(TERMS)
    with pytest.raises(InvalidInput, match="before a first look"):
        desk.mail.ask(ONE, desk.consent)
    assert desk.mailbox.sent == []


def test_a_client_is_forgotten_with_the_consent() -> None:
    desk = looked()
    desk.mail.expire(0)
    assert clients(desk.vault).keys() == {desk.consent}
    desk.ledger.said = "WITHDRAWN"
    desk.mail.expire(0)
    assert clients(desk.vault) == {}
