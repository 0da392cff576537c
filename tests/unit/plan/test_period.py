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
        (29, date(2024, 2, 28), date(2024, 3, 28)),
        (1, date(1999, 12, 1), date(1999, 12, 31)),
        (1, date(2200, 1, 1), date(2200, 1, 31)),
    ],
)
def test_a_period_off_its_calendar_is_refused(claim_day: int, start: date, end: date) -> None:
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
        lambda: AssessmentPeriod.nth(date(2026, 5, 10), 1).payday(frozenset({now})),
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


@given(claims, st.sets(st.integers(0, 14)))
def test_payday_is_the_last_working_day_by_the_seventh(claim: date, offsets: set[int]) -> None:
    period = AssessmentPeriod.nth(claim, 1)
    due = period.end + 7 * DAY
    holidays = frozenset(due - offset * DAY for offset in offsets)
    day = period.payday(holidays)
    assert day <= due
    assert day not in holidays
    assert day.strftime("%a") not in ("Sat", "Sun")
    skipped = [day + step * DAY for step in range(1, (due - day).days + 1)]
    assert all(each in holidays or each.strftime("%a") in ("Sat", "Sun") for each in skipped)


@pytest.mark.parametrize(
    ("claim", "starts"),
    [
        (date(2026, 1, 31), ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        (date(2024, 1, 30), ["2024-01-30", "2024-02-29", "2024-03-30", "2024-04-30"]),
        (date(2026, 1, 29), ["2026-01-29", "2026-02-28", "2026-03-29"]),
        (date(2100, 1, 29), ["2100-01-29", "2100-02-28", "2100-03-29"]),
        (date(2026, 12, 5), ["2026-12-05", "2027-01-05", "2027-02-05"]),
    ],
)
def test_short_months_start_on_their_last_day(claim: date, starts: list[str]) -> None:
    periods = [AssessmentPeriod.nth(claim, n + 1) for n in range(len(starts))]
    assert [period.start.isoformat() for period in periods] == starts


@pytest.mark.parametrize(
    ("claim", "payday"),
    [
        (date(2026, 5, 1), date(2026, 6, 5)),  # due on Sunday 7 June 2026
        (date(2026, 5, 5), date(2026, 6, 11)),  # due that Thursday
        (
            date(2026, 11, 19),
            date(2026, 12, 24),
        ),  # due on Christmas Day, a Friday
        (
            date(2026, 11, 21),
            date(2026, 12, 24),
        ),  # due on Sunday 27 December: Saturday and Christmas Day go too
    ],
)
def test_payday_moves_to_the_working_day_before(claim: date, payday: date) -> None:
    holidays = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
    assert AssessmentPeriod.nth(claim, 1).payday(holidays) == payday
