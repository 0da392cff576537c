"""The grammar of entries: names and values that no budget has, and all that a budget has."""

from datetime import date

import pytest

from jamjar.errors import InvalidBudget, InvalidInput
from jamjar.plan.catalogue import GROUPS, LINES, SECTIONS
from jamjar.plan.entries import PARTS, PERIOD, check_creditors, check_entry, debt_of, period_of
from jamjar.plan.lines import Debt
from jamjar.plan.money import MAX_PENCE

DEBTS = [f"debts.{kind}.{what}/Caf\u00e9 a/b" for kind in ("priority", "non-priority") for what in ("offer", "owed")]
TOTALS = [*(f"total.{code}" for code in (*GROUPS, *SECTIONS)), "total.outgoings"]
AMOUNTS = [*(code for code in LINES if not code.startswith("debts")), *TOTALS, *DEBTS]


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "fixed.home.rent ", " fixed.home.rent", "fixed.home.r\u0435nt", "fixed.home.rent\u202e", "fixed..rent",
        "fixed.home.re\0nt", "Fixed.home.rent", "fixed.home", "fixed", "fixed.home.rent/x", "total.fixed.home.rent",
        "total.savings.pot", "total.debts.priority", "debts.priority", "debts.priority.bonus/x", "total.balance",
        "debts.priority.offer", "savings.pot", "debts.priority.offer/", "debts.priority.offer/Acme ", "total.",
        "debts.priority.offer/Ac\u202eme", "debts.priority.offer/Cafe\u0301", f"debts.priority.owed/{'x' * 81}",
        "debts.Priority.offer/x", "debts.priority.offer/Ac\nme", "debts.priority .offer/x", "debts.offer/x", "debts/x",
        "total.total.fixed", "outgoings", "period", "period.start ", "Balance", "balance/x", "total", "savings/",
    ],
)  # fmt: skip
def test_a_name_that_no_budget_has(name):
    with pytest.raises(InvalidBudget, match="budget can have no entry") as caught:
        check_entry(name, 54_321)
    assert repr(name) in str(caught.value)
    assert "54321" not in str(caught.value)


@pytest.mark.parametrize("value", [-1, MAX_PENCE + 1, -(2**63), 2**63 - 1, True, 1.0, None, "1"])
def test_a_value_that_is_no_amount(value):
    for name in AMOUNTS:
        with pytest.raises(InvalidInput, match=r"is negative|is beyond|give whole pence"):
            check_entry(name, value)


@pytest.mark.parametrize("value", [MAX_PENCE + 1, -MAX_PENCE - 1, False])
def test_a_balance_beyond_the_largest_amount(value):
    with pytest.raises(InvalidInput, match="balance"):
        check_entry("balance", value)


@pytest.mark.parametrize("value", [0, 20260230, 20261301, 20260400, -20260415, 415, 2**62, 10**12])
@pytest.mark.parametrize("name", PERIOD)
def test_a_value_that_is_no_day(name, value):
    with pytest.raises(InvalidBudget, match="not two dates"):
        check_entry(name, value)


@pytest.mark.parametrize("other", ["offer/CAF\u00c9", "owed/CAF\u00c9", "offer/\uff23af\u00e9"])
def test_one_creditor_written_in_two_ways(other):
    names = ["debts.priority.offer/Caf\u00e9", "debts.priority.owed/Caf\u00e9", f"debts.non-priority.{other}"]
    check_creditors(names)
    with pytest.raises(InvalidBudget, match="same creditor"):
        check_creditors([*names, f"debts.priority.{other}"])


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (20260415, 20260616), (20260514, 20260415), (20260401, 20260630), (20260228, 20270227),
        (19991215, 20000114), (22000115, 22000214),
    ],
)  # fmt: skip
def test_two_days_that_are_no_assessment_period(start, end):
    with pytest.raises(InvalidBudget, match="not an assessment period"):
        period_of(dict(zip(PERIOD, (start, end), strict=True)))


@pytest.mark.parametrize(
    ("start", "end", "claim_day"),
    [(20260415, 20260514, 15), (20260228, 20260327, 28), (20260228, 20260328, 29), (20260228, 20260330, 31),
     (20280229, 20280329, 30), (20260331, 20260429, 31), (20260430, 20260529, 30), (20260430, 20260530, 31),
     (20270227, 20270329, 30), (20260415, 20260513, None), (20260415, 20260615, None)],
)  # fmt: skip
def test_every_claim_day_has_its_periods(start, end, claim_day):
    period = period_of(dict(zip(PERIOD, (start, end), strict=True)))
    assert (period.claim_day, period.start.day) == (claim_day, start % 100)
    assert period.start == date(start // 10_000, start // 100 % 100, start % 100)


@pytest.mark.parametrize("value", [0, MAX_PENCE])
def test_what_a_budget_has(value):
    for name in AMOUNTS:
        check_entry(name, value)


def test_a_day_and_a_balance_of_either_sign():
    check_entry("period.start", 20280229)
    for value in (-MAX_PENCE, MAX_PENCE):
        check_entry("balance", value)


def test_a_debts_name_says_kind_and_creditor():
    assert [debt_of(name) for name in DEBTS[::2]] == [
        Debt(k, "Caf\u00e9 a/b", 0, 0) for k in ("priority", "non-priority")
    ]
    assert debt_of("fixed.home.rent") is None


def test_every_line_and_total_is_part_of_one_total():
    parts = [part for total in PARTS for part in PARTS[total]]
    assert sorted(parts) == sorted({*AMOUNTS, "debts"} - {*DEBTS, "total.income", "total.outgoings"})
    assert list(PARTS) == sorted(PARTS, key=lambda total: (total == "total.outgoings", -total.count(".")))
