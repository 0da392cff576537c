"""When a period is paid: seven days after its end, or the working day before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.plan.payday import next_payday, payday
from jamjar.plan.period import AssessmentPeriod

DAY = timedelta(days=1)
HOLIDAYS = {date(2026, 12, 25): "Christmas Day", date(2026, 12, 28): "Boxing Day"}


@given(st.dates(date(2000, 1, 1), date(2150, 12, 31)), st.sets(st.integers(0, 14)))
def test_payday_is_the_last_working_day_by_the_seventh(claim: date, offsets: set[int]) -> None:
    period = AssessmentPeriod.nth(claim, 1)
    due = period.end + 7 * DAY
    holidays = {due - offset * DAY: "a holiday" for offset in offsets}
    found = payday(period, holidays)
    assert found.due == due >= found.day
    assert found.day not in holidays
    assert found.day.strftime("%a") not in ("Sat", "Sun")
    skipped = [found.day + step * DAY for step in range(1, (due - found.day).days + 1)]
    assert all(each in holidays or each.strftime("%a") in ("Sat", "Sun") for each in skipped)
    assert len(found.reasons) == len(skipped)


@pytest.mark.parametrize(
    ("claim", "day", "reasons"),
    [
        (date(2026, 5, 1), date(2026, 6, 5), ("7 June is a Sunday", "6 June is a Saturday")),
        (date(2026, 5, 5), date(2026, 6, 11), ()),
        (date(2026, 11, 19), date(2026, 12, 24), ("25 December is Christmas Day",)),
        (
            date(2026, 11, 21),
            date(2026, 12, 24),
            ("27 December is a Sunday", "26 December is a Saturday", "25 December is Christmas Day"),
        ),
    ],
)
def test_payday_moves_to_the_working_day_before(claim: date, day: date, reasons: tuple[str, ...]) -> None:
    found = payday(AssessmentPeriod.nth(claim, 1), HOLIDAYS)
    assert (found.day, found.reasons, found.second) == (day, reasons, None)


def test_a_second_payment_moves_by_itself() -> None:
    found = payday(AssessmentPeriod.nth(date(2026, 11, 5), 1), HOLIDAYS, second_after=15)
    assert (found.day, found.second) == (date(2026, 12, 11), date(2026, 12, 24))  # due on Saturday 26 December


def test_the_next_payday_may_be_the_one_of_the_period_before() -> None:
    period = AssessmentPeriod.nth(date(2026, 11, 5), 1)
    assert next_payday(period, date(2026, 11, 11), {}).day == date(2026, 11, 11)
    assert next_payday(period, date(2026, 11, 12), {}).day == date(2026, 12, 11)
