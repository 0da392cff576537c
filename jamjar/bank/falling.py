"""On which days a payment by the week falls in a period, reckoned from the last one that was made."""

from __future__ import annotations

from datetime import date, timedelta

from jamjar.bank.month import Month
from jamjar.plan.plan import PlannedLine


def fallen(month: Month, line: PlannedLine) -> tuple[date, ...]:
    """Return the days of the month's period on which a line by the week falls, none where no payment is known.

    They follow the newest payment up to the end of the period, in either direction.
    """
    step = timedelta(days=line.amount.often.days)
    known = month.payments(line.code, date.min, month.until)
    if not step or not known:
        return ()
    day = known[-1].day
    day -= (day - month.start) // step * step  # the first that is not before the period
    found = []
    while day <= month.until:
        found.append(day)
        day += step
    return tuple(found)
