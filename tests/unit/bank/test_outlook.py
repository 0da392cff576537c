"""The days ahead, in sentences reckoned from a claimant's own rows, by hand here; none tells a person off.

Given the days since payday   what is left a day, over the payday window, also before the period's first payday
Given a pace                  the first jar that runs out, or none; what is spent up is said
Given bills                   those still to come, with the last day; by the week, those that still fall
Given the month before        the largest differences to the same days
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.bank.month import Month, month
from jamjar.bank.outlook import Outlook, outlook, sentences
from jamjar.bank.rules import Rule, Rules
from tests.unit.bank.test_explaining import plan, rows

RULES = Rules(
    (
        Rule("grocer", "flexible.food.groceries"), Rule("shoes", "flexible.personal.clothing"),
        Rule("council", "fixed.home.rent"), Rule("dwp", "income.benefits.universal-credit"),
        Rule("catalogue", "debts.non-priority"),
    )
)  # fmt: skip
PLAN = plan(
    '[income.benefits]\nuniversal-credit = 900\n[fixed.home]\nrent = "100 weekly"\ncouncil-tax = 125\n'
    '[fixed.transport]\ncar-insurance = "240 yearly"\n[flexible.food]\ngroceries = 200\n'
    '[flexible.personal]\nclothing = 20\n[[debt]]\ncreditor = "Catalogue"\nkind = "non-priority"\nowed = 90\npays = 10'
)
MADE = (
    ("2026-10-04", -9000, "Grocer"),
    ("2026-10-12", -9000, "Grocer"), ("2026-10-30", -1000, "Grocer"), ("2026-11-02", -10000, "Council"),
    ("2026-11-06", -3000, "Grocer"), ("2026-11-09", -10000, "Council"), ("2026-11-11", 90000, "DWP UC"),
    ("2026-11-12", -6000, "Grocer"), ("2026-11-16", -10000, "Council"), ("2026-11-18", -2000, "Shoes"),
    ("2026-11-19", -4500, "Nobody knows"),
)  # fmt: skip
OFF = ("should", "must", "too much", "overspen", "careful", "warning", "bad", "sorry", "unfortunately", "only", "!")


def on(today: date, since: date, payday: date, *made: tuple[str, int, str]) -> Outlook:
    found = [each for each in made if date.fromisoformat(each[0]) <= today]
    return outlook(month([PLAN], PLAN, rows(*found), RULES), today, since, payday)


def test_a_day_in_the_month() -> None:
    found = on(date(2026, 11, 20), date(2026, 11, 11), date(2026, 12, 11), *MADE)
    assert sentences(found) == (
        "Jars for every day since payday on 11 November: £220.00 planned, £80.00 spent, £140.00 left:"
        " £6.66 a day for the 21 days until payday on 11 December.",
        "Clothing and footwear: all that was planned is spent.",
        "Still to come by 4 December: Rent £200.00 (last paid on 16 November), Council tax £125.00, Non-priority debts"
        " £10.00; £335.00 in all.",
        "To set aside by 4 December: Car insurance £20.00.",
        "Universal Credit or tax credits: £900.00 so far, £0.00 by this day of the month before.",
        "Rent: £200.00 so far, £0.00 by this day of the month before.",
        "Clothing and footwear: £20.00 so far, £0.00 by this day of the month before.",
        "No jar has £45.00 paid and £0.00 received yet; jamjar wallet unassigned lists them.",
    )


@pytest.mark.parametrize(
    ("today", "runs_out"),
    [
        (date(2026, 11, 6), (("Groceries", date(2026, 11, 18)))),  # £30 in 2 days: £200 in 14
        (date(2026, 11, 12), ("Groceries", date(2026, 11, 22))),  # £90 in 8 days: £200 in 18
        (date(2026, 11, 20), None),  # £90 in 16 days: £200 in 36
    ],
)
def test_which_jar_runs_out_first(today: date, runs_out: tuple[str, date] | None) -> None:
    found = on(today, date(2026, 11, 11), date(2026, 12, 11), *MADE[:-2])
    assert found.runs_out == runs_out
    says = [each for each in sentences(found) if each.startswith("At the pace of these")]
    assert len(says) == 1
    assert ("runs out first" in says[0]) == bool(runs_out)


def test_before_the_first_payday_of_the_period_the_window_began_in_the_one_before() -> None:
    older = plan("[flexible.food]\ngroceries = 150", "2026-10-05")
    newer = month([older, PLAN], PLAN, rows(*MADE[:5]), RULES)
    found = outlook(newer, date(2026, 11, 7), date(2026, 10, 9), date(2026, 11, 11)).everyday
    assert (found.planned, found.spent, found.left, found.days, found.a_day) == (15000, 13000, 2000, 4, 500)


def test_a_plan_without_universal_credit_has_the_days_of_its_period() -> None:
    wages = plan("[income.earnings]\nsalary = 900\n[flexible.food]\ngroceries = 200")
    found = month([wages], wages, rows(("2026-11-06", -5000, "Grocer")), RULES)
    assert sentences(outlook(found, date(2026, 11, 20), date(2026, 11, 11), date(2026, 12, 11)))[0] == (
        "Jars for every day since the period began on 5 November: £200.00 planned, £50.00 spent, £150.00 left: £10.00 a"
        " day for the 15 days until the period ends on 4 December."
    )


def test_more_than_planned_is_said_without_a_word_on_it() -> None:
    found = on(date(2026, 11, 20), date(2026, 11, 11), date(2026, 12, 11), ("2026-11-12", -30000, "Grocer"))
    assert sentences(found)[0] == (
        "Jars for every day since payday on 11 November: £220.00 planned, £300.00 spent; 21 days are left"
        " until payday on 11 December."
    )


payees = st.sampled_from(["Grocer", "Shoes", "Council", "DWP", "X"])


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(-50000, 90000), payees)), st.integers(0, 29))
def test_whatever_happened_nobody_is_told_off(made: list[tuple[int, int, str]], day: int) -> None:
    today = PLAN.period.start + timedelta(days=day)
    money = [((PLAN.period.start + timedelta(days=at - 31)).isoformat(), pence, payee) for at, pence, payee in made]
    payday = date(2026, 11, 11) if today < date(2026, 11, 11) else date(2026, 12, 11)
    since = date(2026, 10, 9) if today < date(2026, 11, 11) else date(2026, 11, 11)
    found = on(today, since, payday, *money)
    for sentence in sentences(found):
        assert sentence.endswith(".")
        assert not [word for word in OFF if word in sentence.lower()]
    assert found.everyday.a_day * found.everyday.days <= max(found.everyday.left, 0)
    if found.runs_out:
        assert today <= found.runs_out[1] <= found.month.until


def test_a_month_without_rows() -> None:
    empty: Month = month([PLAN], PLAN, [], RULES)
    found = outlook(empty, date(2026, 11, 20), date(2026, 11, 11), date(2026, 12, 11))
    assert (found.compared, found.differences, found.runs_out) == (False, (), None)
    assert "no jar for every day runs out" in sentences(found)[1]
