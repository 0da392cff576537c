"""Sample households: every figure comes from the table, each counts once, and shortfalls show."""

import csv
import hashlib
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jamjar.errors import InvalidBudget
from jamjar.plan.budget import MAX_ENTRIES
from jamjar.plan.catalogue import LINES
from jamjar.plan.period import AssessmentPeriod
from jamjar.sandbox.households import DATA, JARS, SPENDING, UNIVERSAL_CREDIT, Household, households, jars_by_week

PERIOD = AssessmentPeriod(31, date(2026, 5, 31), date(2026, 6, 29))
COLUMNS = ["decile_1", "decile_2", "all_households"]


def table() -> list[list[str]]:
    with (DATA / SPENDING).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def divisions(column: str) -> dict[str, Decimal]:
    head, *rows = table()
    return {row[0]: Decimal(row[head.index(column)]) for row in rows if row[0].isdigit()}


def changed(folder: Path, change) -> tuple[Household, ...]:  # type: ignore[no-untyped-def]
    """The households built from a copy of the data in which `change` was made to every figure."""
    rows = [
        [cell if at < 2 or not re.fullmatch(r"[0-9.]*[0-9]", cell) else str(change(row[0], Decimal(cell)))
         for at, cell in enumerate(row)]
        for row in table()
    ]  # fmt: skip
    with (folder / SPENDING).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    (folder / UNIVERSAL_CREDIT).write_bytes((DATA / UNIVERSAL_CREDIT).read_bytes())
    return households(PERIOD, folder)


@pytest.fixture(scope="module")
def built() -> tuple[Household, ...]:
    return households(PERIOD)


def test_parts_larger_than_their_division_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidBudget, match="negative"):
        changed(tmp_path, lambda code, figure: figure * 9 if code == "4.1.3" else figure)


@pytest.mark.parametrize("column", COLUMNS)
def test_jars_add_up_to_the_tables_total(column: str) -> None:
    assert sum(jars_by_week(column, DATA / SPENDING).values()) == sum(divisions(column).values())


def test_planned_outgoings_are_the_tables_total_within_half_a_penny_a_jar(
    built: tuple[Household, ...],
) -> None:
    assert [household.column for household in built] == COLUMNS
    for household in built:
        exact = sum(divisions(household.column).values()) * Decimal("365.25") / 7 / 12 * 100
        jars = [line for line in household.budget.lines if LINES[line.code].is_jar]
        assert abs(household.budget.outgoings - exact) <= Decimal(len(jars)) / 2


def test_the_lowest_tenth_spends_about_1151_pounds_a_month(built: tuple[Household, ...]) -> None:
    assert round(built[0].budget.outgoings / 100) == 1151


def test_all_households_spend_what_ons_published(built: tuple[Household, ...]) -> None:
    # ONS, Family spending in the UK, financial year ending 2018: 572.60 pounds a week on average.
    assert abs(sum(jars_by_week("all_households", DATA / SPENDING).values()) - Decimal("572.6")) <= Decimal("0.1")


def test_no_spending_is_typed_into_the_script(tmp_path: Path) -> None:
    empty = changed(tmp_path, lambda code, figure: figure * 0)
    assert [household.budget.outgoings for household in empty] == [0, 0, 0]


@pytest.mark.parametrize("division", list(JARS))
def test_each_division_counts_once(division: str, tmp_path: Path, built: tuple[Household, ...]) -> None:
    more = changed(tmp_path, lambda code, figure: figure + 84 if code == division else figure)
    for before, after in zip(built, more, strict=True):
        assert abs(after.budget.outgoings - before.budget.outgoings - 36525) <= 1  # 84 / 7 / 12 * 365.25 pounds


def test_payments_outside_expenditure_do_not_count(tmp_path: Path, built: tuple[Household, ...]) -> None:
    assert changed(tmp_path, lambda code, figure: figure + 84 if code.startswith("14") else figure) == built


def test_the_mapping_covers_all_divisions_without_overlap() -> None:
    assert list(JARS) == [str(division) for division in range(1, 14)]
    codes = {row[0] for row in table()}
    for division, mapping in JARS.items():
        rows = [row for row in mapping if row != "rest"]
        assert len(rows) == len(mapping) - 1
        assert all(row in codes and row.startswith(f"{division}.") for row in rows)
        assert not any(one.startswith(f"{other}.") for one in rows for other in rows)


def test_shortfalls_show(built: tuple[Household, ...]) -> None:
    single, couple, working = (household.budget for household in built)
    assert (single.income, couple.income) == (42490, 66697 + 30394)  # gov.uk rates 2026/27
    assert single.shortfall == single.outgoings - 42490 > 70_000
    assert couple.shortfall == couple.outgoings - 97091 > 0
    assert working.surplus == working.income - working.outgoings > 0


def test_there_is_room_for_four_debts(built: tuple[Household, ...]) -> None:
    assert all(len(household.budget.entries()) + 2 * 4 <= MAX_ENTRIES for household in built)


def test_the_data_is_described_as_it_is() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    for name in (SPENDING, UNIVERSAL_CREDIT):
        content = (DATA / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() in readme
    for rate in re.findall(r"\d+\.\d\d", (DATA / UNIVERSAL_CREDIT).read_text(encoding="utf-8")):
        assert f"| {rate} |" in readme
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in readme
