"""grant: a consent is granted once, with a fresh key.

Given the key's consent is SCHEDULED, ACTIVE, PAUSED, STALE, EXHAUSTED, EXPIRED, RELEASED or WITHDRAWN
├── When a fresh grant by the same key is carried     it reverts with ConsentExists, and that status
└── When the very same grant is carried again         it reverts with ConsentExists
Given a withdrawal overtook the grant
└── When the grant is carried                         it reverts with ConsentExists, WITHDRAWN, for ever
"""

import pytest

from jamjar.protocol.settings import DAY


@pytest.mark.parametrize(
    "name", ["SCHEDULED", "ACTIVE", "PAUSED", "STALE", "EXHAUSTED", "EXPIRED", "RELEASED", "WITHDRAWN"]
)
def test_reverts_given_the_key_was_used(system, claimants, people, states, refused, name):
    key = states.make(name)
    with refused("ConsentExists", key.address, states.code(name)):
        system.consents.grant(claimants.grant(key), {"from": people.operator})


def test_reverts_when_the_same_grant_is_carried_again(system, claimants, people, states, refused):
    key = claimants.key()
    item = claimants.grant(key)
    system.consents.grant(item, {"from": people.operator})
    with refused("ConsentExists", key.address, states.code("SCHEDULED")):
        system.consents.grant(item, {"from": people.adviser})


@pytest.mark.parametrize("later", [0, 1000 * DAY])
def test_reverts_given_a_withdrawal_overtook_the_grant(system, claimants, people, states, stored, refused, later):
    key = claimants.key()
    system.consents.withdraw(claimants.withdraw(key), {"from": people.operator})
    if later:
        claimants.move_to(claimants.now() + later)
    before = stored(key)
    with refused("ConsentExists", key.address, states.code("WITHDRAWN")):
        system.consents.grant(claimants.grant(key), {"from": people.operator})
    assert stored(key) == before
    assert not system.consents.isLive(key.address)
