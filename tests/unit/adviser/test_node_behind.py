"""A desk whose own node is behind: it waits, spends no use in vain, and forgets no advice.

Given the node lacks the grant, or the budget              it waits, then looks; when told to stop, it names the node
Given the node lacks the use that the mailbox gave a key for    it waits, then looks; one use is spent
Given the consent is not live at the node, and has not ended    the draft stays, the other letters go, and it goes later
"""

import pytest

from jamjar.adviser.behind import BEHIND
from jamjar.errors import NotYet, Rejected
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.model.state import Consent
from jamjar.wallet.stored import NO_ROOT
from tests.unit.adviser.scene import STORE, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk(STORE)


def test_lacks_the_grant_or_the_budget(desk: Desk) -> None:
    ledger, waited = desk.ledger, list[int]()
    head, consent = ledger.head_of, ledger.consent
    ledger.consent, ledger.head_of = lambda _: Consent(), lambda _: NO_ROOT
    desk.mailbox.refusals = [Code.NO_USE_ON_RECORD]

    def wait(blocks: int) -> bool:
        waited.append(blocks)
        if len(waited) == 1:
            ledger.consent = consent
        else:
            ledger.head_of = head
        return True

    desk.mail.look(desk.package, wait)
    assert (waited, desk.uses()) == ([BEHIND, BEHIND], 1)


def test_it_is_told_to_stop(desk: Desk) -> None:
    desk.ledger.head_of = lambda _: NO_ROOT
    with pytest.raises(NotYet, match=r"http://b\.example is at block 9, and does not have this budget"):
        desk.mail.look(desk.package, lambda _: False)
    assert (desk.uses(), desk.mailbox.asked) == (0, 0)


def test_lacks_the_use(desk: Desk) -> None:
    """As when the use was recorded through another node, and its answer was lost."""
    waited = list[int]()

    def wait(blocks: int) -> bool:
        waited.append(blocks)
        desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
        return True

    desk.mail.look(desk.package, wait)
    assert (waited, desk.uses()) == ([BEHIND], 1)


def test_a_draft_waits_alone(desk: Desk) -> None:
    desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
    seen = desk.mail.look(desk.package, lambda _: False)
    record = desk.ledger.record_advice

    def refuse(*_: object) -> None:
        raise Rejected("ConsentNotLive", (desk.consent, "NONE"), "no")

    desk.ledger.record_advice = refuse
    with pytest.raises(NotYet, match=r"http://b\.example is at block 9"):
        desk.mail.advise(seen, "Ask for a social tariff.")
    with pytest.raises(NotYet):
        desk.mail.expire(seen.keep_until)
    assert len(desk.mailbox.sent) == 1  # the word that it is deleted
    desk.ledger.record_advice = record
    desk.mail.send()
    desk.mail.send()
    assert len(desk.mailbox.sent) == 2
