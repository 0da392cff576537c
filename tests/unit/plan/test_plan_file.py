"""A plan's file: what is refused, then that the template and the shortest files are plans.

When the text is no plan          refused, and no amount is repeated
When a template is filled in      it is the plan that was written
When the last day is left out     it is a month from the first, by the claim day where there is one
"""

from datetime import date

import pytest

from jamjar.errors import InvalidBudget
from jamjar.plan import plan_file
from jamjar.plan.catalogue import LINES
from jamjar.plan.period import AssessmentPeriod
from tests.unit.plan.test_plan import HEAD, PERIOD


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "'from' is missing"),
        (HEAD, "no line"),
        ("not toml", "not readable as TOML, at line 1"),
        (f"{HEAD}rent = 5", "unknown field 'rent'"),
        (f"{HEAD}[fixed.home]\nrnt = 5", "did you mean fixed.home.rent"),
        (f"{HEAD}[fixed.home]\nrent = '12 quid'", "The amount of fixed.home.rent"),
        (f"{HEAD}[fixed.home]\nrent = true", "The amount of fixed.home.rent"),
        (f"{HEAD}[fixed.home]\nrent = 1.234", "The amount of fixed.home.rent"),
        (f"{HEAD}debts.priority = 5", "not a plain amount"),
        (f"{HEAD}nation = 'mars'\nsavings = 1", "one of england-and-wales, scotland, northern-ireland"),
        (f"{HEAD}claim_day = 6\nsavings = 1", "claim day"),
        (f"{HEAD}to = 2027-02-01\nsavings = 1", "first and last day as the letter says"),
        ("from = 2026-11-05T10:00:00\nsavings = 1", "'from' is missing or no date"),
        (f"{HEAD}savings = 1\n[[debt]]\ncreditor = 'A'", "lacks kind, owed, pays"),
        (f"{HEAD}savings = 1\ndebt = 5", "not an array"),
        (f"{HEAD}[fixed.home]\nrent = '5, direct'", "plan the whole award"),
        (f"{HEAD}[income.benefits]\nuniversal-credit = '5, direct'", "is paid direct; say so"),
        ("{}", "lacks format"),
        ("x" * 300_000, "larger than 64 KiB"),
        ("a = " + "[" * 5000, "not readable as TOML"),
    ],
)
def test_what_is_no_plan(text: str, says: str) -> None:
    with pytest.raises(InvalidBudget) as caught:
        plan_file.read(text)
    assert says in str(caught.value)
    assert "quid" not in str(caught.value)


def test_the_template_is_a_plan_once_something_is_filled_in() -> None:
    text = plan_file.template(PERIOD, "scotland")
    with pytest.raises(InvalidBudget, match="no line"):
        plan_file.read(text)
    filled = text.replace('# rent = "0" ', 'rent = "120" ').replace("# [[debt]]", "[[debt]]")
    for name in ("creditor", "kind", "owed", "pays"):
        filled = filled.replace(f"# {name} =", f"{name} =")
    made = plan_file.read(filled)
    assert (made.period, made.nation, made.budget.outgoings) == (
        AssessmentPeriod(None, PERIOD.start, PERIOD.end),
        "scotland",
        16333,
    )
    for code in LINES:
        name = code.rpartition(".")[2]
        assert f"# {name} = " in text or code.startswith("debts")


def test_without_an_end_it_is_a_month_from_its_first_day() -> None:
    assert plan_file.read("from = 2027-02-27\nclaim_day = 30\nsavings = 1").period.end == date(2027, 3, 29)
    assert plan_file.read("from = 2027-02-28\nsavings = 1").period.end == date(2027, 3, 27)
