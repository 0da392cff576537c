"""beginDefaultAdminTransfer, cancelDefaultAdminTransfer, acceptDefaultAdminTransfer: the administration changes hands.

begin, cancel
    When the caller is not the administrator ... it reverts with AccessControlUnauthorizedAccount
begin
    it schedules the hand-over after the delay, changes nothing yet, and says so
    Given one had begun ... it takes that one's place, and says that too
cancel
    Given none had begun ... nothing happens
    Given one had, even if the delay has passed ... it cannot be accepted any more
accept
    When the caller is not the one it was begun for, or none was begun ... it reverts with
        AccessControlInvalidDefaultAdmin
    When the delay has not passed ... it reverts with AccessControlEnforcedDefaultAdminDelay
    Otherwise ... the new administrator has all powers, the old one none; members stay as they are
"""

import pytest

ZERO = "0x" + 40 * "0"
DELAY = 3 * 24 * 60 * 60


def test_begin_reverts_when_not_the_administrator(consortium, not_administrator, unauthorized):
    with unauthorized(not_administrator):
        consortium.beginDefaultAdminTransfer(not_administrator, {"from": not_administrator})


def test_begins(consortium, administrator, spare, people, events):
    tx = consortium.beginDefaultAdminTransfer(spare, administrator)
    schedule = tx.timestamp + DELAY
    assert events(tx) == [("DefaultAdminTransferScheduled", {"newAdmin": spare, "acceptSchedule": schedule})]
    assert consortium.pendingDefaultAdmin() == (spare, schedule)
    assert consortium.defaultAdmin() == people.administrator


def test_begins_in_place_of_another(consortium, administrator, people, handing_over, events):
    tx = consortium.beginDefaultAdminTransfer(people.sponsor, administrator)
    schedule = tx.timestamp + DELAY
    assert events(tx) == [
        ("DefaultAdminTransferCanceled", {}),
        ("DefaultAdminTransferScheduled", {"newAdmin": people.sponsor, "acceptSchedule": schedule}),
    ]
    assert consortium.pendingDefaultAdmin() == (people.sponsor, schedule)


def test_cancel_reverts_when_not_the_administrator(consortium, handing_over, not_administrator, unauthorized):
    with unauthorized(not_administrator):
        consortium.cancelDefaultAdminTransfer({"from": not_administrator})


def test_cancels_nothing(consortium, administrator, events):
    assert events(consortium.cancelDefaultAdminTransfer(administrator)) == []


def test_cancels(consortium, wait_until, administrator, spare, handing_over, events, refused):
    wait_until(handing_over)
    tx = consortium.cancelDefaultAdminTransfer(administrator)
    assert events(tx) == [("DefaultAdminTransferCanceled", {})]
    assert consortium.pendingDefaultAdmin() == (ZERO, 0)
    with refused("AccessControlInvalidDefaultAdmin", spare.address):
        consortium.acceptDefaultAdminTransfer({"from": spare})


def test_accept_reverts_when_none_was_begun(consortium, spare, refused):
    with refused("AccessControlInvalidDefaultAdmin", spare.address):
        consortium.acceptDefaultAdminTransfer({"from": spare})


@pytest.mark.parametrize("who", ["administrator", "operator", "stranger"])
def test_accept_reverts_when_another_does(who, consortium, wait_until, people, handing_over, refused):
    wait_until(handing_over)
    with refused("AccessControlInvalidDefaultAdmin", getattr(people, who).address):
        consortium.acceptDefaultAdminTransfer({"from": getattr(people, who)})


def test_accept_reverts_when_too_early(consortium, wait_until, spare, handing_over, refused):
    wait_until(handing_over - 3600)
    with refused("AccessControlEnforcedDefaultAdminDelay", handing_over):
        consortium.acceptDefaultAdminTransfer({"from": spare})


@pytest.fixture
def handed_over(consortium, wait_until, spare, handing_over):
    wait_until(handing_over)
    return consortium.acceptDefaultAdminTransfer({"from": spare})


def test_accepts(consortium, handed_over, spare, people, events):
    role = "0x" + 64 * "0"
    assert events(handed_over) == [
        ("RoleRevoked", {"role": role, "account": people.administrator, "sender": spare}),
        ("RoleGranted", {"role": role, "account": spare, "sender": spare}),
    ]
    assert consortium.defaultAdmin() == consortium.owner() == spare
    assert consortium.pendingDefaultAdmin() == (ZERO, 0)
    assert not consortium.hasRole(role, people.administrator)


def test_accepting_moves_the_powers(consortium, handed_over, administrator, people, spare, unauthorized):
    with unauthorized(people.administrator):
        consortium.suspend(2, administrator)
    assert consortium.isActiveAs(2, consortium.ADVISER())
    consortium.suspend(2, {"from": spare})
    assert not consortium.isActive(2)


def test_accepts_once(consortium, handed_over, spare, refused):
    with refused("AccessControlInvalidDefaultAdmin", spare.address):
        consortium.acceptDefaultAdminTransfer({"from": spare})
