"""Universal Credit assessment periods: one calendar month from the day of the claim, or as a letter says."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jamjar.errors import InvalidBudget

FIRST_YEAR, LAST_YEAR = 2000, 2199
"""The first and last year in which a period may start; dates outside them are refused as mistakes."""

_DAY = timedelta(days=1)
_LONGEST = 62
_FEBRUARY = 2


@dataclass(frozen=True, slots=True)
class AssessmentPeriod:
    """One month of a claim, both days included, by the Universal Credit Regulations 2013, regulation 21.

    `claim_day` is the day of the month of the claim, 1 to 31, or None for the dates of a letter. 31 means the last day
    of each month; 29 and 30 start on 27 February, in a leap year on the 28th (regulation 21(2)), or on that month's
    last day, as plainer descriptions and letters have it. It does not follow from `start` alone.
    The dates of a letter may have any length up to two months: a first period is as long as the department determines
    (regulation 21A(2)(a)), and the period after it starts as if the claim did (21A(2)(c)).

    Raises InvalidBudget for days that are not a period's, and outside the years 2000 to 2199; its methods, too.
    """

    claim_day: int | None
    start: date
    end: date

    def __post_init__(self) -> None:
        day = self.claim_day
        if day is not None and (isinstance(day, bool) or not isinstance(day, int) or not 1 <= day <= 31):
            raise InvalidBudget("The claim day is not a day of the month; give an int from 1 to 31.")
        start, end = _checked(self.start, "The period's start"), _plain(self.end, "The period's end")
        if day is None:
            if not 0 <= (end - start).days < _LONGEST:
                raise InvalidBudget(
                    "The dates are not those of an assessment period; give its first and last day as the letter says."
                )
            return
        month = start.year * 12 + start.month - 1
        if start not in _starts(day, month):
            raise InvalidBudget(
                "The period does not start on its claim day; leave the claim day out (in JSON: null) for a"
                " letter's dates."
            )
        if end + _DAY not in _starts(day, month + 1):
            raise InvalidBudget(
                "The period does not end the day before the next starts; leave the claim day out (in JSON: null) for a"
                " letter's dates."
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
        return cls._starting(claimed, month)

    @classmethod
    def nth(cls, claim_date: date, n: int) -> AssessmentPeriod:
        """Return the `n`-th period of a claim; the first, which starts on `claim_date`, is 1.

        Raises InvalidBudget for an `n` below 1.
        """
        claimed = _checked(claim_date, "The claim date")
        if isinstance(n, bool) or not isinstance(n, int) or n < 1:
            raise InvalidBudget(
                "The number of the period is not an int of 1 or more; count the periods of a claim from 1."
            )
        return cls._starting(claimed, claimed.year * 12 + claimed.month - 1 + n - 1)

    @classmethod
    def ending(cls, claim_day: int, start: date) -> AssessmentPeriod:
        """Return the period of a claim day that starts on `start`; raises InvalidBudget where none does."""
        first = _checked(start, "The period's start")
        if isinstance(claim_day, bool) or not isinstance(claim_day, int) or not 1 <= claim_day <= 31:
            raise InvalidBudget("The claim day is not a day of the month; give an int from 1 to 31.")
        return cls(claim_day, first, _start(claim_day, first.year * 12 + first.month) - _DAY)

    def following(self) -> AssessmentPeriod:
        """Return the period that starts the day after this one ends."""
        start = self.end + _DAY
        return self.ending(self.claim_day or start.day, start)

    def preceding(self) -> AssessmentPeriod:
        """Return the period that ends the day before this one starts, by the regulation.

        Warning: a period does not include the date of the claim, so the result may lie before the claim.
        """
        claim_day = self.claim_day or self.start.day
        start = _start(claim_day, self.start.year * 12 + self.start.month - 2)
        return AssessmentPeriod(claim_day, start, self.start - _DAY)

    @classmethod
    def _starting(cls, claimed: date, month: int) -> AssessmentPeriod:
        # A claim of 29 February starts on that day; only later periods start by the rule for February.
        start = max(_start(claimed.day, month), claimed)
        return cls(claimed.day, start, _start(claimed.day, month + 1) - _DAY)


def _start(claim_day: int, month: int) -> date:
    """Return when the period of a claim day starts in `month`, counted from year 0, by regulation 21(2)."""
    year, month0 = divmod(month, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:
        raise InvalidBudget(f"The period does not start in the years {FIRST_YEAR} to {LAST_YEAR}; check the dates.")
    last = monthrange(year, month0 + 1)[1]
    is_earlier = month0 + 1 == _FEBRUARY and claim_day in (29, 30)
    return date(year, month0 + 1, last - 1 if is_earlier else min(claim_day, last))


def _starts(claim_day: int, month: int) -> tuple[date, date]:
    """Return when a period may start in `month`: by the regulation, and on the claim day or a short month's last."""
    by_regulation = _start(claim_day, month)
    last = monthrange(by_regulation.year, by_regulation.month)[1]
    return by_regulation, by_regulation.replace(day=min(claim_day, last))


def _plain(value: object, what: str) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise InvalidBudget(f"{what} is a {type(value).__name__}; give a datetime.date.")
    return value


def _checked(value: object, what: str) -> date:
    day = _plain(value, what)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidBudget(f"{what} is outside the years {FIRST_YEAR} to {LAST_YEAR}; correct it.")
    return day
