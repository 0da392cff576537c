"""Assessment periods: refusals, then that they tile time, then the calendar's sharp corners."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidBudget
from jamjar.plan.period import AssessmentPeriod

DAY = timedelta(days=1)
claims = st.dates(date(2000, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("claim_day", "start", "end"),
    [
        (0, date(2026, 1, 1), date(2026, 1, 31)),
        (32, date(2026, 1, 31), date(2026, 2, 27)),
        (True, date(2026, 1, 1), date(2026, 1, 31)),
        (1.0, date(2026, 1, 1), date(2026, 1, 31)),
        (1, datetime(2026, 1, 1), date(2026, 1, 31)),
        (1, date(2026, 1, 1), datetime(2026, 1, 31)),
        (1, "2026-01-01", date(2026, 1, 31)),
        (1, date(2026, 1, 2), date(2026, 2, 1)),
        (1, date(2026, 1, 1), date(2026, 1, 30)),
        (1, date(2026, 1, 1), date(2026, 2, 1)),
        (31, date(2026, 2, 27), date(2026, 3, 30)),
        (29, date(2026, 2, 26), date(2026, 3, 28)),
        (30, date(2026, 2, 27), date(2026, 3, 28)),
        (28, date(2026, 2, 27), date(2026, 3, 27)),
        (None, date(2026, 4, 15), date(2026, 4, 14)),
        (None, date(2026, 4, 15), date(2026, 6, 16)),
        (None, date(1999, 12, 15), date(2000, 1, 14)),
        (1, date(1999, 12, 1), date(1999, 12, 31)),
        (1, date(2200, 1, 1), date(2200, 1, 31)),
    ],
)
def test_a_period_off_its_calendar_is_refused(claim_day: int | None, start: date, end: date) -> None:
    with pytest.raises(InvalidBudget):
        AssessmentPeriod(claim_day, start, end)


def test_no_period_contains_a_day_before_the_claim() -> None:
    with pytest.raises(InvalidBudget, match="before the claim"):
        AssessmentPeriod.containing(date(2026, 5, 10), date(2026, 5, 9))


@pytest.mark.parametrize("n", [0, -1, True, 1.0, 10**9, 10**30])
def test_nth_refuses_what_is_no_count_or_out_of_range(n: int) -> None:
    with pytest.raises(InvalidBudget):
        AssessmentPeriod.nth(date(2026, 1, 31), n)


def test_a_datetime_is_no_day() -> None:
    now = datetime(2026, 5, 10, 12)
    for refused in (
        lambda: AssessmentPeriod.containing(now, date(2026, 5, 10)),
        lambda: AssessmentPeriod.containing(date(2026, 5, 10), now),
        lambda: AssessmentPeriod.nth(now, 1),
    ):
        with pytest.raises(InvalidBudget, match=r"datetime\.date"):
            refused()


def test_the_last_year_ends() -> None:
    last = AssessmentPeriod.containing(date(2199, 12, 31), date(2199, 12, 31))
    assert last.end == date(2200, 1, 30)
    with pytest.raises(InvalidBudget, match="years 2000 to 2199"):
        last.following()
    with pytest.raises(InvalidBudget, match="years 2000 to 2199"):
        AssessmentPeriod.nth(date(2000, 1, 15), 1).preceding()


@given(claims, st.integers(1, 400))
def test_consecutive_periods_tile_time(claim: date, n: int) -> None:
    period = AssessmentPeriod.nth(claim, n)
    assert period.following().start == period.end + DAY
    assert period.following() == AssessmentPeriod.nth(claim, n + 1)
    if n > 1 or (claim.month, claim.day) != (2, 29):  # whose first day is not that of its later Februaries
        assert period.following().preceding() == period
    assert 28 <= (period.end - period.start).days + 1 <= 31


@given(claims)
def test_the_first_period_starts_with_the_claim(claim: date) -> None:
    assert AssessmentPeriod.nth(claim, 1).start == claim


@given(claims, st.integers(0, 15_000))
def test_every_day_from_the_claim_on_lies_in_one_period(claim: date, days: int) -> None:
    day = claim + days * DAY
    period = AssessmentPeriod.containing(claim, day)
    assert period.start <= day <= period.end
    assert AssessmentPeriod.containing(claim, period.start) == AssessmentPeriod.containing(claim, period.end)


# The Universal Credit Regulations 2013, regulation 21(2)(a) and (b).
@pytest.mark.parametrize(
    ("claim", "starts"),
    [
        (date(2026, 1, 31), ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        (date(2024, 1, 31), ["2024-01-31", "2024-02-29", "2024-03-31"]),
        (date(2024, 1, 30), ["2024-01-30", "2024-02-28", "2024-03-30", "2024-04-30"]),
        (date(2026, 1, 29), ["2026-01-29", "2026-02-27", "2026-03-29"]),
        (date(2027, 1, 30), ["2027-01-30", "2027-02-27", "2027-03-30"]),
        (date(2100, 1, 29), ["2100-01-29", "2100-02-27", "2100-03-29"]),
        (date(2024, 2, 29), ["2024-02-29", "2024-03-29"]),
        (date(2026, 1, 28), ["2026-01-28", "2026-02-28", "2026-03-28"]),
        (date(2026, 12, 5), ["2026-12-05", "2027-01-05", "2027-02-05"]),
    ],
)
def test_short_months_start_as_the_regulation_says(claim: date, starts: list[str]) -> None:
    periods = [AssessmentPeriod.nth(claim, n + 1) for n in range(len(starts))]
    assert [period.start.isoformat() for period in periods] == starts


@pytest.mark.parametrize(
    ("claim_day", "start", "end", "following"),
    [
        (30, date(2027, 2, 28), date(2027, 3, 29), date(2027, 4, 29)),  # on a short month's last day
        (30, date(2027, 1, 30), date(2027, 2, 27), date(2027, 3, 29)),
        (29, date(2024, 2, 29), date(2024, 3, 28), date(2024, 4, 28)),
        (None, date(2026, 4, 15), date(2026, 5, 3), date(2026, 6, 3)),  # a first period of 19 days: regulation 21A
        (None, date(2026, 4, 15), date(2026, 6, 15), date(2026, 7, 15)),
        (None, date(2026, 4, 15), date(2026, 4, 15), date(2026, 5, 15)),
    ],
)
def test_dates_as_a_letter_says(claim_day: int | None, start: date, end: date, following: date) -> None:
    period = AssessmentPeriod(claim_day, start, end)
    after = period.following()
    assert (after.start, after.end) == (end + DAY, following)
    assert after.following().start == following + DAY
    assert period.preceding().end == start - DAY
