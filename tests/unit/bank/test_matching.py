"""Which rows are the same: nothing lost, nothing counted twice, case by case.

Given a number that is held       another day, amount or text under it is another row, unless the bank uses it once
Given no number                   day, amount and a text alike; equal rows are counted
Given another kind of file        day and amount; a text alike is preferred
Given what an older version held  the same rows are known, and gain what they lack
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jamjar.bank.book import Counts, Merge
from jamjar.bank.row import BankRow
from jamjar.bank.transaction import Transaction

Merging = Callable[..., Merge]
Row = Callable[..., BankRow]
NEXT = date(2026, 4, 3)
HERE, THERE = "0" * 16, "1" * 16


def both(
    merging: Merging, first: list[BankRow], second: list[BankRow], **more: Any
) -> tuple[Counts, list[Transaction]]:
    """The counts of the second of two files, and what is held after both."""
    held = {each.key: each for each in merging([], first).put}
    merged = merging(held.values(), second, **more)
    held |= {each.key: each for each in merged.put}
    return merged.counts, [each for each in held.values() if each.key not in merged.remove]


@pytest.mark.parametrize("changes", [{"day": NEXT}, {"pence": -200}, {"payee": "Beta"}, {"day": NEXT, "payee": "Beta"}])
def test_another_row_under_a_number_used_again(merging: Merging, row: Row, changes: dict[str, Any]) -> None:
    one, other = row("9998"), row("9998", **changes)
    counts, held = both(merging, [one], [other])
    assert (counts.new, counts.changed, len(held)) == (1, 0, 2)
    assert merging([], [one, other]).counts == Counts(new=2)
    assert both(merging, [one, other], [other, one])[0] == Counts(known=2)


def test_equal_payments_of_two_times_under_a_number_used_again(merging: Merging, row: Row) -> None:
    morning, evening = row("9998", time="08:00:00"), row("9998", time="17:00:00")
    assert merging([], [morning, evening, morning]).counts == Counts(new=2, repeated=1)
    assert both(merging, [morning], [morning, evening])[0] == Counts(new=1, known=1)
    assert both(merging, [morning, evening], [evening, morning])[0] == Counts(known=2)


@pytest.mark.parametrize("changes", [{"day": NEXT}, {"pence": -3210}, {"payee": "Beta"}])
def test_new_values_under_a_number_used_once(merging: Merging, row: Row, changes: dict[str, Any]) -> None:
    counts, held = both(merging, [row("tx", unique=True)], [row("tx", **changes, unique=True)])
    assert (counts, len(held)) == (Counts(changed=1), 1)
    assert all(getattr(held[0], name) == value for name, value in changes.items())


@pytest.mark.parametrize(
    "payee", ["12.03 Corner Shop", "CORNER  SHOP", "Corner Shop LEEDS GBR", "\u212aorner Shop"[1:]]
)
def test_a_text_alike_is_the_same_row(merging: Merging, row: Row, payee: str) -> None:
    same = payee != "orner Shop"
    for number in ("", "n"):
        counts, held = both(merging, [row(number)], [row(number, payee=payee)])
        assert (len(held), counts.new) == (1, 0) if same else (2, 1)


def test_equal_rows_are_counted(merging: Merging, row: Row) -> None:
    counts, held = both(merging, [row()] * 2, [row()] * 3)
    assert (counts, len(held)) == (Counts(new=1, known=2), 3)
    assert both(merging, [row()] * 3, [row()])[0] == Counts(known=1)


def test_the_surest_match_is_made_first(merging: Merging, row: Row) -> None:
    """A row that is only alike does not take the place of the one that is the same."""
    first = [row(payee="Shop"), row(payee="Shop Leeds")]
    assert both(merging, first, [row(payee="Shop Leeds"), row(payee="Shop")])[0] == Counts(known=2)
    counts, held = both(merging, [row(payee="Shop Leeds")], [row(payee="Shop"), row(payee="Shop Leeds")])
    assert (counts, len(held)) == (Counts(new=1, known=1), 2)


def test_two_references_are_two_payments(merging: Merging, row: Row) -> None:
    assert both(merging, [row(note="rent")], [row(note="loan")])[0] == Counts(new=1)
    assert both(merging, [row(note="PAYMENT", labelled=True)], [row(note="Debit", labelled=True)])[0].new == 0


@pytest.mark.parametrize(("first", "second", "new"), [("08:00:00", "17:00:00", 1), ("08:00:00", "", 0), ("", "", 0)])
def test_times_keep_rows_apart(merging: Merging, row: Row, first: str, second: str, new: int) -> None:
    assert both(merging, [row(time=first)], [row(time=second)])[0].new == new


def test_two_numbers_are_two_payments_and_none_is_either(merging: Merging, row: Row) -> None:
    assert both(merging, [row("a")], [row("b")])[0] == Counts(new=1)
    assert both(merging, [row("a")], [row()])[0] == both(merging, [row()], [row("a")])[0] == Counts(known=1)


def test_one_account_in_two_kinds_of_file(merging: Merging, row: Row) -> None:
    first = [row("a", payee="Tesco"), row("b", payee="Aldi"), row("c", pence=-5)]
    second = [row("x", payee="ALDI STORES LTD", source=THERE), row("y", payee="TSC 1", source=THERE)]
    counts, held = both(merging, first, second, accounts={THERE: HERE})
    assert (counts, len(held)) == (Counts(known=2), 3)
    counts, held = both(merging, first[:1], second, accounts={THERE: HERE})
    assert (counts, {each.origin for each in held}) == (Counts(known=1, new=1), {"", THERE})


def test_a_day_that_an_older_version_took_from_the_offset(merging: Merging, row: Row) -> None:
    june, july = date(2026, 6, 30), date(2026, 7, 1)
    (now,) = merging([], [row("t", day=july, time="00:30:00", written=june)]).put
    old = replace(now, key="f" * 32, day=june, number="", time="")
    merged = merging([old], [row("t", day=july, time="00:30:00", written=june)])
    assert merged == Merge((replace(now, key="f" * 32),), (), Counts(known=1))


def test_what_a_statement_of_those_days_lacks_is_told(merging: Merging, row: Row) -> None:
    hold = row("h", pence=-10000, payee="Fuel hold", day=NEXT)
    held = merging([], [row("a"), hold, row("z", day=date(2026, 4, 9))]).put
    late = row("z", day=date(2026, 4, 9))
    assert [each.pence for each in merging(held, [row("a"), late]).absent] == [-10000]
    assert merging(held, [row("a"), hold, late]).absent == ()
    assert merging(held, [row("a")]).absent == merging(held, [row("a"), late], continued=True).absent == ()
