"""One debt of a plan changed as a person types it.

When a creditor is there            what is paid or owed changes, and everything else of it stays
When nothing is owed                the debt is taken out
When a creditor is new              added with its kind and what is owed, and not without them
When what is typed names no debt    one sentence says how it is written, without the amount
"""

import pytest

from jamjar.errors import InvalidBudget, InvalidInput
from jamjar.plan import plan_file
from jamjar.plan.changes import PlanChange, changed, changes
from jamjar.plan.debt_changes import read

DEBT = '[[debt]]\nkind = "{}"\ncreditor = "{}"\nowed = 450\npays = "10 weekly, direct"\n'
HEAD = 'from = 2026-11-05\n[income.benefits]\nuniversal-credit = "900"\n'
BOTH = DEBT.format("priority", "Bank") + DEBT.format("non-priority", "Bank")
PLAN = plan_file.read(HEAD + DEBT.format("priority", "Town Council") + BOTH)


def debts(*edits: str) -> dict[tuple[str, str], tuple[int, str]]:
    made = changed(PLAN, {}, [read(*each.split("=", 1)) for each in edits])
    return {(debt.kind, debt.creditor): (debt.owed, debt.offer.written) for debt in made.debts}


TOWN = ("priority", "Town Council")
BEFORE = debts()


@pytest.mark.parametrize(
    ("edit", "then"),
    [
        ("debts.Town Council=12", (45000, "£12.00")),
        ("debts.town council = 5 fortnightly, direct", (45000, "£5.00 fortnightly, direct")),
        ("debts.priority.Town Council=owed 1,200.50", (120050, "£10.00 weekly, direct")),
        ("debts.Town Council=12 weekly, owed 400", (40000, "£12.00 weekly")),
        ("debts.Town Council=12, owed 400, carry over", (40000, "£12.00, carry over")),
        ("debts.Town Council=0", (45000, "£0.00")),
    ],
)
def test_a_creditor_that_is_there(edit: str, then: tuple[int, str]) -> None:
    assert debts(edit) == {**BEFORE, TOWN: then}


def test_nothing_owed_takes_it_out() -> None:
    assert debts("debts.Town Council=owed 0") == {key: value for key, value in BEFORE.items() if key != TOWN}


def test_a_new_creditor_and_one_of_two() -> None:
    gas = ("priority", "Gas")
    assert debts("debts.priority.Gas=5, owed 90") == {**BEFORE, gas: (9000, "£5.00")}
    assert debts("debts.non-priority.Bank=1")["priority", "Bank"] == BEFORE["priority", "Bank"]
    assert debts("debts.priority.Gas=5, owed 90", "debts.Gas=owed 80")[gas] == (8000, "£5.00")


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        ("debts.=7654321", "No creditor is named"),
        ("debts.priority=7654321", "No creditor is named"),
        ("debts.Bank=7654321", "has debts of both kinds; say which: debts.priority.Bank"),
        ("debts.Gas=7654321, owed 7654321", "There is no debt to Gas"),
        ("debts.priority.Gas=7654321", "what is owed in all"),
        ("debts.priority.Gas=owed 7654321", "There is no debt to Gas"),
        ("debts.priority.Gas=7654321, owed 0", "There is no debt to Gas"),
        ("debts.Town Council=7654321 sometimes", "how often"),
        ("debts.Town Council=owed 7654321x", "What is owed to Town Council"),
        ("debts.Town Council=7654321, owing 7654321", "words that are not known"),
    ],
)
def test_what_names_no_debt(edit: str, says: str) -> None:
    with pytest.raises((InvalidBudget, InvalidInput), match=says) as caught:
        debts(edit)
    assert "7654321" not in str(caught.value)


def test_what_is_owed_is_shown_among_what_changed() -> None:
    made = changed(PLAN, {}, [read("debts.Town Council", "owed 400")])
    assert changes(PLAN.budget, made.budget) == (PlanChange("Owed to Town Council", 45000, 40000),)
