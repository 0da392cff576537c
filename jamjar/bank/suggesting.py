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
    """What one line came to, in pence: in the `last` month, and on average of the `months` that have transactions."""

    last: int = field(repr=False)
    average: int = field(repr=False)
    months: int


def suggestions(transactions: Iterable[Transaction], rules: Rules, period: AssessmentPeriod) -> dict[str, Suggestion]:
    """Return, by code, what was received or paid in the three months before `period`, where that is above zero."""
    before = [period.preceding()]
    while len(before) < _MONTHS:
        before.append(before[-1].preceding())
    sums = [Counter[str]() for _ in before]
    for each in transactions:
        if not each.counts or not before[-1].start <= each.day <= before[0].end:
            continue
        code = rules.code_of(each)
        if code is None or code == TRANSFER:
            continue
        place = next(place for place, month in enumerate(before) if month.start <= each.day)
        sums[place][code] += -each.pence if catalogue.line(code).is_jar else each.pence
    months = max((place + 1 for place, found in enumerate(sums) if found), default=0)
    found = dict[str, Suggestion]()
    for code in catalogue.LINES:
        average = sum(month[code] for month in sums) // months if months else 0
        if average > 0:
            found[code] = Suggestion(max(sums[0][code], 0), average, months)
    return found
