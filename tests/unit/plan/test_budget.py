"""Budgets: every refusal, one by one."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from jamjar.errors import InvalidBudget
from jamjar.plan.budget import Budget, Debt, Line
from jamjar.plan.money import MAX_PENCE
from jamjar.plan.period import AssessmentPeriod

PERIOD = AssessmentPeriod(31, date(2026, 2, 28), date(2026, 3, 30))
AWARD = Line("income.benefits.universal-credit", 42490)
RENT = Line("fixed.home.rent", 40000)
NOT_AMOUNTS = [True, False, 1.0, "1", None, -1, MAX_PENCE + 1, float("nan")]


@pytest.mark.parametrize("amount", NOT_AMOUNTS)
def test_a_line_refuses_what_is_no_amount(amount: int) -> None:
    with pytest.raises(InvalidBudget, match=r"fixed\.home\.rent"):
        Line("fixed.home.rent", amount)


@pytest.mark.parametrize("amount", NOT_AMOUNTS)
@pytest.mark.parametrize("which", ["owed", "offer"])
def test_a_debt_refuses_what_is_no_amount(which: str, amount: int) -> None:
    with pytest.raises(InvalidBudget, match=which):
        replace(Debt("priority", "Council", 1, 1), **{which: amount})


def test_a_line_refuses_an_unknown_code() -> None:
    with pytest.raises(InvalidBudget, match=r"did you mean fixed\.home\.rent"):
        Line("fixed.home.rnt", 1)


@pytest.mark.parametrize("code", ["debts.priority", "debts.non-priority"])
def test_a_debt_is_no_line(code: str) -> None:
    with pytest.raises(InvalidBudget, match="give a Debt"):
        Line(code, 1)


@pytest.mark.parametrize("kind", ["", "Priority", "debts.priority", None, 1])
def test_a_debt_refuses_another_kind(kind: str) -> None:
    with pytest.raises(InvalidBudget, match="non-priority"):
        Debt(kind, "Council", 1, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "creditor",
    [
        "", " ", " Bank", "Bank ", "Ba\nnk", "Bank\x00", "Ba\u200bnk", "Bank\u00a0", "Cafe\u0301", "\ud800",
        "x" * 81, None, 7, "\U0001ccd6", "Bank \U000105d2",
    ],
)  # fmt: skip
def test_a_debt_refuses_a_creditor_without_a_plain_name(creditor: str) -> None:
    with pytest.raises(InvalidBudget, match="creditor"):
        Debt("priority", creditor, 1, 1)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("period", None, "AssessmentPeriod"),
        ("period", (PERIOD.start, PERIOD.end), "AssessmentPeriod"),
        ("lines", (), "no line"),
        ("lines", [RENT], "tuple of Line"),
        ("lines", ("fixed.home.rent",), "tuple of Line"),
        ("lines", (RENT, Debt("priority", "Council", 1, 1)), "tuple of Line"),
        ("lines", (RENT, AWARD, Line("fixed.home.rent", 1)), "given twice"),
        ("debts", [], "tuple of Debt"),
        ("debts", (RENT,), "tuple of Debt"),
        ("currency", "EUR", "sterling"),
        ("currency", "gbp", "sterling"),
        ("currency", "", "sterling"),
        ("currency", None, "sterling"),
        ("catalogue_version", 0, "version"),
        ("catalogue_version", 2, "version"),
        ("catalogue_version", True, "version"),
        ("catalogue_version", 1.0, "version"),
        ("catalogue_version", "1", "version"),
    ],
)
def test_a_budget_refuses(field: str, value: object, says: str) -> None:
    with pytest.raises(InvalidBudget, match=says):
        replace(Budget(PERIOD, (RENT,)), **{field: value})


def test_debts_alone_are_no_budget() -> None:
    with pytest.raises(InvalidBudget, match="no line"):
        Budget(PERIOD, (), (Debt("priority", "Council", 1, 1),))


@pytest.mark.parametrize("other", ["Council", "COUNCIL", "council", "Ｃouncil"])
def test_one_creditor_is_refused_twice_in_a_kind(other: str) -> None:
    with pytest.raises(InvalidBudget, match="same creditor") as caught:
        Budget(PERIOD, (RENT,), (Debt("priority", "Council", 1, 1), Debt("priority", other, 2, 2)))
    assert other not in str(caught.value)
    kept = Budget(PERIOD, (RENT,), (Debt("priority", "Council", 1, 1), Debt("non-priority", other, 2, 2)))
    assert len(kept.debts) == 2


@pytest.mark.parametrize(
    "codes", [("income.earnings.salary", "income.earnings.partner"), ("savings", "fixed.home.rent")]
)
def test_totals_beyond_the_largest_amount_are_refused(codes: tuple[str, str]) -> None:
    with pytest.raises(InvalidBudget, match="total"):
        Budget(PERIOD, (Line(codes[0], MAX_PENCE), Line(codes[1], 1)))
    assert Budget(PERIOD, (Line(codes[0], MAX_PENCE), Line(codes[1], 0)))


def test_offers_count_towards_the_largest_amount() -> None:
    with pytest.raises(InvalidBudget, match="total of outgoings"):
        Budget(PERIOD, (Line("savings", MAX_PENCE),), (Debt("priority", "Council", 0, 1),))


def test_debts_are_ordered_by_code_points_in_every_language() -> None:
    # By UTF-16 units U+1F3E0 would come before U+FF21, by folded case "b" before "Z".
    names = ["Z", "b", "\uff21", "\U0001f3e0"]
    debts = tuple(Debt("priority", name, 1, 1) for name in reversed(names))
    made = Budget(PERIOD, (Line("fixed.home.rent", 1),), (Debt("non-priority", "A", 1, 1), *debts))
    assert [debt.creditor for debt in made.debts] == [*names, "A"]


def test_nothing_changes_once_made() -> None:
    with pytest.raises(FrozenInstanceError):
        Budget(PERIOD, (RENT,)).currency = "EUR"  # type: ignore[misc]


def test_no_amount_is_in_a_repr_or_an_error() -> None:
    debts = (Debt("priority", "Council", 987654, 87654),)
    budget = Budget(PERIOD, (Line("fixed.home.rent", 7654321),), debts)
    shown = f"{budget!r} {budget.entries()!r}"
    assert not any(amount in shown for amount in ("987654", "87654", "7654321"))
    with pytest.raises(InvalidBudget) as caught:
        Line("savings", -7654321)
    assert "7654321" not in str(caught.value)
