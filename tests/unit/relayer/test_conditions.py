"""When a message is carried, and which are refused at once, with what the contract would say.

When it is urgent                  now, with the ledger's time, whatever this clock says
When it is a grant                 the next epoch, unless it could begin before it is carried
When it is a commitment            the first epoch at which its consent has begun, with a margin
When the ledger would reject it    refused, with the contract's error
"""

import pytest

from jamjar.consent.schedule import Begin, schedule
from jamjar.model.state import Stage
from jamjar.protocol.settings import DAY
from jamjar.protocol.typed_data import Acknowledge, Pause, Reconfirm, Resume, Withdraw
from jamjar.relayer.conditions import Timing
from jamjar.relayer.epochs import DAILY
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.wallet.calendar import BEFORE, goes_at_once
from tests.unit.relayer.door import BEGINS, CONDITIONS, LIVE, NEXT, Door
from tests.unit.relayer.world import EPOCH, MARGIN, NOW, Clock, FakeLedger, commit, grant, key, signed


def test_urgent_ones_never_wait():
    for kind, values in ((Withdraw, ()), (Pause, (0,))):
        assert Door(**LIVE).of(kind, *values) == NOW
    assert Door().of(Withdraw) == NOW
    wrong = Door(valid_until=NOW + 60)
    wrong.clock.now, wrong.ledger.ahead = NOW + 3600, -3600
    assert wrong.of(Withdraw) == NOW + 3600


def test_a_grant_goes_with_the_next_epoch_if_that_is_in_time():
    assert Door().said(grant(key(), NEXT + MARGIN)) == NEXT
    for begins in (NOW, NEXT, NEXT + MARGIN - 1):
        assert Door().said(grant(key(), begins)) == Code.GRANT_TOO_LATE
    assert Door().said(grant(key(), NOW - 1)) == "ValidityOutOfRange"


def test_a_grant_that_is_late_is_told_when_it_would_not_be():
    message = grant(key(), NEXT)
    late = CONDITIONS.decide(message, FakeLedger(Clock()).look(message, 2), [], NOW)
    assert late.details == {"due_at": NEXT, "earliest": NEXT + MARGIN}


def test_what_a_node_may_only_lack_says_how_old_its_newest_block_is():
    by = key()
    for message in (Acknowledge(by.address, b"\1" * 32, b"\2" * 32), Pause(by.address, 1)):
        refused = CONDITIONS.decide(signed(by, message), FakeLedger(Clock()).look(signed(by, message), 2), [], NOW)
        assert refused.details == {"newest_block_at": NOW}
        assert "the relayer's node is behind: send this again" in refused.sentence


def test_a_commitment_waits_until_its_consent_has_begun():
    door = Door(valid_from=BEGINS)
    assert door.said(commit(door.key)) == NEXT + EPOCH
    door = Door(valid_from=NEXT + EPOCH - MARGIN + 1)
    assert door.said(commit(door.key)) == NEXT + 2 * EPOCH
    door = Door(**LIVE)
    assert door.said(commit(door.key)) == NEXT


def test_a_commitment_that_would_take_room_for_long():
    week, later = 7 * DAY, {"valid_until": NOW + 90 * DAY, "reconfirm_by": NOW + 60 * DAY}
    near, far = (Door(valid_from=NEXT + at, **later) for at in (week - 2 * EPOCH, week))
    assert near.said(commit(near.key)) <= NOW + week
    assert far.said(commit(far.key)) == Code.TOO_EARLY


@pytest.mark.parametrize(
    ("stored", "kind", "values", "code"),
    [
        ({}, Pause, (0,), "ConsentNotOpen"),
        (LIVE, Pause, (1,), "SequenceMismatch"),
        (LIVE, Resume, (0,), "ConsentNotPaused"),
        (LIVE, Reconfirm, (0, NOW), "ReconfirmByOutOfRange"),
        ({"stage": Stage.WITHDRAWN}, Withdraw, (), "ConsentNotOpen"),
        (LIVE, Acknowledge, (b"\1" * 32, b"\2" * 32), "AdviceUnknown"),
    ],
)
def test_what_the_ledger_would_reject(stored, kind, values, code):
    assert Door(**stored).of(kind, *values) == code


@pytest.mark.parametrize(
    "change", [{"valid_until": NEXT - 1}, {"reconfirm_by": NEXT - 1}, {"stage": Stage.PAUSED}, {"stage": Stage.NONE}]
)
def test_a_commitment_that_would_find_its_consent_ended_by_then(change):
    door = Door(**change)
    assert door.said(commit(door.key)) == "ConsentNotLive"


def test_grants_that_the_ledger_would_reject():
    door = Door(**LIVE)
    assert door.said(grant(door.key)) == "ConsentExists"
    assert Door().said(grant(key(), max_uses=1001)) == "MaxUsesOutOfRange"
    door = Door()
    door.ledger.advisers = set()
    assert door.said(grant(door.key)) == "RecipientNotActiveAdviser"
    door.ledger.may_carry = False
    assert door.said(grant(door.key)) == "CarrierNotActiveMember"


def test_only_an_active_member_carries_a_withdrawal_of_what_was_never_granted():
    door, granted = Door(), Door(**LIVE)
    assert door.of(Withdraw) == NOW
    door.ledger.may_carry = granted.ledger.may_carry = False
    assert door.of(Withdraw) == "CarrierNotActiveMember"
    assert granted.of(Withdraw) == NOW


def test_a_ledger_whose_clock_is_ahead():
    door = Door()
    door.ledger.ahead = 3600
    assert door.said(grant(door.key, NEXT + 60)) == Code.GRANT_TOO_LATE


def test_when_each_kind_goes_by_default():
    """What can wait goes at three at night, a grant ten minutes before a full hour, one for a meeting at once."""
    by, midnight, timing = key(), NOW - NOW % DAY + DAY, Timing(DAILY)
    night = midnight + 3 * 3600
    assert timing.due_at(commit(by).message, 0, [], NOW) == night
    assert timing.due_at(commit(by).message, midnight, [], NOW) == night  # and its consent has begun by then
    assert timing.due_at(grant(by, midnight).message, 0, [], NOW) == NOW + 3000
    assert timing.due_at(grant(by, midnight).message, 0, [], midnight - BEFORE) == midnight - 600
    assert timing.due_at(grant(by, NOW + 300).message, 0, [], NOW) == NOW
    assert timing.due_at(signed(by, Pause(by.address, 0)).message, 0, [], NOW) == NOW


@pytest.mark.parametrize("begin", [Begin.MIDNIGHT, Begin.HOUR, Begin.NOW])
@pytest.mark.parametrize("second", [0, 1, 2399, 2400, 2401, 3599])
def test_a_grant_is_in_time_at_whatever_moment_its_calendar_has_it_sent(begin, second):
    timing, by, now = Timing(DAILY), key(), NOW + second
    message = grant(by, schedule(now, days=90, begin=begin).valid_from)
    last = now if timing.goes_at_once(message.message) else message.message.valid_from - BEFORE
    for sent in (now, last):
        assert timing.due_at(message.message, 0, [], sent) + timing.margin <= message.message.valid_from
    assert timing.goes_at_once(message.message) == goes_at_once(message.message)
