"""Three sample households, built from public figures: spending, income and shortfall.

Spending is ONS Family Spending, Table 3.1E (UK, year ending 2018, prices of that year), Universal Credit that
of 2026/27: see data/README.md. The budgets are not adjusted to balance: a shortfall shows.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from jamjar.plan.budget import Budget, Line
from jamjar.plan.money import format_pounds, from_pounds
from jamjar.plan.period import AssessmentPeriod

DATA = Path(__file__).resolve().parent / "data"
SPENDING = "ons-family-spending-table-3.1e-fye2018.csv"
UNIVERSAL_CREDIT = "universal-credit-2026-27.csv"

WEEKS_A_MONTH = Decimal("365.25") / 7 / 12
NO_FIGURE = frozenset({"..", ":", "[x]", "~"})
"""Suppressed, none, few households, rounds to 0: the amount of such a row stays in the rest of its division."""

JARS: dict[str, dict[str, str]] = {
    "1": {"rest": "flexible.food.groceries"},
    "2": {"2.1": "flexible.food.alcohol", "rest": "flexible.food.smoking"},
    "3": {"rest": "flexible.personal.clothing"},
    "4": {
        "4.1.3": "fixed.home.rent",  # net of housing benefit, as the table counts it
        "4.2": "flexible.food.repairs",
        "4.3": "fixed.water.supply",
        "4.4.1": "fixed.utilities.electricity",
        "4.4.2": "fixed.utilities.gas",
        "rest": "fixed.utilities.other",
    },
    "5": {"rest": "flexible.food.other"},
    "6": {"6.1.1": "fixed.care.prescriptions", "rest": "fixed.care.other"},
    "7": {
        "7.2.2": "fixed.transport.fuel-and-parking",
        "7.3": "fixed.transport.public-transport",
        "rest": "fixed.transport.other",  # buying and repairing vehicles
    },
    "8": {
        "8.3": "flexible.leisure.mobile",  # the table does not separate mobile from home telephone
        "8.4": "flexible.leisure.home-phone-internet-tv",
        "rest": "flexible.leisure.other",
    },
    "9": {
        "9.3.5": "flexible.food.pets",
        "9.4.3": "flexible.leisure.home-phone-internet-tv",
        "9.5": "flexible.leisure.newspapers",
        "rest": "flexible.leisure.hobbies",
    },
    "10": {"rest": "fixed.school.other"},
    "11": {"11.1.2": "flexible.food.alcohol", "rest": "flexible.leisure.hobbies"},
    "12": {
        "12.1.1": "flexible.personal.hairdressing",
        "12.1.2": "flexible.personal.toiletries",
        "12.1.3": "flexible.personal.toiletries",
        "12.1.4": "flexible.food.nappies-and-baby",
        "12.1.5": "flexible.personal.toiletries",
        "12.4.1": "fixed.cover.insurance",
        "12.4.2": "fixed.cover.insurance",
        "12.4.3": "fixed.transport.car-insurance",
        "rest": "flexible.personal.other",
    },
    "13": {
        "13.1": "fixed.home.other",  # mortgage interest, council tax and the like, in one figure
        "13.2": "fixed.essential.other",
        "13.4": "flexible.leisure.gifts",
        "rest": "flexible.leisure.other",
    },
}
"""Jar by row of the table, within each division; "rest" is what the named rows do not include."""


@dataclass(frozen=True, slots=True)
class Household:
    """A sample household: its column of the table, and its budget."""

    name: str
    column: str
    budget: Budget


def households(period: AssessmentPeriod, data: Path = DATA) -> tuple[Household, ...]:
    """Return the three households, each with its budget for `period`."""
    rates = {row["element"]: from_pounds(row["pounds_per_month"]) for row in _rows(data / UNIVERSAL_CREDIT)}
    award = "income.benefits.universal-credit"
    single = (Line(award, rates["single_25_or_over"]),)
    couple = (Line(award, rates["couple_25_or_over"] + rates["other_child"]),)
    illustrative_pay = {
        "salary": from_pounds("1,600"),
        "partner": from_pounds("1,000"),
    }  # not from any source
    return (
        _household("Single adult, lowest tenth", "decile_1", single, period, data),
        _household("Couple with a child, second tenth", "decile_2", couple, period, data),
        _household(
            "Working couple, all households",
            "all_households",
            tuple(Line(f"income.earnings.{who}", pence) for who, pence in illustrative_pay.items()),
            period,
            data,
        ),
    )


def jars_by_week(column: str, table: Path) -> dict[str, Decimal]:
    """Return pounds a week by jar; together they are divisions 1 to 13 of the table, to the penny."""
    figures = {row["code"]: Decimal(row[column]) for row in _rows(table) if row[column] not in NO_FIGURE}
    jars: dict[str, Decimal] = {}
    for division, mapping in JARS.items():
        shares = {row: figures[row] for row in mapping if row in figures}
        shares["rest"] = figures[division] - sum(shares.values())
        for row, pounds in shares.items():
            jars[mapping[row]] = jars.get(mapping[row], Decimal(0)) + pounds
    return jars


def month_in_pence(pounds_a_week: Decimal) -> int:
    """Return pence a month of 365.25 / 7 / 12 weeks, half a penny rounded up."""
    return int((pounds_a_week * WEEKS_A_MONTH * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _household(name: str, column: str, income: tuple[Line, ...], period: AssessmentPeriod, data: Path) -> Household:
    weekly = jars_by_week(column, data / SPENDING)
    spending = (Line(jar, month_in_pence(pounds)) for jar, pounds in weekly.items())
    return Household(name, column, Budget(period, (*income, *spending)))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    for each in households(AssessmentPeriod.containing(date(2026, 5, 31), date(2026, 5, 31))):
        plan = each.budget
        print(
            f"{each.name}: income {format_pounds(plan.income)}, outgoings {format_pounds(plan.outgoings)},"
            f" balance {format_pounds(plan.balance)}, {len(plan.entries())} entries"
        )
