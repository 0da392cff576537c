"""An adviser at a mailbox: looks in the right order, keeps what the terms allow, answers once.

Given the package is for another member, of an old budget, or under a consent that is not live
                                              no use is recorded
Given a use gave no key                       the key is asked for before another use is recorded
Given the use is not deep enough              it waits, and gives up when told to
When the terms say view                       nothing is in the vault but the package's id, and where letters go
When the terms say store                      it is in the vault until its time; then the claimant is told
When sending fails                            drafts and deletions wait, and are sent once
"""

import pytest

from jamjar.adviser.clients import CLIENT, Client
from jamjar.adviser.mail import LOOKED
from jamjar.disclosure.reply import SignedDeletion
from jamjar.errors import InvalidInput, NodeUnavailable, Rejected, VerificationFailed
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.mailbox.refusal import MailboxUnavailable
from jamjar.protocol.events import Committed, Origin
from jamjar.protocol.settings import DAY
from jamjar.service.refusal import Refused
from tests.unit.adviser.scene import STORE, Desk
from tests.unit.wallet.scene import BUDGET, TERMS, content


@pytest.fixture
def desk() -> Desk:
    return Desk(STORE)


def never(blocks: int) -> bool:
    raise AssertionError("it must not wait")


def test_records_no_use_in_vain(desk: Desk) -> None:
    desk.ledger.live = False
    with pytest.raises(VerificationFailed, match="not live"):
        desk.mail.look(desk.package, never)
    desk.ledger.live = True
    desk.ledger.member_of = lambda account: 9
    with pytest.raises(VerificationFailed, match="another member"):
        desk.mail.look(desk.package, never)
    del desk.ledger.member_of
    shown = desk.claimant.head_of(desk.consent)
    desk.claimant.commit(desk.consent, BUDGET)
    desk.ledger.recorded.append(Committed(Origin(3, "0x", 0, "0x"), desk.consent, "0x", shown))
    with pytest.raises(VerificationFailed, match="replaced since"):
        desk.mail.look(desk.package, never)
    assert (desk.uses(), desk.mailbox.asked) == (0, 0)


def test_a_use_whose_key_was_lost_is_taken_first(desk: Desk) -> None:
    desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
    desk.mail.look(desk.package, never)
    assert desk.uses() == 1


def test_waits_for_depth_and_for_a_node_behind(desk: Desk) -> None:
    desk.mailbox.refusals = [Code.NO_USE_ON_RECORD, Code.NO_USE_ON_RECORD, Code.NOT_DEEP_ENOUGH]
    waited: list[int] = []
    desk.mail.look(desk.package, lambda blocks: not waited.append(blocks))
    assert (waited, desk.uses()) == ([0, 0], 1)
    desk.mailbox.refusals = [Code.NOT_DEEP_ENOUGH] * 9
    with pytest.raises(Refused):
        desk.mail.look(desk.show(), lambda blocks: False)


@pytest.mark.parametrize("code", [Code.CONSENT_NOT_LIVE, Code.NOT_THE_RECIPIENT, Code.TOO_FAST, Code.NODE_UNAVAILABLE])
def test_does_not_insist(desk: Desk, code: Code) -> None:
    desk.mailbox.refusals = [code]
    with pytest.raises(Refused, match=code):
        desk.mail.look(desk.package, never)
    assert desk.uses() == 0


def test_what_may_be_viewed_is_not_written() -> None:
    desk = Desk(TERMS)
    desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
    before = content(desk.vault)
    assert desk.mail.look(desk.package, never).keep_until == 0
    client = Client(desk.consent, "", desk.reply_key.public_bytes, desk.claimant.head_of(desk.consent))
    after = {(LOOKED, desk.package): b"", (CLIENT, desk.consent): client.to_json()}
    assert content(desk.vault) == {**before, **after}
    assert desk.mail.kept() == {}


def test_what_may_be_stored_is_deleted_in_time(desk: Desk) -> None:
    desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
    seen = desk.mail.look(desk.package, never)
    assert desk.mail.kept() == {desk.package: seen}
    until = desk.ledger.clock + 2 * DAY
    assert seen.keep_until == until
    assert desk.mail.expire(until - 1) == ()
    desk.mailbox.down = True
    with pytest.raises(MailboxUnavailable):
        desk.mail.expire(until)
    assert desk.mail.kept() == {}
    desk.mailbox.down = False
    assert desk.mail.expire(until + 5) == ()  # nothing more to delete, and what could not be sent is
    (told,) = desk.opened()
    assert isinstance(told, SignedDeletion)
    assert (told.deletion.commitments, told.deletion.deleted_at) == ((seen.disclosure.root,), until)
    desk.mail.send()
    assert len(desk.mailbox.sent) == 1


def test_advice_is_on_the_ledger_first_and_sent_once(desk: Desk) -> None:
    desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
    seen = desk.mail.look(desk.package, never)
    with pytest.raises(InvalidInput):
        desk.mail.advise(seen, " ")
    desk.mailbox.down = True
    with pytest.raises(MailboxUnavailable):
        desk.mail.advise(seen, "Ask for a social tariff.")
    recorded = [each for each in desk.ledger.recorded if isinstance(each, bytes)]
    desk.mailbox.down = False
    desk.mail.send()
    desk.mail.send()
    (advice,) = desk.opened()
    assert (advice.text, [advice.digest]) == ("Ask for a social tariff.", recorded)


def test_advice_that_nobody_may_give_any_more_is_forgotten(desk: Desk) -> None:
    desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
    seen = desk.mail.look(desk.package, never)

    def lose(*_: object) -> None:
        raise NodeUnavailable("no answer")

    def refuse(*_: object) -> None:
        raise Rejected("ConsentNotLive", (), "no")

    desk.ledger.record_advice = lose
    with pytest.raises(NodeUnavailable):
        desk.mail.advise(seen, "Ask for a social tariff.")
    desk.ledger.record_advice = refuse
    with pytest.raises(Rejected):
        desk.mail.send()
    desk.mail.send()
    assert desk.mailbox.sent == []
