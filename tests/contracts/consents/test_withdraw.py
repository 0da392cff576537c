"""withdraw: a claimant ends a consent at once and for ever.

When another key signed, the key signed something else, or no key signed   it reverts with NotSignedByConsent
When the consent is the zero address                                       it reverts with NotSignedByConsent
Given the consent is EXPIRED, RELEASED or WITHDRAWN                        it reverts with ConsentNotOpen
When the same withdrawal is carried again                                  it reverts with ConsentNotOpen
Given the consent is in any other state                                    it is withdrawn, even by a stranger
Given the consent was never granted
├── When an active member carries it                                       it is withdrawn
└── When nobody's account, or a suspended member's does                    it reverts with CarrierNotActiveMember
When the carrier is anyone at all                                          it is withdrawn
When the block is at validUntil                                            it is withdrawn
When the block is one second after validUntil                              it reverts with ConsentNotOpen
Who cannot stop it is in test_withdraw_unstoppable.py.
"""

import pytest

from jamjar.protocol.typed_data import Pause, Withdraw

ZERO = "0x" + "00" * 20
NOTHING = (bytes(32), bytes(32))
OFF_CURVE = (b"\xff" * 32, b"\x7f" * 32)  # r beyond the group order (SEC 2, 2.4.1): no key's


@pytest.mark.parametrize("name", ["NONE", "ACTIVE"])
def test_reverts_when_another_key_signed(system, claimants, people, states, refused, name):
    key = states.make(name)
    signature = claimants.sign(claimants.key(), Withdraw(key.address))
    with refused("NotSignedByConsent", key.address):
        system.consents.withdraw((key.address, signature), {"from": people.adviser})


def test_reverts_when_the_key_withdrew_another_consent(system, claimants, people, states, refused):
    key = states.make("ACTIVE")
    signature = claimants.sign(key, Withdraw(claimants.key().address))
    with refused("NotSignedByConsent", key.address):
        system.consents.withdraw((key.address, signature), {"from": people.adviser})


def test_reverts_when_the_key_signed_a_pause(system, claimants, people, states, refused):
    key = states.make("ACTIVE")
    signature = claimants.sign(key, Pause(key.address, 0))
    with refused("NotSignedByConsent", key.address):
        system.consents.withdraw((key.address, signature), {"from": people.adviser})


@pytest.mark.parametrize("signature", [NOTHING, OFF_CURVE])
@pytest.mark.parametrize("name", ["NONE", "ACTIVE"])
def test_reverts_when_no_key_signed(system, people, states, refused, name, signature):
    key = states.make(name)
    with refused("NotSignedByConsent", key.address):
        system.consents.withdraw((key.address, signature), {"from": people.operator})


@pytest.mark.parametrize("signature", [NOTHING, OFF_CURVE, "a key's"])
def test_reverts_when_the_consent_is_zero(system, claimants, people, refused, signature):
    _, by_key = claimants.withdraw(claimants.key())
    with refused("NotSignedByConsent", ZERO):
        system.consents.withdraw((ZERO, by_key if signature == "a key's" else signature), {"from": people.operator})


@pytest.mark.parametrize("name", ["EXPIRED", "RELEASED", "WITHDRAWN"])
def test_reverts_given_it_has_ended(system, claimants, people, states, refused, name):
    key = states.make(name)
    with refused("ConsentNotOpen", key.address, states.code(name)):
        system.consents.withdraw(claimants.withdraw(key), {"from": people.operator})


@pytest.mark.parametrize("name", ["NONE", "ACTIVE"])
def test_reverts_when_carried_again(system, claimants, people, states, refused, name):
    item = claimants.withdraw(key := states.make(name))
    system.consents.withdraw(item, {"from": people.operator})
    with refused("ConsentNotOpen", key.address, states.code("WITHDRAWN")):
        system.consents.withdraw(item, {"from": people.stranger})


@pytest.mark.parametrize("name", ["SCHEDULED", "ACTIVE", "PAUSED", "STALE", "EXHAUSTED"])
def test_withdraws(system, claimants, people, states, changes, events, name):
    key = states.make(name)
    with changes(key, stage=states.stage("WITHDRAWN")):
        tx = system.consents.withdraw(claimants.withdraw(key), {"from": people.stranger})
    assert events(tx) == [("ConsentWithdrawn", {"consent": key.address, "carrier": people.stranger})]
    assert states.of(key) == "WITHDRAWN"
    assert not system.consents.isLive(key.address)


@pytest.mark.parametrize("carrier", ["operator", "adviser", "other_adviser", "sponsor", "auditor"])
def test_withdraws_what_was_never_granted(system, claimants, people, states, changes, events, carrier):
    key, account = states.make("NONE"), getattr(people, carrier)
    with changes(key, stage=states.stage("WITHDRAWN")):
        tx = system.consents.withdraw(claimants.withdraw(key), {"from": account})
    assert events(tx) == [("ConsentWithdrawn", {"consent": key.address, "carrier": account})]


@pytest.mark.parametrize("carrier", ["founder", "operator", "stranger"])
def test_reverts_when_no_active_member_carries_what_was_never_granted(
    system, claimants, people, states, changes, governing, refused, carrier
):
    key, account = states.make("NONE"), getattr(people, carrier)
    governing.suspend(1)
    with changes(key), refused("CarrierNotActiveMember", account.address):
        system.consents.withdraw(claimants.withdraw(key), {"from": account})


@pytest.mark.parametrize("carrier", ["founder", "operator", "adviser", "other_adviser", "sponsor", "auditor"])
def test_withdraws_whoever_carries_it(system, claimants, people, states, changes, events, carrier):
    key, account = states.make("ACTIVE"), getattr(people, carrier)
    with changes(key, stage=states.stage("WITHDRAWN")):
        tx = system.consents.withdraw(claimants.withdraw(key), {"from": account})
    assert events(tx) == [("ConsentWithdrawn", {"consent": key.address, "carrier": account})]


def test_reverts_one_second_after_valid_until(system, claimants, people, states, stored, refused):
    key = states.make("ACTIVE")
    item, after = claimants.withdraw(key), stored(key)["validUntil"] + 1
    with claimants.at(after), refused("ConsentNotOpen", key.address, states.code("EXPIRED")):
        system.consents.withdraw(item, {"from": people.operator})


def test_withdraws_at_valid_until(system, claimants, people, states, stored, changes):
    key = states.make("ACTIVE")
    item, until = claimants.withdraw(key), stored(key)["validUntil"]
    with changes(key, stage=states.stage("WITHDRAWN")), claimants.at(until):
        system.consents.withdraw(item, {"from": people.operator})
