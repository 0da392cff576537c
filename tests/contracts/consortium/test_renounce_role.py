"""renounceRole: who holds a role gives it up; for the administration in two steps, begun as a hand-over to nobody.

When it names another than the caller ... it reverts with AccessControlBadConfirmation
When the caller does not hold the role ... nothing happens
When the role is the administrator's
    Given nothing was begun, whoever calls, or a hand-over to somebody, or the delay has not passed
        ... it reverts with AccessControlEnforcedDefaultAdminDelay
    Otherwise ... there is no administrator ever again; consents can still be withdrawn
"""

import pytest

ZERO = "0x" + 40 * "0"
ROLE = bytes(32)


@pytest.fixture
def giving_up(consortium, administrator):
    """A hand-over to nobody has begun; the time after which it can be made true."""
    return consortium.beginDefaultAdminTransfer(ZERO, administrator).events[0]["acceptSchedule"]


def test_reverts_when_it_names_the_members_seat(consortium, people, refused):
    with refused("AccessControlBadConfirmation"):
        consortium.renounceRole(consortium.ADVISER(), consortium.seatOf(2), {"from": people.adviser})


def test_reverts_when_it_names_the_administrator(consortium, people, refused):
    with refused("AccessControlEnforcedDefaultAdminDelay", 0):
        consortium.renounceRole(ROLE, people.administrator, {"from": people.stranger})


def test_does_nothing_when_not_held(consortium, people, events):
    own = people.stranger, {"from": people.stranger}
    assert events(consortium.renounceRole(ROLE, *own)) == []
    assert events(consortium.renounceRole(consortium.ADVISER(), *own)) == []
    assert consortium.defaultAdmin() == people.administrator


def test_reverts_when_not_begun(consortium, administrator, people, refused):
    with refused("AccessControlEnforcedDefaultAdminDelay", 0):
        consortium.renounceRole(ROLE, people.administrator, administrator)


def test_reverts_when_handing_over(consortium, wait_until, administrator, people, handing_over, refused):
    wait_until(handing_over)
    with refused("AccessControlEnforcedDefaultAdminDelay", handing_over):
        consortium.renounceRole(ROLE, people.administrator, administrator)


def test_reverts_when_too_early(consortium, wait_until, administrator, people, giving_up, refused):
    wait_until(giving_up - 3600)
    with refused("AccessControlEnforcedDefaultAdminDelay", giving_up):
        consortium.renounceRole(ROLE, people.administrator, administrator)


def test_nobody_can_accept_for_nobody(consortium, wait_until, people, giving_up, refused):
    wait_until(giving_up)
    with refused("AccessControlInvalidDefaultAdmin", people.stranger.address):
        consortium.acceptDefaultAdminTransfer({"from": people.stranger})


def test_nobody_else_can_make_it_true(consortium, wait_until, people, giving_up, refused):
    wait_until(giving_up)
    with refused("AccessControlBadConfirmation"):
        consortium.renounceRole(ROLE, people.administrator, {"from": people.stranger})
    assert consortium.pendingDefaultAdmin() == (ZERO, giving_up)


@pytest.fixture
def given_up(consortium, wait_until, administrator, people, giving_up):
    wait_until(giving_up)
    return consortium.renounceRole(ROLE, people.administrator, administrator)


def test_gives_the_administration_up(consortium, given_up, administrator, people, spare, events, unauthorized):
    gone = {"role": "0x" + 64 * "0", "account": people.administrator, "sender": people.administrator}
    assert events(given_up) == [("RoleRevoked", gone)]
    assert consortium.defaultAdmin() == consortium.owner() == ZERO
    assert consortium.pendingDefaultAdmin() == (ZERO, 0)
    with unauthorized(people.administrator):
        consortium.admit(6, "New", [], spare, b"k" * 32, administrator)


def test_consents_can_be_withdrawn_without_an_administrator(system, claimants, people, given_up):
    key = claimants.live()
    system.consents.withdraw(claimants.withdraw(key), {"from": people.stranger})
    assert not system.consents.isLive(key.address)
