"""Rent that is taken off an award: asked about where the rows show that it was, and nowhere else."""

import pytest

from jamjar.bank.explaining import explained
from tests.unit.bank.test_explaining import of, plan

AWARD = '[income.benefits]\nuniversal-credit = 400\nhousing = 500\n[fixed.home]\nrent = "{}"'


def test_rent_that_is_taken_off_without_the_plan_saying_so() -> None:
    found = of([plan(AWARD.format("115 weekly"))], ("2026-11-11", 40000, "DWP UC"))
    assert explained(found)[0] == (
        "£500.00 less came in of Universal Credit or tax credits than is planned, and no rent went out. If your rent is"
        " paid to the landlord before the rest arrives, say so:"
        ' jamjar wallet plan --set "fixed.home.rent=£115.00 weekly, direct".'
    )


@pytest.mark.parametrize(
    ("rent", "made"),
    [
        ("500, direct", [("2026-11-11", 40000, "DWP UC")]),
        ("500", []),
        ("500", [("2026-11-11", 40001, "DWP UC")]),
        ("500", [("2026-11-11", 40000, "DWP UC"), ("2026-11-12", -50000, "Council")]),
    ],
    ids=["said so", "nothing came yet", "a small deduction", "rent went out"],
)
def test_rent_is_not_asked_about(rent: str, made: list[tuple[str, int, str]]) -> None:
    assert not any("less came in" in sentence for sentence in explained(of([plan(AWARD.format(rent))], *made)))
