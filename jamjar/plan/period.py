"""Universal Credit assessment periods: one calendar month from the day of the claim."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jamjar.errors import InvalidBudget

FIRST_YEAR, LAST_YEAR = 2000, 2199
"""The first and last year in which a period may start; dates outside them are refused as mistakes."""

_DAY = timedelta(days=1)
_PAID_AFTER = timedelta(days=7)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class AssessmentPeriod:
    """One month of a claim, both days included.

    `claim_day` is the day of the month of the claim, 1 to 31; 29 to 31 mean the last day of a shorter month.
    It does not follow from `start` alone: 28 February may belong to a claim of the 28th or of the 31st.

    Warning: for claims of the 29th or 30th this is the rule as published for claimants; regulation 21(2)(b) of
    the Universal Credit Regulations 2013 starts their February period on the 27th, in a leap year the 28th.
    """

    claim_day: int
    start: date
    end: date

    def __post_init__(self) -> None:
        day = self.claim_day
        if isinstance(day, bool) or not isinstance(day, int) or not 1 <= day <= 31:
            raise InvalidBudget("The claim day is not a day of the month; give an int from 1 to 31.")
        start, end = _checked(self.start, "The period's start"), _plain(self.end, "The period's end")
        if start != _start(day, start.year * 12 + start.month - 1):
            raise InvalidBudget("The period does not start on its claim day; use AssessmentPeriod.containing.")
        if end != _end(day, start):
            raise InvalidBudget(
                "The period does not end the day before the next starts; use AssessmentPeriod.containing."
            )

    @classmethod
    def containing(cls, claim_date: date, day: date) -> AssessmentPeriod:
        """Return the period of a claim made on `claim_date` in which `day` lies.

        Raises InvalidBudget when `day` is before the claim.
        """
        claimed, wanted = _checked(claim_date, "The claim date"), _checked(day, "The day")
        if wanted < claimed:
            raise InvalidBudget("The day is before the claim; choose the day of the claim or a later one.")
        month = wanted.year * 12 + wanted.month - 1
        if wanted < _start(claimed.day, month):
            month -= 1
        return cls._starting(claimed.day, month)

    @classmethod
    def nth(cls, claim_date: date, n: int) -> AssessmentPeriod:
        """Return the `n`-th period of a claim; the first, which starts on `claim_date`, is 1."""
        claimed = _checked(claim_date, "The claim date")
        if isinstance(n, bool) or not isinstance(n, int) or n < 1:
            raise InvalidBudget(
                "The number of the period is not an int of 1 or more; count the periods of a claim from 1."
            )
        return cls._starting(claimed.day, claimed.year * 12 + claimed.month - 1 + n - 1)

    def following(self) -> AssessmentPeriod:
        """Return the period that starts the day after this one ends."""
        return self._starting(self.claim_day, self.start.year * 12 + self.start.month)

    def preceding(self) -> AssessmentPeriod:
        """Return the period that ends the day before this one starts.

        Warning: a period does not include the date of the claim, so the result may lie before the claim.
        """
        return self._starting(self.claim_day, self.start.year * 12 + self.start.month - 2)

    def payday(self, bank_holidays: Set[date] = frozenset()) -> date:
        """Return the day on which this period is paid: 7 days after it ends, or the working day before that.

        Weekends and the given `bank_holidays` (of the claimant's nation) are not working days.
        """
        closed = {_plain(holiday, "A bank holiday") for holiday in bank_holidays}
        day = self.end + _PAID_AFTER
        while day.weekday() >= _SATURDAY or day in closed:
            day -= _DAY
        return day

    @classmethod
    def _starting(cls, claim_day: int, month: int) -> AssessmentPeriod:
        start = _start(claim_day, month)
        return cls(claim_day, start, _end(claim_day, start))


def _start(claim_day: int, month: int) -> date:
    """Return the claim day in `month`, counted from year 0, or the last day of a month without it."""
    year, month0 = divmod(month, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:
        raise InvalidBudget(f"The period does not start in the years {FIRST_YEAR} to {LAST_YEAR}; check the dates.")
    return date(year, month0 + 1, min(claim_day, monthrange(year, month0 + 1)[1]))


def _end(claim_day: int, start: date) -> date:
    return _start(claim_day, start.year * 12 + start.month) - _DAY


def _plain(value: object, what: str) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise InvalidBudget(f"{what} is a {type(value).__name__}; give a datetime.date.")
    return value


def _checked(value: object, what: str) -> date:
    day = _plain(value, what)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidBudget(f"{what} is outside the years {FIRST_YEAR} to {LAST_YEAR}; correct it.")
    return day
