"""Budgets: totals and entries, against sums done by hand or apart from the module."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidBudget
from jamjar.plan.budget import Budget, Debt, Line
from jamjar.plan.catalogue import LINES
from jamjar.plan.period import AssessmentPeriod

PERIOD = AssessmentPeriod(31, date(2026, 2, 28), date(2026, 3, 30))
CODES = [code for code in LINES if not code.startswith("debts")]
PLAN = Budget(
    PERIOD,
    (
        Line("savings", 500),
        Line("flexible.food.groceries", 17219),
        Line("fixed.home.rent", 40000),
        Line("fixed.home.tv-licence", 1450),
        Line("income.benefits.universal-credit", 42490),
    ),
    (
        Debt("non-priority", "Catalogue Ltd", 25000, 100),
        Debt("priority", "Council", 31000, 1200),
        Debt("priority", "Borough Energy", 9000, 800),
    ),
)

# 42490 in; 40000 + 1450 fixed, 17219 flexible, 500 saved, 2100 offered: 61269 out, 18779 missing.
EXPECTED = [
    ("period.start", 20260228),
    ("period.end", 20260330),
    ("income.benefits.universal-credit", 42490),
    ("fixed.home.rent", 40000),
    ("fixed.home.tv-licence", 1450),
    ("flexible.food.groceries", 17219),
    ("savings", 500),
    ("debts.priority.offer/Borough Energy", 800),
    ("debts.priority.owed/Borough Energy", 9000),
    ("debts.priority.offer/Council", 1200),
    ("debts.priority.owed/Council", 31000),
    ("debts.non-priority.offer/Catalogue Ltd", 100),
    ("debts.non-priority.owed/Catalogue Ltd", 25000),
    ("total.income", 42490),
    ("total.fixed", 41450),
    ("total.flexible", 17219),
    ("total.savings", 500),
    ("total.debts", 2100),
    ("total.outgoings", 61269),
    ("balance", -18779),
    ("total.income.benefits", 42490),
    ("total.fixed.home", 41450),
    ("total.flexible.food", 17219),
]

amounts = st.integers(0, 10**8)
plans = st.dictionaries(st.sampled_from(CODES), amounts, min_size=1, max_size=25)


@pytest.mark.parametrize("code", ["", "total.income", "fixed.house", "fixed.home.rent", "debts.priority"])
def test_there_is_a_total_of_groups_and_sections_only(code: str) -> None:
    with pytest.raises(InvalidBudget, match="no group or section"):
        PLAN.total(code)


@given(plans, st.lists(amounts, max_size=5))
def test_totals_are_sums_and_the_balance_is_their_difference(plan: dict[str, int], offers: list[int]) -> None:
    debts = tuple(Debt("priority", f"Creditor {n}", 7, offer) for n, offer in enumerate(offers))
    budget = Budget(PERIOD, tuple(Line(code, pence) for code, pence in plan.items()), debts)
    income = sum(pence for code, pence in plan.items() if code.startswith("income."))
    outgoings = sum(plan.values()) - income + sum(offers)
    assert (budget.income, budget.outgoings, budget.balance) == (income, outgoings, income - outgoings)
    assert budget.surplus - budget.shortfall == income - outgoings
    assert min(budget.surplus, budget.shortfall) == 0


@given(plans)
def test_section_totals_add_up_to_their_groups(plan: dict[str, int]) -> None:
    budget = Budget(PERIOD, tuple(Line(code, pence) for code, pence in plan.items()))
    entries = {entry.name: entry.value for entry in budget.entries()}
    for group in ("income", "fixed", "flexible"):
        sections = [name for name in entries if name.startswith(f"total.{group}.")]
        assert sum(entries[name] for name in sections) == entries[f"total.{group}"]
        assert {name.removeprefix("total.") for name in sections} == {
            code.rpartition(".")[0] for code in plan if code.startswith(f"{group}.")
        }


@given(plans, st.randoms(use_true_random=False))
def test_the_order_given_changes_nothing(plan: dict[str, int], random) -> None:  # type: ignore[no-untyped-def]
    lines = [Line(code, pence) for code, pence in plan.items()]
    debts = [Debt(kind, name, 5, 1) for kind in ("priority", "non-priority") for name in ("a", "B", "c")]
    budget = Budget(PERIOD, tuple(lines), tuple(debts))
    random.shuffle(lines)
    random.shuffle(debts)
    again = Budget(PERIOD, tuple(lines), tuple(debts))
    assert again == budget
    assert again.entries() == budget.entries()


@given(plans)
def test_names_of_entries_are_unique(plan: dict[str, int]) -> None:
    names = [entry.name for entry in Budget(PERIOD, tuple(Line(*item) for item in plan.items())).entries()]
    assert len(set(names)) == len(names)


def test_entries_hold_every_figure_in_a_fixed_order() -> None:
    assert [(entry.name, entry.value) for entry in PLAN.entries()] == EXPECTED


def test_a_shortfall_shows() -> None:
    assert (PLAN.balance, PLAN.shortfall, PLAN.surplus) == (-18779, 18779, 0)


def test_a_surplus_shows() -> None:
    budget = Budget(PERIOD, (Line("income.earnings.salary", 1000), Line("savings", 400)))
    assert (budget.balance, budget.shortfall, budget.surplus) == (600, 0, 600)


def test_zero_is_a_plan() -> None:
    budget = Budget(PERIOD, (Line("flexible.leisure.gifts", 0),), (Debt("priority", "Council", 0, 0),))
    assert ("flexible.leisure.gifts", 0) in [(entry.name, entry.value) for entry in budget.entries()]
    assert budget.balance == 0


def test_totals_by_group_and_section() -> None:
    assert [PLAN.total(code) for code in ("income", "fixed", "fixed.home", "savings", "debts")] == [
        42490, 41450, 41450, 500, 2100,
    ]  # fmt: skip
    assert PLAN.total("fixed.water") == 0
