"""What a claimant's own rows say of the days ahead: what is left a day, what is still to come, what runs out when.

Every figure is reckoned from the plan and the transactions given; `sentences` puts them in words, and judges nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from jamjar.bank.explaining import EVERYDAY
from jamjar.bank.falling import fallen
from jamjar.bank.month import Month
from jamjar.plan import catalogue
from jamjar.plan.money import format_pounds
from jamjar.plan.payday import said
from jamjar.plan.typed_amount import UNIVERSAL_CREDIT

_DAY = timedelta(days=1)
_DIFFERENCES = 3
_TEN = 10  # payments a year that are a bill of a month, and none in two
_SET_ASIDE = 6  # payments a year, below which a month's share is set aside for a later bill


@dataclass(frozen=True, slots=True)
class Everyday:
    """Jars for every day from one payday to the next, in pence; `days` are left, today among them: one at least.

    Where the plan has no Universal Credit, they are those of the period, and `payday` is the day after its end.
    """

    since: date
    payday: date
    planned: int = field(repr=False)
    spent: int = field(repr=False)
    days: int
    is_paid: bool = True

    @property
    def left(self) -> int:
        """What is left, negative when more was spent."""
        return self.planned - self.spent

    @property
    def a_day(self) -> int:
        """What is left for each day, rounded down; zero when nothing is."""
        return max(self.left, 0) // self.days


@dataclass(frozen=True, slots=True)
class Bill:
    """A jar of which some is still to be paid in the period, in pence, and when it was paid last, if it ever was."""

    label: str
    pence: int = field(repr=False)
    last: date | None
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """What a jar or income line comes to so far, beside the same days of the month before, in pence."""

    label: str
    before: int = field(repr=False)
    now: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A month as of `today`.

    empty      labels of jars for every day of which nothing is left
    runs_out   the first jar for every day that is used up at its pace so far, and on which day; None if none is
    compared   whether there are transactions from the first day of the month before, or earlier
    """

    today: date
    month: Month
    everyday: Everyday
    empty: tuple[str, ...]
    runs_out: tuple[str, date] | None
    bills: tuple[Bill, ...]
    differences: tuple[Difference, ...]
    compared: bool


