"""When Universal Credit for a period is paid, and why on that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from jamjar.plan.period import AssessmentPeriod

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Payday:
    """The day on which a period is paid: 7 days after its end is `due`, or the working day before that.

    second  the later day of those who are paid twice a month, moved by the same rule
    """

    period: AssessmentPeriod
    due: date
    day: date
    second: date | None
    reasons: tuple[str, ...]


def payday(period: AssessmentPeriod, holidays: Mapping[date, str], second_after: int = 0) -> Payday:
    """Return when a period is paid, given the names of bank holidays by day.

    second_after  how many days after the first payment's due day a second one is due; 0 for one payment
    """
    due = period.end + 7 * _DAY
    second = _before(due + second_after * _DAY, holidays) if second_after else None
    day = _before(due, holidays)
    skipped = [due - number * _DAY for number in range((due - day).days)]
    reasons = tuple(f"{said(each)} is {holidays.get(each) or f'a {each:%A}'}" for each in skipped)
    return Payday(period, due, day, second, reasons)


def said(day: date) -> str:
    """Return a day without its year, as people say it: "5 November"."""
    return f"{day.day} {day:%B}"


def next_payday(period: AssessmentPeriod, today: date, holidays: Mapping[date, str]) -> Payday:
    """Return the first payday that is not before `today`, which lies in `period` or is the day after it."""
    earlier = payday(period.preceding(), holidays)
    return earlier if earlier.day >= today else payday(period, holidays)


def _before(due: date, holidays: Mapping[date, str]) -> date:
    while due.weekday() >= _SATURDAY or due in holidays:
        due -= _DAY
    return due
