"""Budgets as JSON: what is refused, then that nothing is lost or written in two ways."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidBudget
from jamjar.plan.budget import Budget, Debt, Line
from jamjar.plan.catalogue import LINES
from jamjar.plan.period import AssessmentPeriod

WRITTEN = (
    '{"catalogue":1,"currency":"GBP",'
    '"debts":[{"creditor":"Caf\\u00e9 Council","kind":"priority","offer":1200,"owed":31000}],'
    '"format":"jamjar.budget.1",'
    '"lines":[{"code":"income.benefits.universal-credit","pence":42490},{"code":"fixed.home.rent","pence":40000}],'
    '"period":{"claim_day":31,"end":"2026-03-30","start":"2026-02-28"}}'
)
BUDGET = Budget(
    AssessmentPeriod(31, date(2026, 2, 28), date(2026, 3, 30)),
    (Line("income.benefits.universal-credit", 42490), Line("fixed.home.rent", 40000)),
    (Debt("priority", "Café Council", 31000, 1200),),
)


def _accepted(name: str) -> bool:
    try:
        return bool(Debt("priority", name, 0, 0))
    except InvalidBudget:
        return False


amounts = st.integers(0, 10**9)
creditors = st.text(min_size=1, max_size=80).filter(_accepted)
budgets = st.builds(
    lambda claim, n, plan, debts: Budget(
        AssessmentPeriod.nth(claim, n),
        tuple(Line(code, pence) for code, pence in plan.items()),
        tuple(debts),
    ),
    st.dates(date(2013, 4, 29), date(2099, 12, 31)),
    st.integers(1, 100),
    st.dictionaries(
        st.sampled_from([code for code in LINES if not code.startswith("debts")]),
        amounts,
        min_size=1,
        max_size=20,
    ),
    st.lists(
        st.builds(Debt, st.sampled_from(["priority", "non-priority"]), creditors, amounts, amounts),
        max_size=5,
        unique_by=lambda debt: debt.identity,
    ),
)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"pence":40000', '"pence":400.0', "not an integer"),
        ('"pence":40000', '"pence":4e4', "not an integer"),
        ('"pence":40000', '"pence":NaN', "not an integer"),
        ('"pence":40000', '"pence":true', "bool"),
        ('"pence":40000', '"pence":"40000"', "str"),
        ('"pence":40000', '"pence":null', "NoneType"),
        ('"pence":40000', '"pence":-1', "negative"),
        ('"pence":40000', '"pence":1' + "0" * 12, "billion"),
        ('"pence":40000', '"pence":1' + "0" * 5000, "billion|readable"),
        ('"pence":40000', '"pence":40000,"pence":1', "twice"),
        ('"pence":40000', '"pence":40000,"note":1', "unknown"),
        (',"pence":40000', "", "lacks pence"),
        ("fixed.home.rent", "fixed.home.rnt", "did you mean"),
        ("fixed.home.rent", "income.benefits.universal-credit", "given twice"),
        ('"owed":31000', '"owed":false', "bool"),
        ('"owed":31000', '"amount":31000', "lacks owed"),
        ('"kind":"priority"', '"kind":["priority"]', "kind"),
        ('"currency":"GBP"', '"currency":"EUR"', "sterling"),
        ('"currency":"GBP",', "", "lacks currency"),
        ('"catalogue":1', '"catalogue":2', "catalogue"),
        ('"catalogue":1', '"catalogue":true', "catalogue"),
        ("budget.1", "budget.2", r"jamjar\.budget\.1"),
        ('"jamjar.budget.1"', "1", r"jamjar\.budget\.1"),
        ('"format":"jamjar.budget.1",', "", "lacks format"),
        ('"catalogue":1', '"catalogue":1,"balance":0', "unknown"),
        ('"catalogue":1', '"catalogue":1,"catalogue":1', "twice"),
        ("2026-02-28", "2026-02-30", "YYYY-MM-DD"),
        ("2026-02-28", "20260228", "YYYY-MM-DD"),
        ("2026-02-28", "2026-W09-6", "YYYY-MM-DD"),
        ("2026-02-28", "2026-02-28T00:00:00", "YYYY-MM-DD"),
        ('"2026-02-28"', "20260228", "YYYY-MM-DD"),
        ("2026-02-28", "2026-02-27", "claim day"),
        ('"claim_day":31', '"claim_day":true', "claim day"),
        ('{"claim_day":31,"end":"2026-03-30","start":"2026-02-28"}', "[]", "not an object"),
    ],
)  # fmt: skip
def test_a_changed_text_is_refused(old: str, new: str, says: str) -> None:
    assert WRITTEN.count(old) >= 1
    with pytest.raises(InvalidBudget, match=says):
        Budget.from_json(WRITTEN.replace(old, new, 1))


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "{", "[]", "null", "1", '"x"', "{}", WRITTEN + "x", WRITTEN[:-1], "[" * 60_000, "\ud800",
        "\ufeff" + WRITTEN,
    ],
)  # fmt: skip
def test_what_is_no_budget_is_refused(text: str) -> None:
    with pytest.raises(InvalidBudget):
        Budget.from_json(text)


@pytest.mark.parametrize("value", [None, b"{}", json.loads(WRITTEN), 1])
def test_what_is_no_text_is_refused(value: str) -> None:
    with pytest.raises(InvalidBudget, match="as text"):
        Budget.from_json(value)


def test_more_than_64_kib_is_refused() -> None:
    room = 64 * 1024 - len(WRITTEN)
    assert Budget.from_json(WRITTEN + " " * room) == BUDGET
    with pytest.raises(InvalidBudget, match="64 KiB"):
        Budget.from_json(WRITTEN + " " * (room + 1))


def test_a_refusal_repeats_no_amount() -> None:
    with pytest.raises(InvalidBudget) as caught:
        Budget.from_json(WRITTEN.replace("40000", "-7654321"))
    assert "7654321" not in str(caught.value)
    assert caught.value.__cause__ is None


@given(budgets)
def test_what_is_written_reads_back(budget: Budget) -> None:
    assert Budget.from_json(budget.to_json()) == budget


@given(budgets)
def test_the_text_is_canonical(budget: Budget) -> None:
    text = budget.to_json()
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
    assert text.isascii()


def test_the_text_is_written_once_and_for_all() -> None:
    assert BUDGET.to_json() == WRITTEN
