"""pause: a claimant suspends a consent until it is resumed.

When another key signed, or the key signed something else     it reverts with NotSignedByConsent
When the sequence is not the consent's                        it reverts with SequenceMismatch
Given the consent is NONE, EXPIRED, RELEASED or WITHDRAWN     it reverts with ConsentNotOpen
Given the consent is SCHEDULED, ACTIVE, STALE or EXHAUSTED    it is paused, at once, whoever carries it
Given the consent is PAUSED                                   it stays so, and what was signed for this sequence is void
Given its recipient is no active adviser                      it is paused
When the block is at validUntil, or one second later          it is paused, or reverts with ConsentNotOpen
"""

import pytest

from jamjar.protocol.typed_data import Pause, Resume, Withdraw


def test_reverts_when_another_key_signed(system, claimants, people, states, refused):
    key = states.make("ACTIVE")
    signature = claimants.sign(claimants.key(), Pause(key.address, 0))
    with refused("NotSignedByConsent", key.address):
        system.consents.pause(key.address, 0, signature, {"from": people.operator})


@pytest.mark.parametrize(
    "message", [lambda a: Pause(a, 1), lambda a: Resume(a, 0), Withdraw], ids=["Pause 1", "Resume", "Withdraw"]
)
def test_reverts_when_the_key_signed_something_else(system, claimants, people, states, refused, message):
    key = states.make("ACTIVE")
    signature = claimants.sign(key, message(key.address))
    with refused("NotSignedByConsent", key.address):
        system.consents.pause(key.address, 0, signature, {"from": people.operator})


@pytest.mark.parametrize("sequence", [1, 2, 2**32 - 1])
def test_reverts_when_the_sequence_is_another(system, claimants, people, states, refused, sequence):
    key = states.make("ACTIVE")
    with refused("SequenceMismatch", key.address, sequence, 0):
        system.consents.pause(*claimants.pause(key, sequence), {"from": people.operator})


@pytest.mark.parametrize("name", ["NONE", "EXPIRED", "RELEASED", "WITHDRAWN"])
def test_reverts_given_it_is_not_open(system, claimants, people, states, refused, name):
    key = states.make(name)
    with refused("ConsentNotOpen", key.address, states.code(name)):
        system.consents.pause(*claimants.pause(key, 0), {"from": people.operator})


def test_pauses_again(system, claimants, people, states, changes, events, refused):
    key = states.make("PAUSED")
    held = claimants.resume(key, 1)
    with changes(key, sequence=2):
        tx = system.consents.pause(*claimants.pause(key, 1), {"from": people.stranger})
    assert events(tx) == [("ConsentPaused", {"consent": key.address, "carrier": people.stranger, "sequence": 1})]
    with refused("SequenceMismatch", key.address, 1, 2):
        system.consents.resume(*held, {"from": people.stranger})


@pytest.mark.parametrize("name", ["SCHEDULED", "ACTIVE", "STALE", "EXHAUSTED"])
def test_pauses(system, claimants, people, states, changes, events, name):
    key = states.make(name)
    with changes(key, stage=states.stage("PAUSED"), sequence=1):
        tx = system.consents.pause(*claimants.pause(key, 0), {"from": people.stranger})
    event = {"consent": key.address, "carrier": people.stranger, "sequence": 0}
    assert events(tx) == [("ConsentPaused", event)]
    assert states.of(key) == "PAUSED"
    assert not system.consents.isLive(key.address)


def test_pauses_given_its_recipient_is_no_active_adviser(system, claimants, people, states, changes, recipient):
    key = states.make("ACTIVE")
    recipient.fall()
    with changes(key, stage=states.stage("PAUSED"), sequence=1):
        system.consents.pause(*claimants.pause(key, 0), {"from": people.stranger})


def test_reverts_one_second_after_valid_until(system, claimants, people, states, stored, refused):
    key = states.make("ACTIVE")
    item, after = claimants.pause(key, 0), stored(key)["validUntil"] + 1
    with claimants.at(after), refused("ConsentNotOpen", key.address, states.code("EXPIRED")):
        system.consents.pause(*item, {"from": people.operator})


def test_pauses_at_valid_until(system, claimants, people, states, stored, changes):
    key = states.make("ACTIVE")
    item, until = claimants.pause(key, 0), stored(key)["validUntil"]
    with changes(key, stage=states.stage("PAUSED"), sequence=1), claimants.at(until):
        system.consents.pause(*item, {"from": people.operator})
