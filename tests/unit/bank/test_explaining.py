"""Why a period differs from its plan: sentences from the claimant's own rows, and no false gap."""

from datetime import date

import pytest

from jamjar.bank.explaining import explained
from jamjar.bank.month import Month, month
from jamjar.bank.rules import Rule, Rules
from jamjar.bank.transaction import Transaction
from jamjar.plan import plan_file
from jamjar.plan.plan import Plan

RULES = Rules(
    (
        Rule("child", "income.benefits.child-benefit"), Rule("dwp", "income.benefits.universal-credit"),
        Rule("wages", "income.earnings.salary"), Rule("council", "fixed.home.rent"),
    )
)  # fmt: skip


def plan(text: str, start: str = "2026-11-05") -> Plan:
    return plan_file.read(f"from = {start}\n{text}")


def rows(*made: tuple[str, int, str]) -> list[Transaction]:
    return [
        Transaction(f"{number:032x}", f"{1:016x}", date.fromisoformat(day), pence, payee)
        for number, (day, pence, payee) in enumerate(made)
    ]


def of(plans: list[Plan], *made: tuple[str, int, str]) -> Month:
    return month(plans, plans[-1], rows(*made), RULES)


CHILD = plan('[income.benefits]\nchild-benefit = "103 four-weekly"')


def test_child_benefit_that_falls_twice_into_a_period() -> None:
    found = of([CHILD], ("2026-11-05", 10300, "Child Benefit"), ("2026-12-03", 10300, "Child Benefit"))
    assert [(each.planned, each.received) for each in found.spending.receipts] == [(11158, 20600)]
    assert explained(found) == (
        "Child Benefit: 2 payments fall into this period, on 5 November and 3 December; 2 so far, £206.00."
        " The plan has the average month: £103.00 four-weekly x 13/12 = £111.58.",
    )


def test_child_benefit_that_falls_once_is_not_short() -> None:
    found = of([CHILD], ("2026-10-20", 10300, "Child Benefit"), ("2026-11-17", 10300, "Child Benefit"))
    assert explained(found)[0].startswith(
        "Child Benefit: 1 payment falls into this period, on 17 November; 1 so far, £103.00."
    )


def test_child_benefit_that_is_planned_by_the_month() -> None:
    averaged = plan("[income.benefits]\nchild-benefit = 111.58")
    found = of([averaged], ("2026-11-05", 10300, "Child Benefit"), ("2026-12-03", 10300, "Child Benefit"))
    assert explained(found) == (
        "Child Benefit: 2 payments came in this period, on 5 November and 3 December, £206.00 in all; what comes by the"
        " week comes oftener into some periods than others.",
    )


def test_weekly_rent_that_is_still_to_come() -> None:
    rent = plan('[fixed.home]\nrent = "100 weekly"')
    found = of([rent], ("2026-11-02", -10000, "Council"), ("2026-11-09", -10000, "Council"))
    assert (
        "4 payments fall into this period, on 9 November, 16 November, 23 November and 30 November; 1"
        in (explained(found)[0])
    )


def test_money_that_never_reaches_the_account() -> None:
    managed = plan(
        '[income.benefits]\nuniversal-credit = 400\nhousing = 500\n[fixed.home]\nrent = "500, direct"\n[[debt]]\n'
        'creditor = "Advance"\nkind = "priority"\nowed = 500\npays = "50, direct"'
    )
    found = of([managed], ("2026-11-11", 35000, "DWP UC"))
    assert {each.code: (each.planned, each.received) for each in found.spending.receipts} == {
        "income.benefits.universal-credit": (40000, 40000), "income.benefits.housing": (50000, 50000)
    }  # fmt: skip
    assert {each.code: (each.planned, each.spent) for each in found.spending.jars} == {
        "fixed.home.rent": (50000, 50000), "debts.priority": (5000, 5000)
    }  # fmt: skip
    assert [sentence.partition(", and")[0] for sentence in explained(found)] == [
        "Rent: £500.00 is paid direct out of Housing allowance",
        "Advance: £50.00 is paid direct out of Universal Credit or tax credits",
    ]


def test_two_wages_in_one_period_and_none_in_the_next() -> None:
    november, december = (plan("[income.earnings]\nsalary = 600", start) for start in ("2026-11-24", "2026-12-24"))
    made = (("2026-11-26", 60000, "CARE WAGES"), ("2026-12-22", 60000, "CARE WAGES"))
    found = of([november], *made)
    assert found.spending.receipts[0].received == 120000
    assert explained(found) == (
        "Salary or wages: 2 payments came in this period, on 26 November and 22 December, £1,200.00 in all; the plan"
        " has one month. Universal Credit counts pay in the period in which it comes.",
    )
    assert explained(of([november, december], *made)) == (
        "Salary or wages: 2 payments came in the period before, the last on 22 December.",
    )


@pytest.mark.parametrize(("carries", "held"), [("", 2000), (", carry over", 4000)])
def test_a_jar_that_carries_over_and_one_that_does_not(carries: str, held: int) -> None:
    text = f'[fixed.transport]\ncar-insurance = "20{carries}"'
    found = of([plan(text), plan(text, "2026-12-05")])
    assert [(each.planned, each.held, each.left) for each in found.spending.jars] == [(2000, held, held)]
    assert ("begin anew" in explained(found)[0]) == (not carries)


def test_what_is_carried_grows_over_the_periods_and_shrinks_when_it_is_spent() -> None:
    text = '[fixed.home]\nrent = "20, carry over"'
    plans = [plan(text, f"2026-{month_:02}-05") for month_ in (8, 9, 10, 11)]
    found = of(plans, ("2026-09-20", -3000, "Council"), ("2026-10-20", -9000, "Council"))
    assert [(each.carried, each.left) for each in found.spending.jars] == [(0, 2000)]  # 20, 40 - 30, 30 - 90, 20
    assert of([plans[0], plans[3]]).spending.carried == 0  # two months without a plan are between them


def test_a_plan_that_another_follows_before_its_end() -> None:
    first, second = plan("claim_day = 28\nsavings = 1", "2026-10-28"), plan("[fixed.home]\nrent = 2", "2026-11-15")
    made = rows(("2026-11-14", -100, "Council"), ("2026-11-15", -200, "Council"))
    older = month([first, second], first, made, RULES)
    newer = month([first, second], second, made, RULES)
    assert (older.spending.spent, newer.spending.spent, older.until) == (100, 200, date(2026, 11, 14))
    assert explained(older)[-1] == "This plan counts until 14 November, as another starts then."
