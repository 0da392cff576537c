"""changeDefaultAdminDelay, rollbackDefaultAdminDelay: how long a hand-over takes changes, itself after a while.

change, rollback
    When the caller is not the administrator ... it reverts with AccessControlUnauthorizedAccount
change
    When the delay grows ... it does so after the new delay, or after five days if that is sooner
    When the delay shrinks ... it does so after the difference
    Given a change was scheduled ... it takes that one's place, and says that too
    Given a change has come true ... it stays true until the next one does
rollback
    Given no change was scheduled ... nothing happens
    Otherwise ... the change never comes
"""

import pytest

from jamjar.protocol.settings import DAY

WAITS = {"longer": (4 * DAY, 4 * DAY), "much longer": (30 * DAY, 5 * DAY), "shorter": (DAY, 2 * DAY)}


@pytest.fixture
def changing(consortium, administrator):
    """A change to one day is scheduled; the time after which it is so."""
    return consortium.changeDefaultAdminDelay(DAY, administrator).events[0]["effectSchedule"]


def test_change_reverts_when_not_the_administrator(consortium, not_administrator, unauthorized):
    with unauthorized(not_administrator):
        consortium.changeDefaultAdminDelay(0, {"from": not_administrator})


def test_a_longer_delay_waits_five_days_at_most(consortium):
    assert consortium.defaultAdminDelayIncreaseWait() == 5 * DAY


@pytest.mark.parametrize("case", WAITS)
def test_changes(case, consortium, wait_until, administrator, events):
    delay, wait = WAITS[case]
    tx = consortium.changeDefaultAdminDelay(delay, administrator)
    schedule = tx.timestamp + wait
    assert events(tx) == [("DefaultAdminDelayChangeScheduled", {"newDelay": delay, "effectSchedule": schedule})]
    assert consortium.pendingDefaultAdminDelay() == (delay, schedule)
    assert consortium.defaultAdminDelay() == 3 * DAY
    wait_until(schedule)
    assert consortium.defaultAdminDelay() == delay
    assert consortium.pendingDefaultAdminDelay() == (0, 0)


def test_a_changed_delay_rules_the_next_hand_over(consortium, wait_until, administrator, spare, changing):
    wait_until(changing)
    tx = consortium.beginDefaultAdminTransfer(spare, administrator)
    assert consortium.pendingDefaultAdmin() == (spare, tx.timestamp + DAY)


def test_a_hand_over_begun_before_keeps_its_delay(consortium, handing_over, changing, spare):
    assert consortium.pendingDefaultAdmin() == (spare, handing_over)


def test_changes_in_place_of_another(consortium, administrator, changing, events):
    tx = consortium.changeDefaultAdminDelay(2 * DAY, administrator)
    schedule = tx.timestamp + DAY
    assert events(tx) == [
        ("DefaultAdminDelayChangeCanceled", {}),
        ("DefaultAdminDelayChangeScheduled", {"newDelay": 2 * DAY, "effectSchedule": schedule}),
    ]
    assert consortium.pendingDefaultAdminDelay() == (2 * DAY, schedule)


def test_a_change_that_came_true_is_not_cancelled(consortium, wait_until, administrator, changing, events):
    wait_until(changing)
    tx = consortium.changeDefaultAdminDelay(2 * DAY, administrator)
    assert [name for name, _ in events(tx)] == ["DefaultAdminDelayChangeScheduled"]
    assert consortium.defaultAdminDelay() == DAY


def test_rollback_reverts_when_not_the_administrator(consortium, changing, not_administrator, unauthorized):
    with unauthorized(not_administrator):
        consortium.rollbackDefaultAdminDelay({"from": not_administrator})


def test_rolls_nothing_back(consortium, administrator, events):
    assert events(consortium.rollbackDefaultAdminDelay(administrator)) == []


def test_rolls_back(consortium, wait_until, administrator, changing, events):
    tx = consortium.rollbackDefaultAdminDelay(administrator)
    assert events(tx) == [("DefaultAdminDelayChangeCanceled", {})]
    wait_until(changing)
    assert consortium.defaultAdminDelay() == 3 * DAY
    assert consortium.pendingDefaultAdminDelay() == (0, 0)