def outlook(month: Month, today: date, since: date, payday: date) -> Outlook:
    """Return the outlook of a month on `today`, which is in it; `since` is the payday before, `payday` the next.

    Neither counts where the plan has no Universal Credit.
    """
    jars = [jar for jar in month.spending.jars if jar.code.startswith(EVERYDAY)]
    elapsed = (today - month.start).days + 1
    ends = []
    for jar in jars:
        if jar.spent > 0 and jar.left:
            used_up = month.start + _DAY * (-(-jar.held * elapsed // jar.spent) - 1)
            if used_up <= month.until:
                ends.append((used_up, jar.label))
    found = min(ends, default=None)
    return Outlook(
        today,
        month,
        _everyday(month, today, since, payday),
        tuple(jar.label for jar in jars if jar.spent > 0 and not jar.left),
        (found[1], found[0]) if found else None,
        tuple(_bills(month)),
        *_differences(month, today),
    )


def sentences(found: Outlook) -> tuple[str, ...]:
    """Return an outlook in words."""
    return (*_of_everyday(found.everyday), *_of_jars(found), *_of_bills(found), *_of_differences(found), *_rest(found))


def _everyday(month: Month, today: date, since: date, payday: date) -> Everyday:
    is_paid = any(line.code == UNIVERSAL_CREDIT for line in month.plan.lines)
    if not is_paid:
        since, payday = month.start, month.until + _DAY
    plan = month.before if month.before and since < month.start else month.plan
    rows = (each for each in month.transactions if since <= each.day <= today and each.counts)
    spent = -sum(each.pence for each in rows if (month.rules.code_of(each) or "").startswith(EVERYDAY))
    planned = plan.budget.total(EVERYDAY.rstrip("."))
    if plan is month.plan:
        planned += sum(jar.carried for jar in month.spending.jars if jar.code.startswith(EVERYDAY))
    return Everyday(since, payday, planned, spent, (payday - today).days, is_paid)


def _bills(month: Month) -> Iterator[Bill]:
    """Yield what is still to come of jars that are not for every day, in the catalogue's order."""
    spent = {jar.code: jar for jar in month.spending.jars}
    for line in month.plan.lines:
        jar = spent.get(line.code)
        if jar is None or line.code.startswith(EVERYDAY):
            continue
        paid = month.payments(line.code, date.min, month.until)
        falls = fallen(month, line)
        made = len([each for each in paid if each.day >= month.start])
        often = line.amount.often
        left = len(falls[made:]) * line.amount.pence if falls else jar.left
        if often.payments == _TEN:
            left = 0 if made else line.amount.pence
        if left:
            share = often.payments < _SET_ASIDE
            yield Bill(jar.label, left, paid[-1].day if paid else None, set_aside=share)
    for kind in ("debts.priority", "debts.non-priority"):
        if (jar := spent.get(kind)) and jar.left:
            paid = month.payments(kind, date.min, month.until)
            yield Bill(jar.label, jar.left, paid[-1].day if paid else None)


def _differences(month: Month, today: date) -> tuple[tuple[Difference, ...], bool]:
    """Return the largest differences to the same days of the period before, and whether transactions cover it."""
    before = month.plan.period.preceding()
    until = min(before.start + (today - month.start), before.end)
    sums = [_sums(month, before.start, until), _sums(month, month.start, today)]
    found = [
        Difference(line.label, *((-side[code] if line.is_jar else side[code]) for side in sums))
        for code, line in catalogue.LINES.items()
        if sums[0][code] != sums[1][code]
    ]
    found.sort(key=lambda each: -abs(each.now - each.before))
    return tuple(found[:_DIFFERENCES]), any(each.day <= before.start for each in month.transactions)


def _sums(month: Month, start: date, end: date) -> Counter[str]:
    found = Counter[str]()
    for each in month.moved(start, end):
        if code := month.rules.code_of(each):
            found[code] += each.pence
    return found


def _of_everyday(found: Everyday) -> Iterator[str]:
    planned, spent, left, a_day = map(format_pounds, (found.planned, found.spent, found.left, found.a_day))
    days = "1 day" if found.days == 1 else f"{found.days} days"
    began = "payday on" if found.is_paid else "the period began on"
    start = f"Jars for every day since {began} {said(found.since)}: {planned} planned, {spent} spent"
    until = f"payday on {said(found.payday)}" if found.is_paid else f"the period ends on {said(found.payday - _DAY)}"
    if found.left > 0:
        yield f"{start}, {left} left: {a_day} a day for the {days} until {until}."
    else:
        yield f"{start}; {days} are left until {until}."


def _of_jars(found: Outlook) -> Iterator[str]:
    for label in found.empty:
        yield f"{label}: all that was planned is spent."
    elapsed = (found.today - found.month.start).days + 1
    pace = "today's pace" if elapsed == 1 else f"the pace of these {elapsed} days"
    if found.runs_out:
        label, day = found.runs_out
        yield f"At {pace}, {label} runs out first, on {said(day)}."
    elif not found.empty and found.everyday.planned:
        yield f"At {pace}, no jar for every day runs out before the period ends on {said(found.month.until)}."


def _of_bills(found: Outlook) -> Iterator[str]:
    bills, shares = ([each for each in found.bills if each.set_aside == aside] for aside in (False, True))
    for each, name in ((bills, "Still to come"), (shares, "To set aside")):
        if each:
            total = f"; {format_pounds(sum(bill.pence for bill in each))} in all" if len(each) > 1 else ""
            yield f"{name} by {said(found.month.until)}: {', '.join(map(_bill, each))}{total}."
    if not bills:
        yield "No planned bill is still to come in this period."


def _bill(bill: Bill) -> str:
    last = f" (last paid on {said(bill.last)})" if bill.last else ""
    return f"{bill.label} {format_pounds(bill.pence)}{last}"


def _of_differences(found: Outlook) -> Iterator[str]:
    if not found.compared:
        return
    for each in found.differences:
        now, before = format_pounds(each.now), format_pounds(each.before)
        yield f"{each.label}: {now} so far, {before} by this day of the month before."
    if not found.differences:
        yield "So far, every jar is as by this day of the month before."


def _rest(found: Outlook) -> Iterator[str]:
    spending = found.month.spending
    if spending.unassigned_out or spending.unassigned_in:
        out, into = format_pounds(spending.unassigned_out), format_pounds(spending.unassigned_in)
        yield f"No jar has {out} paid and {into} received yet; jamjar wallet unassigned lists them."
    if spending.pending_out:
        yield f"{format_pounds(spending.pending_out)} is not booked yet, and counts once it is."
