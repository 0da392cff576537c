"""Messages of one consent that were signed at once: each is decided as if those before it had been carried.

Given its grant waits             commitments wait until it has begun, pauses and resumptions for the grant
Given a pause waits               commitments are refused, until a resumption waits too
Given it is on the ledger since   nothing is counted twice
Given a withdrawal                nothing after it
"""

from jamjar.protocol.typed_data import Pause, Reconfirm, Resume, Withdraw
from tests.unit.relayer.door import BEGINS, LIVE, NEXT, Door
from tests.unit.relayer.world import DAY, EPOCH, NOW, commit, grant


def test_a_life_signed_at_once():
    door = Door()
    by = door.key
    assert door.said(grant(by, BEGINS)) == NEXT
    assert door.said(commit(by, 1)) == door.said(commit(by, 2, 1)) == NEXT + EPOCH
    assert door.said(commit(by, 3, 1)) == "HeadMismatch"
    assert door.of(Pause, 0) == NEXT  # with its grant: on the ledger it could not stand before
    assert door.of(Resume, 1) == NEXT
    assert door.of(Reconfirm, 2, BEGINS + 80 * DAY) == NEXT
    assert door.said(commit(by, 4, 2)) == NEXT + EPOCH
    assert [item.carry_by - item.due_at for item in door.waiting] == [100, 600, 1200, 700, 1300, 1900, 2200]
    assert door.of(Withdraw) == NOW
    assert door.waiting[-1].carry_by == NOW + 600
    assert door.said(commit(by, 5, 4)) == "ConsentNotLive"


def test_a_pause_that_waits_stops_a_commitment():
    door = Door(**LIVE)
    assert door.of(Pause, 0) == NOW
    assert door.said(commit(door.key)) == "ConsentNotLive"
    assert door.of(Resume, 1) == NEXT
    assert door.said(commit(door.key)) == NEXT
    assert door.of(Pause, 2) == NEXT


def test_what_waits_may_be_on_the_ledger_by_now():
    door = Door()
    door.said(grant(door.key, BEGINS))
    door.ledger.grant(door.key.address, valid_from=BEGINS)
    assert door.said(commit(door.key, 1)) == NEXT + EPOCH
    door.ledger.heads[door.key.address] = (1).to_bytes(32, "big")
    assert door.said(commit(door.key, 2, 1)) == NEXT + EPOCH
    assert door.said(commit(door.key, 1)) == "HeadMismatch"
