"""Income beside outgoings, of what an adviser is shown.

Given totals of both              they are drawn, and no line is added to them
Given lines alone                 the sums of those shown
Given one side, nothing or noughts    nothing is drawn
"""

import pytest

from jamjar.adviser_pages.figures import picture_of

BOTH = {"total.income": 100_000, "total.outgoings": 125_000}


@pytest.mark.parametrize("more", [{}, {"fixed.home.rent": 50_000}, {"balance": -25_000}])
def test_totals(more: dict[str, int]) -> None:
    assert picture_of(BOTH | more) == (("Income", "£1,000.00", 80.0), ("Outgoings", "£1,250.00", 100.0))


def test_lines() -> None:
    figures = {"income.earnings.salary": 30_000, "fixed.home.rent": 10_000, "fixed.home.mortgage": 5_000}
    assert picture_of(figures) == (("Income", "£300.00", 100.0), ("Outgoings", "£150.00", 50.0))


@pytest.mark.parametrize(
    "figures",
    [{}, {"balance": -5}, {"fixed.home.rent": 1}, {"total.income": 5}, {"total.income": 0, "total.outgoings": 0}],
)
def test_nothing_to_draw(figures: dict[str, int]) -> None:
    assert picture_of(figures) == ()
