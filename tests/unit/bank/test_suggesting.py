"""What the last months suggest: only months that transactions cover, only what a rule assigns, and never below zero."""

from datetime import date

from jamjar.bank.rules import Rule, Rules
from jamjar.bank.suggesting import Suggestion, suggestions
from jamjar.plan.period import AssessmentPeriod
from tests.unit.bank.test_explaining import rows

PERIOD = AssessmentPeriod.containing(date(2026, 1, 5), date(2026, 11, 20))
TEXTS = {"grocer": "flexible.food.groceries", "dwp": "income.benefits.universal-credit", "pot": "transfer"}
RULES = Rules(tuple(Rule(*each) for each in TEXTS.items()))
GROCERIES, UC = "flexible.food.groceries", "income.benefits.universal-credit"


def suggested(*made: tuple[str, int, str]) -> dict[str, Suggestion]:
    return suggestions(rows(*made), RULES, PERIOD)


def test_nothing_to_suggest() -> None:
    assert suggested() == {}
    assert suggested(("2026-10-10", -500, "Nobody"), ("2026-10-11", -500, "My pot"), ("2026-11-05", -1, "Grocer")) == {}
    assert suggested(("2026-07-01", -500, "Grocer"), ("2026-10-10", 900, "Grocer")) == {}


def test_three_months_that_are_covered() -> None:
    found = suggested(
        ("2026-08-05", -100, "Nobody"), ("2026-08-20", -3000, "Grocer"), ("2026-09-20", -6000, "Grocer"),
        ("2026-10-20", -9000, "Grocer"), ("2026-10-21", 600, "Grocer"), ("2026-10-12", 42490, "DWP UC"),
    )  # fmt: skip
    assert found == {UC: Suggestion(42490, 14163, 3), GROCERIES: Suggestion(8400, 5800, 3)}


def test_a_month_that_a_file_begins_in_is_the_last_one_alone_or_does_not_count() -> None:
    assert suggested(("2026-10-20", -9000, "Grocer")) == {GROCERIES: Suggestion(9000, 9000, 1)}
    late = (("2026-09-20", -6000, "Grocer"), ("2026-10-20", -9000, "Grocer"))
    assert suggested(*late) == {GROCERIES: Suggestion(9000, 9000, 1)}
