"""pause, resume, reconfirm: what a claimant signed works once, and only in the order it was signed in.

When a pause, resumption or reconfirmation is carried again             it reverts with SequenceMismatch
When a pause and its resumption are carried in the wrong order          the resumption reverts with SequenceMismatch
Given a resumption is held back, and a reconfirmation goes in between   the resumption is void
Given a pause is held back, and a reconfirmation goes in between        the pause is void
Given a resumption was used                                             it does not lift a later pause
When many are carried in order                                          each counts one
"""

import pytest

from jamjar.protocol.settings import DAY


@pytest.fixture
def carry(system, claimants, people):
    """`carry("pause", item)`: anyone carries it."""
    return lambda what, item: getattr(system.consents, what)(*item, {"from": people.stranger})


@pytest.fixture
def signed(claimants):
    """`signed("pause", key, 0)`: what the claimant signs; a reconfirmation is for 60 days."""

    def sign(what, key, sequence):
        by = [claimants.now() + 60 * DAY] if what == "reconfirm" else []
        return getattr(claimants, what)(key, sequence, *by)

    return sign


@pytest.mark.parametrize(
    ("name", "what", "sequence"), [("ACTIVE", "pause", 0), ("PAUSED", "resume", 1), ("ACTIVE", "reconfirm", 0)]
)
def test_reverts_when_carried_again(carry, signed, states, refused, name, what, sequence):
    key = states.make(name)
    item = signed(what, key, sequence)
    carry(what, item)
    with refused("SequenceMismatch", key.address, sequence, sequence + 1):
        carry(what, item)


def test_reverts_when_carried_in_the_wrong_order(carry, signed, states, refused):
    key = states.make("ACTIVE")
    pause, resume = signed("pause", key, 0), signed("resume", key, 1)
    with refused("SequenceMismatch", key.address, 1, 0):
        carry("resume", resume)
    carry("pause", pause)
    carry("resume", resume)
    assert states.of(key) == "ACTIVE"


@pytest.mark.parametrize(("name", "what", "sequence"), [("PAUSED", "resume", 1), ("ACTIVE", "pause", 0)])
def test_is_void_when_held_over_a_reconfirmation(carry, signed, states, refused, name, what, sequence):
    key = states.make(name)
    held = signed(what, key, sequence)
    carry("reconfirm", signed("reconfirm", key, sequence))
    with refused("SequenceMismatch", key.address, sequence, sequence + 1):
        carry(what, held)
    assert states.of(key) == name


def test_a_used_resumption_does_not_lift_a_later_pause(carry, signed, states, refused):
    key = states.make("PAUSED")
    resume = signed("resume", key, 1)
    carry("resume", resume)
    carry("pause", signed("pause", key, 2))
    with refused("SequenceMismatch", key.address, 1, 3):
        carry("resume", resume)
    assert states.of(key) == "PAUSED"


def test_each_counts_one(carry, signed, states, changes):
    key = states.make("ACTIVE")
    for sequence, what in enumerate(["pause", "resume", "pause", "reconfirm", "resume", "reconfirm", "pause"]):
        item = signed(what, key, sequence)
        stage = {"pause": "PAUSED", "resume": "GRANTED"}.get(what)
        expected = {"stage": states.stage(stage)} if stage else {"reconfirmBy": item[2]}
        with changes(key, sequence=sequence + 1, **expected):
            carry(what, item)
