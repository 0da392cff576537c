"""What the last months' transactions suggest for a plan; it is shown beside a question, and moves nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from jamjar.bank.rules import TRANSFER, Rules
from jamjar.bank.transaction import Transaction
from jamjar.plan import catalogue
from jamjar.plan.period import AssessmentPeriod

_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one line came to, in pence: in the `last` month, and on average of the `months` that transactions cover."""

    last: int = field(repr=False)
    average: int = field(repr=False)
    months: int


def suggestions(transactions: Iterable[Transaction], rules: Rules, period: AssessmentPeriod) -> dict[str, Suggestion]:
    """Return, by code, what was received or paid in the three months before `period`, where that is above zero.

    A month counts if there are transactions from its first day, or earlier; the last one always does.
    """
    rows = list(transactions)
    first = min((each.day for each in rows), default=period.end)
    before = [period.preceding()]
    while len(before) < _MONTHS:
        before.append(before[-1].preceding())
    sums = [Counter[str]() for _ in before]
    for each in rows:
        if not each.counts or not before[-1].start <= each.day <= before[0].end:
            continue
        code = rules.code_of(each)
        if code is None or code == TRANSFER:
            continue
        place = next(place for place, month in enumerate(before) if month.start <= each.day)
        sums[place][code] += -each.pence if catalogue.line(code).is_jar else each.pence
    months = max(1, sum(first <= month.start for month in before))
    found = dict[str, Suggestion]()
    for code in catalogue.LINES:
        average = sum(month[code] for month in sums[:months]) // months
        if average > 0:
            found[code] = Suggestion(max(sums[0][code], 0), average, months)
    return found
