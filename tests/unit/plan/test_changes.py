"""What differs between two plans, and a plan with other amounts."""

import pytest

from jamjar.errors import InvalidBudget
from jamjar.plan import plan_file
from jamjar.plan.changes import PlanChange, changed, changes
from jamjar.plan.typed_amount import typed

DEBT = '[[debt]]\nkind = "priority"\ncreditor = "{}"\nowed = 5\npays = {}\n'
PLAN = plan_file.read('from = 2026-11-05\nsavings = 5\n[fixed.home]\nrent = "500"\n' + DEBT.format("Council", 10))


def test_what_differs_in_lines_and_offers() -> None:
    after = plan_file.read(
        "from = 2026-12-05\n[fixed.home]\nrent = 520\n[flexible.food]\npets = 5\n"
        + DEBT.format("COUNCIL", 12) + DEBT.format("Energy", 1)
    )  # fmt: skip
    assert changes(PLAN.budget, after.budget) == (
        PlanChange("Rent", 50000, 52000), PlanChange("Pets", 0, 500), PlanChange("Savings", 500, 0),
        PlanChange("Paid to COUNCIL", 1000, 1200), PlanChange("Paid to Energy", 0, 100),
        PlanChange("Owed to Energy", 0, 500),
    )  # fmt: skip
    assert changes(PLAN.budget, PLAN.budget) == ()


def test_a_plan_with_other_amounts() -> None:
    made = changed(
        PLAN, {"fixed.home.rent": typed("120 48 weeks"), "savings": typed("0"), "fixed.water.supply": typed("9")}
    )
    assert {line.code: line.amount.written for line in made.lines} == {
        "fixed.home.rent": "£120.00 48 weeks a year", "fixed.water.supply": "£9.00"
    }  # fmt: skip
    assert (made.debts, made.period) == (PLAN.debts, PLAN.period)
    assert changed(PLAN, {}) == PLAN


@pytest.mark.parametrize("code", ["debts.priority", "rent", "fixed.home"])
def test_codes_that_have_no_plain_amount(code: str) -> None:
    with pytest.raises(InvalidBudget):
        changed(PLAN, {code: typed("5")})
