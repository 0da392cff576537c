"""When a consent begins, must be reconfirmed and ends: on midnights, whenever the grant is signed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.consent.schedule import schedule
from jamjar.errors import InvalidInput
from jamjar.protocol.settings import DAY

NOON = 1_800_014_400  # 2027-01-15 12:00 UTC
MIDNIGHT = NOON - DAY // 2


@pytest.mark.parametrize("days", [1, 0, -3, 2.0, True])
def test_too_short(days: object) -> None:
    with pytest.raises(InvalidInput, match="2 days or more"):
        schedule(NOON, days=days)  # type: ignore[arg-type]


def test_longer_than_a_reconfirmation() -> None:
    made = schedule(NOON, days=180, after=600)
    assert (made.valid_from, made.reconfirm_by, made.valid_until) == (
        NOON + 600, MIDNIGHT + 90 * DAY, MIDNIGHT + 180 * DAY,
    )  # fmt: skip


@given(st.integers(0, DAY - 1), st.integers(2, 366))
def test_all_of_one_day_look_alike(second: int, days: int) -> None:
    made = schedule(MIDNIGHT + second, days=days)
    assert (made.reconfirm_by, made.valid_until) == (MIDNIGHT + min(days, 90) * DAY, MIDNIGHT + days * DAY)
    assert made.valid_from < made.reconfirm_by <= made.valid_until
