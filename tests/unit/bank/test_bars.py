"""Bars in a terminal: in every character set and without colour."""

from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from jamjar.bank.bars import bars
from jamjar.bank.spending import JarSpending, Spending
from jamjar.errors import InvalidInput
from jamjar.plan.period import AssessmentPeriod

PERIOD = AssessmentPeriod(12, date(2026, 3, 12), date(2026, 4, 11))
MONTH = Spending(
    PERIOD,
    (
        JarSpending("fixed.home.rent", 40000, 20000),
        JarSpending("flexible.food.groceries", 10000, 15000),
        JarSpending("flexible.leisure.hobbies", 0, 1),
        JarSpending("flexible.personal.clothing", 10000, -500),
    ),
    (),
    unassigned_out=5000,
)


def shown(month: Spending, **how: Any) -> list[str]:
    out = StringIO()
    Console(file=out, width=90, color_system=None).print(bars(month, **how))
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("width", [7, 201, 0, -1, True, 8.0, None])
def test_a_width_out_of_bounds_is_refused(width: Any) -> None:
    with pytest.raises(InvalidInput, match="width"):
        bars(MONTH, width=width)


def test_plain_characters() -> None:
    assert shown(MONTH, width=8, ascii_only=True) == [
        "Jars, 2026-03-12 to 2026-04-11",
        "Jar Spent (GBP) Planned (GBP)",
        "Rent ####.... 200.00 400.00 200.00 left",
        "Groceries ##! 150.00 100.00 over by 50.00",
        "Hobbies, sport and going out ! 0.01 0.00 over by 0.01",
        "Clothing and footwear .. -5.00 100.00 105.00 left",
        "No jar yet # 50.00",
        "All jars 395.01 600.00 204.99 left",
        "# spent . left ! over the plan",
    ]


def test_blocks() -> None:
    lines = shown(MONTH, width=8)
    assert lines[0] == "Jars, 2026-03-12 – 2026-04-11"
    assert lines[2:4] == ["Rent ████░░░░ £200.00 £400.00 £200.00 left", "Groceries ██▓ £150.00 £100.00 over by £50.00"]


def test_all_overspent() -> None:
    month = Spending(PERIOD, (JarSpending("savings", 100, 350),), ())
    assert shown(month, width=8, ascii_only=True)[2:4] == [
        "Savings ##!!!!!! 3.50 1.00 over by 2.50",
        "All jars 3.50 1.00 over by 2.50",
    ]


def test_nothing_planned_nor_spent() -> None:
    assert shown(Spending(PERIOD, (), ()), ascii_only=True)[2] == "All jars 0.00 0.00 0.00 left"


def test_what_was_carried_over_is_in_the_bar_and_in_the_caption() -> None:
    carried = replace(MONTH, jars=(JarSpending("fixed.home.rent", 2000, 1000, 2000),))
    lines = shown(carried)
    assert "£40.00 £30.00 left" in " ".join(lines)
    assert "planned with £20.00 carried over" in " ".join(lines)
