"""Sentences that say why a period's figures differ from the plan without anything being missing or wrong.

Each is reckoned from the claimant's own plan and rows, and judges nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from jamjar.bank.falling import fallen
from jamjar.bank.month import Month
from jamjar.plan import catalogue
from jamjar.plan.frequency import MONTHLY
from jamjar.plan.money import format_pounds
from jamjar.plan.payday import said
from jamjar.plan.typed_amount import UNIVERSAL_CREDIT

EVERYDAY = "flexible."
"""Begins the codes of the jars for every day; all others hold bills, savings and debts."""
_WEEKS = (7, 14, 28)
_RENT = "fixed.home.rent"
_AWARD = (UNIVERSAL_CREDIT, "income.benefits.housing")


def explained(month: Month) -> tuple[str, ...]:
    """Return the sentences about a month: what is paid direct, falls by the week, came twice, or was carried over."""
    return (
        *_direct(month),
        *_not_direct(month),
        *_by_the_week(month),
        *_together(month),
        *_carried(month),
        *_followed(month),
    )


def days(found: Iterable[date]) -> str:
    """Return days as a list in words, such as "5 November and 3 December"."""
    *most, last = map(said, found)
    return f"{', '.join(most)} and {last}" if most else last


def _direct(month: Month) -> Iterator[str]:
    for each in month.plan.paid_direct:
        income = catalogue.line(each.income).label
        yield (
            f"{each.name}: {format_pounds(each.pence)} is paid direct out of {income}, and never reaches your account;"
            " it counts as received and as paid."
        )


def _not_direct(month: Month) -> Iterator[str]:
    """Ask whether rent is paid direct, where the award came without it and no rent went out."""
    lines = {line.code: line for line in month.plan.lines}
    rent = lines.get(_RENT)
    if rent is None or rent.amount.direct or month.payments(_RENT, month.start, month.until):
        return
    came = sum(each.pence for code in _AWARD for each in month.payments(code, month.start, month.until))
    planned = sum(lines[code].amount.month - month.plan.direct.get(code, 0) for code in _AWARD if code in lines)
    if came > 0 and 0 < rent.amount.month <= planned - came:
        yield (
            f"{format_pounds(planned - came)} less came in of {catalogue.line(UNIVERSAL_CREDIT).label} than is planned,"
            " and no rent went out. If your rent is paid to the landlord before the rest arrives, say so:"
            f' jamjar wallet plan --set "{_RENT}={rent.amount.written}, direct".'
        )


def _by_the_week(month: Month) -> Iterator[str]:
    """Explain income and bills of which more or less than the average month falls into the period."""
    for line in month.plan.lines:
        label, falls = catalogue.line(line.code).label, fallen(month, line)
        made = month.payments(line.code, month.start, month.until)
        if line.amount.often == MONTHLY or line.code.startswith(EVERYDAY):
            continue
        average = f"the average month: {line.amount.reckoned} = {format_pounds(line.amount.month)}"
        total = format_pounds(sum(abs(each.pence) for each in made))
        if made and not line.amount.often.days:
            yield f"{label}: {total} in this period; the plan has {average}."
        if not falls:
            continue
        times = "1 payment falls" if len(falls) == 1 else f"{len(falls)} payments fall"
        yield (
            f"{label}: {times} into this period, on {days(falls)}; {len(made)} so far, {total}. The plan has {average}."
        )


def _together(month: Month) -> Iterator[str]:
    """Explain pay of two months in one period and none in the next, and what comes by the week and is planned by month.

    Universal Credit itself may be paid in two parts, so two payments of it are as planned.
    """
    for line in month.plan.lines:
        is_pay = line.code.startswith("income.earnings.")
        if not line.code.startswith("income.") or line.amount.often != MONTHLY or line.code == UNIVERSAL_CREDIT:
            continue
        label, made = catalogue.line(line.code).label, month.payments(line.code, month.start, month.until)
        if len(made) > 1:
            came = f"{label}: {len(made)} payments came in this period, on {days(each.day for each in made)}"
            total = format_pounds(sum(each.pence for each in made))
            if is_pay:
                why = "Universal Credit counts pay in the period in which it comes."
                yield f"{came}, {total} in all; the plan has one month. {why}"
            elif (made[-1].day - made[-2].day).days in _WEEKS:
                yield f"{came}, {total} in all; what comes by the week comes oftener into some periods than others."
        elif not made and is_pay and month.before is not None:
            period = month.before.period
            earlier = month.payments(line.code, period.start, period.end)
            if len(earlier) > 1:
                last = said(earlier[-1].day)
                yield f"{label}: {len(earlier)} payments came in the period before, the last on {last}."


def _carried(month: Month) -> Iterator[str]:
    for jar in month.spending.jars:
        if jar.carried:
            yield f"{jar.label}: {format_pounds(jar.carried)} was carried over from the period before."
    left = month.earlier.jars if month.earlier else ()
    if any(jar.left and jar.code not in month.plan.carrying for jar in left):
        yield "Other jars begin anew with the period; one keeps what is left where the plan says carry over beside it."


def _followed(month: Month) -> Iterator[str]:
    if month.until < month.plan.period.end:
        yield f"This plan counts until {said(month.until)}, as another starts then."
