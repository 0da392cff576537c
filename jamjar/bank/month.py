"""One planned period as the claimant's own rows have it: what was spent, received, carried over, and paid when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from jamjar.bank.rules import TRANSFER, Rules, reversed_holds
from jamjar.bank.spending import Spending, spending
from jamjar.bank.transaction import Transaction
from jamjar.plan.plan import Plan

_DAY = timedelta(days=1)
_KNOWN_FOR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Month:
    """A plan, the one that ends where it begins, if there is one, and the claimant's transactions.

    until    the last day that counts for this plan: a later plan may start before its end
    by_code  what counts of the year before the period, and of the period, by jar or income line and by day
    """

    plan: Plan
    before: Plan | None
    until: date
    spending: Spending
    earlier: Spending | None
    transactions: tuple[Transaction, ...] = field(repr=False)
    rules: Rules = field(repr=False)
    by_code: Mapping[str, tuple[Transaction, ...]] = field(repr=False)

    @property
    def start(self) -> date:
        """The first day of the period."""
        return self.plan.period.start

    def payments(self, code: str, start: date, end: date) -> tuple[Transaction, ...]:
        """Return what was received for an income line, or paid from a jar, from one day to another, by day."""
        sign = 1 if code.startswith("income.") else -1
        return tuple(each for each in self.by_code.get(code, ()) if start <= each.day <= end and each.pence * sign > 0)

    def moved(self, start: date, end: date) -> tuple[Transaction, ...]:
        """Return what came in and went out in these days, without transfers and holds that were given back."""
        near = [each for each in self.transactions if start <= each.day <= end and each.counts]
        nothing = reversed_holds(near, self.rules)
        return tuple(each for each in near if each.key not in nothing and self.rules.code_of(each) != TRANSFER)


def month(plans: Sequence[Plan], plan: Plan, transactions: Iterable[Transaction], rules: Rules) -> Month:
    """Return the month of `plan`, which is one of `plans`; these are ordered by their first days.

    A jar that carries over holds what was left of it in the plan before, if that ends where this one begins.
    """
    rows = tuple(sorted(transactions, key=lambda each: (each.day, each.key)))
    place = plans.index(plan)
    first = place
    while first and _follows(plans[first - 1], plans[first]):
        first -= 1
        if not plans[first].carrying:  # so nothing came into it from before
            break
    found: list[Spending] = []
    ends = []
    for at in range(first, place + 1):
        each = plans[at]
        later = plans[at + 1].period.start - _DAY if at + 1 < len(plans) else each.period.end
        ends.append(min(each.period.end, later))
        carried = {jar.code: jar.left for jar in found[-1].jars if jar.code in each.carrying} if found else {}
        found.append(spending(each, rows, rules, carried=carried, until=ends[-1]))
    has_before = first < place
    by_code = defaultdict[str, list[Transaction]](list)
    for row in rows:
        if row.counts and plan.period.start - _KNOWN_FOR <= row.day <= ends[-1] and (code := rules.code_of(row)):
            by_code[code].append(row)
    return Month(
        plan,
        plans[place - 1] if has_before else None,
        ends[-1],
        found[-1],
        found[-2] if has_before else None,
        rows,
        rules,
        {code: tuple(coded) for code, coded in by_code.items()},
    )


def _follows(before: Plan, after: Plan) -> bool:
    return before.period.end + _DAY >= after.period.start
