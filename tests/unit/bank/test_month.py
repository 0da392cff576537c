"""One planned period: how often rules are asked, so that a vault of many years stays quick."""

from datetime import date, timedelta

import pytest

from jamjar.bank.explaining import explained
from jamjar.bank.month import month
from jamjar.bank.outlook import outlook
from jamjar.bank.rules import Rules
from jamjar.bank.transaction import Transaction
from tests.unit.bank.test_explaining import RULES, plan, rows

PLAN = plan('[income.benefits]\nchild-benefit = "103 four-weekly"\n[fixed.home]\nrent = "100 weekly"\nother = 5')


def test_rules_are_asked_a_few_times_about_each_row_of_a_year_and_of_older_ones_never(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = [((date(2016, 1, 1) + timedelta(days=n)).isoformat(), -100, "Council") for n in range(2000)]
    year = [((date(2026, 1, 1) + timedelta(days=n)).isoformat(), -100, "Council") for n in range(320)]
    asked = list[Transaction]()
    code_of = Rules.code_of

    def counted(self: Rules, each: Transaction) -> str | None:
        asked.append(each)
        return code_of(self, each)

    monkeypatch.setattr(Rules, "code_of", counted)
    found = month([PLAN], PLAN, rows(*old, *year), RULES)
    explained(found)
    outlook(found, date(2026, 11, 16), date(2026, 11, 11), date(2026, 12, 11))
    assert not [each for each in asked if each.day.year < 2025]
    assert len(asked) < 3 * len(year)


def test_plans_that_carry_nothing_over_are_not_looked_through() -> None:
    plans = [plan("savings = 1", f"20{year}-{number:02}-05") for year in range(20, 27) for number in range(1, 13)]
    found = month(plans, plans[-2], [], RULES)
    assert (found.before, found.earlier is not None) == (plans[-3], True)
