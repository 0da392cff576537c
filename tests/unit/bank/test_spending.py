"""What was planned beside what was spent: the edges of the period, and every way money may go."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from jamjar.bank.rules import Rule, Rules
from jamjar.bank.spending import Income, JarSpending, Spending, spending
from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput
from jamjar.plan.budget import Budget, Debt, Line
from jamjar.plan.money import MAX_PENCE
from jamjar.plan.period import AssessmentPeriod
from jamjar.plan.plan import Plan

Made = Callable[..., Transaction]
PERIOD = AssessmentPeriod(12, date(2026, 3, 12), date(2026, 4, 11))
UC, GROCERIES, RENT = "income.benefits.universal-credit", "flexible.food.groceries", "fixed.home.rent"
BUDGET = Plan.of(
    Budget(
        PERIOD,
        (Line(UC, 42490), Line(RENT, 30000), Line(GROCERIES, 10000)),
        (Debt("priority", "Council", 50000, 1000), Debt("priority", "Energy", 9000, 500)),
    )
)
RULES = Rules((Rule("shop", GROCERIES), Rule("dwp", UC), Rule("council", "debts.priority"), Rule("pub", GROCERIES)))


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (JarSpending, (UC, 1, 1)), (JarSpending, ("rent", 1, 1)), (JarSpending, (RENT, -1, 1)),
        (JarSpending, (RENT, 1, MAX_PENCE + 1)), (JarSpending, (RENT, 1.0, 1)), (Income, (RENT, 1, 1)),
        (Income, (UC, 1, None)), (Spending, (PERIOD, (), (), -1)), (Spending, (PERIOD, (), (), 0, MAX_PENCE + 1)),
    ],
)  # fmt: skip
def test_refuses(kind: Any, fields: tuple[Any, ...]) -> None:
    with pytest.raises(InvalidInput):
        kind(*fields)


def test_a_sum_beyond_a_billion_pounds_is_refused(made: Made) -> None:
    with pytest.raises(InvalidInput, match="billion"):
        spending(BUDGET, [made(1, -MAX_PENCE), made(2, -1)], RULES)


def test_nothing_spent_yet() -> None:
    assert spending(BUDGET, [], RULES) == Spending(
        PERIOD,
        (JarSpending(RENT, 30000, 0), JarSpending(GROCERIES, 10000, 0), JarSpending("debts.priority", 1500, 0)),
        (Income(UC, 42490, 0),),
    )


def test_a_month(made: Made) -> None:
    money = [
        made(1, 42490, "DWP UC"),
        made(2, -8000), made(3, -2500, "Pub"), made(4, 300),  # a refund from the Corner Shop
        made(5, -1200, "Council"),
        made(6, -29000, "Rent pot", transfer=True),
        made(7, -730, "Cinema"), made(8, 1500, "Aunt"),
        made(9, -400, status="pending"), made(10, 90, status="pending"), made(11, -777, status="void"),
        made(12, -600, "Phone"), made(13, -250, "Dentist"),
    ]  # fmt: skip
    rules = RULES.correcting(money[11], "flexible.leisure.mobile").correcting(money[12], "transfer")
    month = spending(BUDGET, money, rules)
    assert month == Spending(
        PERIOD,
        (
            JarSpending(RENT, 30000, 0),
            JarSpending("flexible.leisure.mobile", 0, 600),
            JarSpending(GROCERIES, 10000, 10200),
            JarSpending("debts.priority", 1500, 1200),
        ),
        (Income(UC, 42490, 42490),),
        unassigned_out=730,
        unassigned_in=1500,
        pending_out=400,
        pending_in=90,
    )
    assert [(jar.left, jar.over) for jar in month.jars] == [(30000, 0), (0, 600), (0, 200), (300, 0)]
    assert (month.planned, month.spent, month.left, month.over) == (41500, 12730, 28770, 800)
    assert (month.expected, month.received) == (42490, 43990)


@pytest.mark.parametrize(("day", "spent"), [((3, 11), 0), ((3, 12), 100), ((4, 11), 100), ((4, 12), 0)])
def test_both_days_of_the_period_are_in_it(made: Made, day: tuple[int, int], spent: int) -> None:
    assert spending(BUDGET, [made(day=date(2026, *day))], RULES).spent == spent


def test_more_refunded_than_spent(made: Made) -> None:
    jar = spending(BUDGET, [made(1, 250)], RULES).jars[1]
    assert (jar.spent, jar.left, jar.over) == (-250, 10250, 0)


def test_all_may_be_overspent(made: Made) -> None:
    month = spending(BUDGET, [made(1, -50000)], RULES)
    assert (month.left, month.over) == (-8500, 40000)


def test_amounts_are_not_shown(made: Made) -> None:
    shown = repr(spending(BUDGET, [made(1, -7351), made(2, -7352, "Cinema")], RULES))
    assert not any(amount in shown for amount in ("7351", "7352", "42490"))
