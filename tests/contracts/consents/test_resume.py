"""resume: a claimant lets a paused consent run again.

When another key signed, or the key signed something else                it reverts with NotSignedByConsent
When the sequence is not the consent's                                   it reverts with SequenceMismatch
Given the consent is NONE, EXPIRED, RELEASED or WITHDRAWN                it reverts with ConsentNotOpen
Given the consent is SCHEDULED, ACTIVE, STALE or EXHAUSTED               it reverts with ConsentNotPaused
Given it was paused when SCHEDULED, ACTIVE, STALE or EXHAUSTED           it is that again, whoever carries it
Given it was paused, and has gone stale since                            it is STALE
When the block is at validUntil, or one second later                     it runs again, or reverts with ConsentNotOpen
"""

import pytest

from jamjar.protocol.typed_data import Pause, Resume, Withdraw


def test_reverts_when_another_key_signed(system, claimants, people, states, refused):
    key = states.make("PAUSED")
    signature = claimants.sign(claimants.key(), Resume(key.address, 1))
    with refused("NotSignedByConsent", key.address):
        system.consents.resume(key.address, 1, signature, {"from": people.operator})


@pytest.mark.parametrize(
    "message", [lambda a: Resume(a, 0), lambda a: Pause(a, 1), Withdraw], ids=["Resume 0", "Pause", "Withdraw"]
)
def test_reverts_when_the_key_signed_something_else(system, claimants, people, states, refused, message):
    key = states.make("PAUSED")
    signature = claimants.sign(key, message(key.address))
    with refused("NotSignedByConsent", key.address):
        system.consents.resume(key.address, 1, signature, {"from": people.operator})


@pytest.mark.parametrize("sequence", [0, 2, 2**32 - 1])
def test_reverts_when_the_sequence_is_another(system, claimants, people, states, refused, sequence):
    key = states.make("PAUSED")
    with refused("SequenceMismatch", key.address, sequence, 1):
        system.consents.resume(*claimants.resume(key, sequence), {"from": people.operator})


@pytest.mark.parametrize("name", ["NONE", "EXPIRED", "RELEASED", "WITHDRAWN"])
def test_reverts_given_it_is_not_open(system, claimants, people, states, refused, name):
    key = states.make(name)
    with refused("ConsentNotOpen", key.address, states.code(name)):
        system.consents.resume(*claimants.resume(key, 0), {"from": people.operator})


@pytest.mark.parametrize("name", ["SCHEDULED", "ACTIVE", "STALE", "EXHAUSTED"])
def test_reverts_given_it_is_not_paused(system, claimants, people, states, refused, name):
    key = states.make(name)
    with refused("ConsentNotPaused", key.address):
        system.consents.resume(*claimants.resume(key, 0), {"from": people.operator})


@pytest.mark.parametrize("name", ["SCHEDULED", "ACTIVE", "STALE", "EXHAUSTED"])
def test_resumes(system, claimants, people, states, changes, events, name):
    key = states.make(name)
    system.consents.pause(*claimants.pause(key, 0), {"from": people.operator})
    with changes(key, stage=states.stage("GRANTED"), sequence=2):
        tx = system.consents.resume(*claimants.resume(key, 1), {"from": people.stranger})
    event = {"consent": key.address, "carrier": people.stranger, "sequence": 1}
    assert events(tx) == [("ConsentResumed", event)]
    assert states.of(key) == name
    assert system.consents.isLive(key.address) == (name in ("ACTIVE", "EXHAUSTED"))


def test_is_stale_when_resumed_too_late(system, claimants, people, states, stored):
    key = states.make("PAUSED")
    claimants.move_to(stored(key)["reconfirmBy"] + 1)
    system.consents.resume(*claimants.resume(key, 1), {"from": people.operator})
    assert states.of(key) == "STALE"


def test_reverts_one_second_after_valid_until(system, claimants, people, states, stored, refused):
    key = states.make("PAUSED")
    item, after = claimants.resume(key, 1), stored(key)["validUntil"] + 1
    with claimants.at(after), refused("ConsentNotOpen", key.address, states.code("EXPIRED")):
        system.consents.resume(*item, {"from": people.operator})


def test_resumes_at_valid_until(system, claimants, people, states, stored, changes):
    key = states.make("PAUSED")
    item, until = claimants.resume(key, 1), stored(key)["validUntil"]
    with changes(key, stage=states.stage("GRANTED"), sequence=2), claimants.at(until):
        system.consents.resume(*item, {"from": people.operator})
