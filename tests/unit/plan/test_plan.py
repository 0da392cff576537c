"""A plan as it was typed: it makes the budget, and is written as it is read.

When a budget's JSON says more    "every", "direct" and "carry" are understood, in either format
When something is paid direct     it counts for the jar, and against the income that it is taken off
Given any plan                    its JSON is the same plan
"""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidBudget
from jamjar.plan import plan_file
from jamjar.plan.budget import Budget, Debt, Line
from jamjar.plan.catalogue import LINES
from jamjar.plan.frequency import FREQUENCIES
from jamjar.plan.period import AssessmentPeriod
from jamjar.plan.plan import NATIONS, Plan, PlannedDebt, PlannedLine
from jamjar.plan.typed_amount import TypedAmount, typed

PERIOD = AssessmentPeriod.containing(date(2026, 11, 5), date(2026, 11, 5))
HEAD = "from = 2026-11-05\n"
PLANNED = """
nation = "scotland"
savings = 10
[income.benefits]
universal-credit = "900"
child-benefit = "103 four-weekly"
[fixed.home]
rent = "500, direct"
council-tax = "150 10 months"
[fixed.transport]
car-insurance = "240 yearly, carry over"
[flexible.food]
groceries = 50.5
[[debt]]
creditor = "DWP advance"
kind = "priority"
owed = "£450.00"
pays = "50, direct"
"""


def plan(*lines: tuple[str, str]) -> Plan:
    return Plan(PERIOD, tuple(PlannedLine(code, typed(text)) for code, text in lines))


def test_the_budget_of_a_plan() -> None:
    made = plan_file.read(HEAD + PLANNED)
    assert made.budget == Budget(
        PERIOD,
        (
            Line("income.benefits.universal-credit", 90000), Line("income.benefits.child-benefit", 11158),
            Line("fixed.home.rent", 50000), Line("fixed.home.council-tax", 12500),
            Line("fixed.transport.car-insurance", 2000), Line("flexible.food.groceries", 5050), Line("savings", 1000),
        ),
        (Debt("priority", "DWP advance", 45000, 5000),),
    )  # fmt: skip
    assert made.nation == "scotland"
    assert made.direct == {
        "income.benefits.universal-credit": 55000, "fixed.home.rent": 50000, "debts.priority": 5000
    }  # fmt: skip
    assert made.carrying == {"fixed.transport.car-insurance"}
    assert Plan.from_json(made.to_json()) == made
    assert Budget.from_json(made.budget.to_json()) == made.budget
    assert plan_file.read(made.to_json()) == made


def test_rent_is_taken_off_the_part_for_housing_where_it_is_planned_apart() -> None:
    income = (("income.benefits.universal-credit", "400"), ("income.benefits.housing", "500"))
    made = plan(*income, ("fixed.home.rent", "500, direct"))
    assert made.direct == {"fixed.home.rent": 50000, "income.benefits.housing": 50000}


def test_a_budget_s_json_may_say_how_often() -> None:
    record = json.loads(Budget(PERIOD, (Line("income.benefits.child-benefit", 10300),)).to_json())
    record["lines"][0]["every"] = "4 weeks"
    assert Plan.from_json(json.dumps(record)).budget.income == 11158
    record["lines"][0]["every"] = "sometimes"
    with pytest.raises(InvalidBudget, match="one of weekly"):
        Plan.from_json(json.dumps(record))
    for wrong in ({"direct": 5}, {"carry": "yes"}, {"each": "week"}, {"every": 4}):
        record["lines"][0] = {"code": "savings", "pence": 5, **wrong}
        with pytest.raises(InvalidBudget):
            Plan.from_json(json.dumps(record))


codes = st.sampled_from([code for code, line in LINES.items() if line.is_jar and not line.is_debt])
amounts = st.builds(
    TypedAmount, st.integers(0, 10**8), st.sampled_from(list(FREQUENCIES.values())), st.just(""), st.booleans()
)


LETTER = AssessmentPeriod(None, date(2026, 11, 20), date(2026, 12, 4))


@given(
    st.sampled_from([PERIOD, LETTER]), st.dictionaries(codes, amounts, min_size=1), st.sampled_from(NATIONS),
    st.dictionaries(st.text("abc", min_size=1, max_size=3), amounts),
)  # fmt: skip
def test_any_plan_is_read_as_it_was_written(
    period: AssessmentPeriod, lines: dict[str, TypedAmount], nation: str, debts: dict[str, TypedAmount]
) -> None:
    made = Plan(
        period, tuple(PlannedLine(*each) for each in lines.items()),
        tuple(PlannedDebt("priority", name, 5, offer) for name, offer in debts.items()), nation,  # type: ignore[arg-type]
    )  # fmt: skip
    assert Plan.from_json(made.to_json()) == made
    assert Budget.from_json(made.budget.to_json()) == made.budget
