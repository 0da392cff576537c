"""withdraw: no member, role, pause or fault can stop it.

Given the operator, the recipient, or every member is suspended    it is withdrawn
Given the recipient has lost its role, or its account              it is withdrawn
Given the withdrawal was signed before the grant                   it is withdrawn when carried later
Given the consent was paused, resumed, reconfirmed and used since  the withdrawal signed at the start ends it
Given it was withdrawn                                             nothing of its claimant or recipient revives it
"""

import pytest

from jamjar.protocol.settings import DAY


@pytest.mark.parametrize(
    ("members", "carrier"),
    [([1], "operator"), ([2], "adviser"), ([1, 2], "stranger"), ([1, 2, 3, 4, 5], "operator")],
    ids=["operator", "recipient", "both", "all"],
)
def test_withdraws_given_members_are_suspended(system, claimants, people, states, governing, changes, members, carrier):
    key = states.make("ACTIVE")
    governing.suspend(*members)
    with changes(key, stage=states.stage("WITHDRAWN")):
        system.consents.withdraw(claimants.withdraw(key), {"from": getattr(people, carrier)})
    assert states.of(key) == "WITHDRAWN"


@pytest.mark.parametrize("name", ["SCHEDULED", "ACTIVE", "PAUSED"])
def test_withdraws_given_the_recipient_is_no_active_adviser(
    system, claimants, people, states, recipient, changes, name
):
    key = states.make(name)
    recipient.fall()
    with changes(key, stage=states.stage("WITHDRAWN")):
        system.consents.withdraw(claimants.withdraw(key), {"from": people.stranger})


def test_withdraws_given_the_recipients_account_went(system, claimants, people, states, governing, spare, changes):
    key = states.make("ACTIVE")
    governing.leave(2, spare)
    with changes(key, stage=states.stage("WITHDRAWN")):
        system.consents.withdraw(claimants.withdraw(key), {"from": people.adviser})


def test_withdraws_when_signed_before_the_grant(system, claimants, people, changes, states):
    key = claimants.key()
    card = claimants.withdraw(key)
    system.consents.grant(claimants.grant(key), {"from": people.operator})
    with changes(key, stage=states.stage("WITHDRAWN")):
        system.consents.withdraw(card, {"from": people.stranger})


def test_withdraws_when_signed_before_a_long_life(system, claimants, people, changes, states):
    key, carrier = states.make("ACTIVE"), {"from": people.operator}
    card = claimants.withdraw(key)
    states.use(key)
    system.consents.pause(*claimants.pause(key, 0), carrier)
    system.consents.resume(*claimants.resume(key, 1), carrier)
    system.consents.reconfirm(*claimants.reconfirm(key, 2, claimants.now() + 85 * DAY), carrier)
    with changes(key, stage=states.stage("WITHDRAWN")):
        system.consents.withdraw(card, {"from": people.stranger})


def test_nothing_revives_it(system, claimants, people, states, stored, refused):
    key, carrier = states.make("PAUSED"), {"from": people.operator}
    held = {
        "resume": claimants.resume(key, 1),
        "reconfirm": claimants.reconfirm(key, 1, claimants.now() + 85 * DAY),
        "pause": claimants.pause(key, 1),
    }
    system.consents.withdraw(claimants.withdraw(key), carrier)
    before = stored(key)
    for what, item in held.items():
        with refused("ConsentNotOpen", key.address, states.code("WITHDRAWN")):
            getattr(system.consents, what)(*item, carrier)
    with refused("ConsentNotLive", key.address, states.code("WITHDRAWN")):
        system.consents.use((key.address, b"\1" * 32), {"from": people.adviser})
    with refused("ConsentNotOpen", key.address, states.code("WITHDRAWN")):
        system.consents.release(key.address, {"from": people.adviser})
    claimants.move_to(before["validUntil"] + 1)
    assert stored(key) == before
    assert states.of(key) == "WITHDRAWN"
