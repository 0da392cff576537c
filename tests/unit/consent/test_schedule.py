"""When a consent begins, must be reconfirmed and ends: on midnights, whenever the grant is signed.

When it is too short, or would end before it begins   refused
When the next midnight or hour is too near            the one after
When claimants grant all they grant in one sitting    no beginning, end or reconfirmation singles out one of them
"""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.consent.schedule import Begin, Schedule, schedule
from jamjar.errors import InvalidInput
from jamjar.protocol.settings import DAY, HOUR

NOON = 1_800_014_400  # 2027-01-15 12:00 UTC
MIDNIGHT = NOON - DAY // 2


@pytest.mark.parametrize("days", [1, 0, -3, 2.0, True])
def test_too_short(days: object) -> None:
    with pytest.raises(InvalidInput, match="give 2 days or more"):
        schedule(NOON, days=days)  # type: ignore[arg-type]


def test_it_would_end_before_it_begins() -> None:
    with pytest.raises(InvalidInput, match="end before it begins"):
        schedule(MIDNIGHT + DAY - 60, days=2)


def test_longer_than_a_reconfirmation() -> None:
    made = schedule(NOON, days=180)
    assert made == Schedule(MIDNIGHT + DAY, MIDNIGHT + 180 * DAY, MIDNIGHT + 90 * DAY)


@pytest.mark.parametrize(
    ("begin", "now", "begins"),
    [
        (Begin.MIDNIGHT, MIDNIGHT, MIDNIGHT + DAY),
        (Begin.MIDNIGHT, MIDNIGHT + 23 * HOUR, MIDNIGHT + DAY),
        (Begin.MIDNIGHT, MIDNIGHT + 23 * HOUR + 1, MIDNIGHT + 2 * DAY),
        (Begin.HOUR, NOON, NOON + HOUR),
        (Begin.HOUR, NOON + 2400, NOON + HOUR),
        (Begin.HOUR, NOON + 2401, NOON + 2 * HOUR),
        (Begin.NOW, NOON + 7, NOON + 307),
    ],
)
def test_the_one_after_where_it_is_too_near(begin: Begin, now: int, begins: int) -> None:
    assert schedule(now, days=90, begin=begin).valid_from == begins
    assert bool(begin.reveals) == (begin is not Begin.MIDNIGHT)


def test_who_asks_for_another_time_ahead() -> None:
    assert schedule(NOON, days=90, begin=Begin.NOW, ahead=60).valid_from == NOON + 60


@given(st.integers(0, DAY - 1), st.integers(2, 366))
def test_all_of_one_day_look_alike(second: int, days: int) -> None:
    late = second > DAY - Begin.MIDNIGHT.ahead
    if days == 2 and late:
        return
    made = schedule(MIDNIGHT + second, days=days)
    assert made.valid_from == MIDNIGHT + (2 if late else 1) * DAY
    assert (made.reconfirm_by, made.valid_until) == (MIDNIGHT + min(days, 90) * DAY, MIDNIGHT + days * DAY)
    assert made.valid_from < made.reconfirm_by <= made.valid_until


def test_the_nearest_beginning_is_hardly_ever_the_same_claimants() -> None:
    """200 claimants grant two consents each, a minute apart, on one day: whose is the nearest beginning?"""
    random = Random(1)  # noqa: S311
    sittings = [MIDNIGHT + random.randrange(22 * HOUR) for _ in range(200)]
    begins = [schedule(at + later, days=90).valid_from for at in sittings for later in (0, 60)]
    found = 0.0
    for mine, begin in enumerate(begins):
        apart = [abs(other - begin) for other in begins]
        apart[mine] = max(apart) + 1
        nearest = [place for place, seconds in enumerate(apart) if seconds == min(apart)]
        found += (mine ^ 1 in nearest) / len(nearest)
    assert found / len(begins) <= 2 / (len(begins) - 1)
