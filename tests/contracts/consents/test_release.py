"""release: the recipient gives a consent up, for ever.

Given the consent is NONE, EXPIRED, RELEASED or WITHDRAWN         it reverts with ConsentNotOpen
When the account does not act for the recipient                   it reverts with NotTheRecipient
Given the account was removed, or now acts for another member     it reverts with NotTheRecipient
Given the recipient is suspended                                  it reverts with NotTheRecipient
Given the consent is SCHEDULED, ACTIVE, PAUSED, STALE, EXHAUSTED  it is released
Given the recipient is an adviser no more                         it is released
When another account of the recipient calls                       it is released
When the block is at validUntil, or one second later              it is released, or reverts with ConsentNotOpen
"""

import pytest


@pytest.mark.parametrize("name", ["NONE", "EXPIRED", "RELEASED", "WITHDRAWN"])
def test_reverts_given_it_is_not_open(system, people, states, refused, name):
    key = states.make(name)
    with refused("ConsentNotOpen", key.address, states.code(name)):
        system.consents.release(key.address, {"from": people.adviser})


@pytest.mark.parametrize("caller", ["founder", "operator", "other_adviser", "sponsor", "auditor", "stranger"])
def test_reverts_when_not_the_recipient(system, people, states, refused, caller):
    key, account = states.make("ACTIVE"), getattr(people, caller)
    with refused("NotTheRecipient", key.address, account.address):
        system.consents.release(key.address, {"from": account})


@pytest.mark.parametrize("joins", [None, 3], ids=["removed", "moved"])
def test_reverts_given_the_account_acts_for_it_no_more(system, people, states, governing, spare, refused, joins):
    key = states.make("ACTIVE")
    governing.leave(2, spare)
    if joins:
        governing.join(joins, people.adviser)
    with refused("NotTheRecipient", key.address, people.adviser.address):
        system.consents.release(key.address, {"from": people.adviser})


def test_reverts_given_the_recipient_is_suspended(system, people, states, governing, refused):
    key = states.make("ACTIVE")
    governing.suspend(2)
    with refused("NotTheRecipient", key.address, people.adviser.address):
        system.consents.release(key.address, {"from": people.adviser})


@pytest.mark.parametrize("name", ["SCHEDULED", "ACTIVE", "PAUSED", "STALE", "EXHAUSTED"])
def test_releases(system, people, states, changes, events, name):
    key = states.make(name)
    with changes(key, stage=states.stage("RELEASED")):
        tx = system.consents.release(key.address, {"from": people.adviser})
    event = {"consent": key.address, "recipient": 2, "account": people.adviser}
    assert events(tx) == [("ConsentReleased", event)]
    assert states.of(key) == "RELEASED"
    assert not system.consents.isLive(key.address)


def test_releases_given_it_is_an_adviser_no_more(system, people, states, governing, changes):
    loses_role = governing.ready("revokeRole", system.consortium.ADVISER(), system.consortium.seatOf(2))
    key = states.make("ACTIVE")
    loses_role()
    with changes(key, stage=states.stage("RELEASED")):
        system.consents.release(key.address, {"from": people.adviser})


def test_releases_from_a_second_account(system, people, states, governing, changes, events):
    key = states.make("ACTIVE")
    governing.join(2, people.stranger)
    with changes(key, stage=states.stage("RELEASED")):
        tx = system.consents.release(key.address, {"from": people.stranger})
    event = {"consent": key.address, "recipient": 2, "account": people.stranger}
    assert events(tx) == [("ConsentReleased", event)]


def test_reverts_one_second_after_valid_until(system, claimants, people, states, stored, refused):
    key = states.make("ACTIVE")
    after = stored(key)["validUntil"] + 1
    with claimants.at(after), refused("ConsentNotOpen", key.address, states.code("EXPIRED")):
        system.consents.release(key.address, {"from": people.adviser})


def test_releases_at_valid_until(system, claimants, people, states, stored, changes):
    key = states.make("ACTIVE")
    until = stored(key)["validUntil"]
    with changes(key, stage=states.stage("RELEASED")), claimants.at(until):
        system.consents.release(key.address, {"from": people.adviser})
