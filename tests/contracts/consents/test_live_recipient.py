"""isLive, standing, areLive: a consent lives only while its recipient is an active adviser.

Given the consent is ACTIVE or EXHAUSTED
├── Given the recipient is suspended, or has lost the role    it is not live, its status is as before
├── Given it is an active adviser again                       it is live again
└── Given another member is suspended                         it is live
Given the recipient was suspended and has lost the role       it is live when both are mended, not before
Given the recipient has removed an account                    it is live
Given the consent is in no live state                         it is not live, whatever its recipient
"""

import pytest

OTHERS = ["NONE", "SCHEDULED", "PAUSED", "STALE", "EXPIRED", "RELEASED", "WITHDRAWN"]


@pytest.fixture
def live(system):
    """Whether it is live, as every view says."""

    def ask(key):
        answer = system.consents.isLive(key.address)
        assert system.consents.standing(key.address)[0] == answer
        assert system.consents.areLive([key.address]) == [answer]
        return answer

    return ask


@pytest.mark.parametrize("name", ["ACTIVE", "EXHAUSTED"])
def test_lives_and_dies_with_its_recipient(live, states, stored, recipient, name):
    key = states.make(name)
    before, seen = stored(key), [live(key)]
    for change in (recipient.fall, recipient.recover):
        change()
        seen.append(live(key))
        assert states.of(key) == name
    assert seen == [True, False, True]
    assert stored(key) == before


def test_needs_standing_and_role(live, system, states, governing):
    role, seat = system.consortium.ADVISER(), system.consortium.seatOf(2)
    acts = [governing.ready(*act) for act in (("revokeRole", role, seat), ("reinstate", 2), ("grantRole", role, seat))]
    key, seen = states.make("ACTIVE"), []
    for act in [lambda: governing.suspend(2), *acts]:
        act()
        seen.append(live(key))
    assert seen == [False, False, False, True]


def test_survives_other_members_and_its_recipients_accounts(live, people, states, governing, spare):
    key = states.make("ACTIVE")
    governing.suspend(1, 3, 4, 5)
    governing.leave(2, spare)
    assert live(key)


@pytest.mark.parametrize("name", OTHERS)
def test_is_not_live_in_another_state(live, states, governing, name):
    reinstate = governing.ready("reinstate", 2)
    key = states.make(name)
    assert not live(key)
    for act in (lambda: governing.suspend(2), reinstate):
        act()
        assert not live(key)
