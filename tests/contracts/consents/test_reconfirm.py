"""reconfirm: a claimant moves the moment a consent goes stale.

When another key signed, or the key signed something else   it reverts with NotSignedByConsent
When the sequence is not the consent's                      it reverts with SequenceMismatch
Given the consent is NONE, EXPIRED, RELEASED or WITHDRAWN   it reverts with ConsentNotOpen
Given the consent is open, in whatever state                it is reconfirmed, whoever carries it
Given it is STALE                                           it is live again
Given it is PAUSED, or EXHAUSTED                            it stays so
Bounds of reconfirmBy are in test_reconfirm_limits.py.
"""

import pytest

from jamjar.protocol.settings import DAY
from jamjar.protocol.typed_data import Grant, Pause, Reconfirm


@pytest.fixture
def later(claimants):
    """A time that is good for reconfirming any open consent: in 85 days."""
    return lambda: claimants.now() + 85 * DAY


def test_reverts_when_another_key_signed(system, claimants, people, states, later, refused):
    key, by = states.make("ACTIVE"), later()
    signature = claimants.sign(claimants.key(), Reconfirm(key.address, 0, by))
    with refused("NotSignedByConsent", key.address):
        system.consents.reconfirm(key.address, 0, by, signature, {"from": people.operator})


@pytest.mark.parametrize(
    "message",
    [
        lambda address, by: Reconfirm(address, 1, by),
        lambda address, by: Reconfirm(address, 0, by - 1),
        lambda address, by: Pause(address, 0),
        lambda address, by: Grant(address, 2, by - DAY, by + DAY, by, 3, b"\1" * 32),
    ],
    ids=["another sequence", "another time", "Pause", "Grant"],
)
def test_reverts_when_the_key_signed_something_else(system, claimants, people, states, later, refused, message):
    key, by = states.make("ACTIVE"), later()
    signature = claimants.sign(key, message(key.address, by))
    with refused("NotSignedByConsent", key.address):
        system.consents.reconfirm(key.address, 0, by, signature, {"from": people.operator})


@pytest.mark.parametrize(("name", "sequence", "expected"), [("ACTIVE", 1, 0), ("PAUSED", 0, 1), ("PAUSED", 2, 1)])
def test_reverts_when_the_sequence_is_another(
    system, claimants, people, states, later, refused, name, sequence, expected
):
    key = states.make(name)
    with refused("SequenceMismatch", key.address, sequence, expected):
        system.consents.reconfirm(*claimants.reconfirm(key, sequence, later()), {"from": people.operator})


@pytest.mark.parametrize("name", ["NONE", "EXPIRED", "RELEASED", "WITHDRAWN"])
def test_reverts_given_it_is_not_open(system, claimants, people, states, later, refused, name):
    key = states.make(name)
    with refused("ConsentNotOpen", key.address, states.code(name)):
        system.consents.reconfirm(*claimants.reconfirm(key, 0, later()), {"from": people.operator})


@pytest.mark.parametrize(
    ("name", "sequence", "then"),
    [
        ("SCHEDULED", 0, "SCHEDULED"),
        ("ACTIVE", 0, "ACTIVE"),
        ("PAUSED", 1, "PAUSED"),
        ("STALE", 0, "ACTIVE"),
        ("EXHAUSTED", 0, "EXHAUSTED"),
    ],
)
def test_reconfirms(system, claimants, people, states, later, changes, events, name, sequence, then):
    key, by = states.make(name), later()
    with changes(key, reconfirmBy=by, sequence=sequence + 1):
        item = claimants.reconfirm(key, sequence, by)
        tx = system.consents.reconfirm(*item, {"from": people.stranger})
    event = {"consent": key.address, "carrier": people.stranger, "sequence": sequence, "reconfirmBy": by}
    assert events(tx) == [("ConsentReconfirmed", event)]
    assert states.of(key) == then
    assert system.consents.isLive(key.address) == (then in ("ACTIVE", "EXHAUSTED"))
