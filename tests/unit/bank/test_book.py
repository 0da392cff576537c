"""Merging a statement into what is held: refusals, then each thing that can become of a row."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from jamjar.bank.book import Counts, Merge
from jamjar.bank.row import BankRow
from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput

Merging = Callable[..., Merge]
Read = Callable[..., list[BankRow]]
Row = Callable[..., BankRow]
Data = Callable[[str], bytes]
EARLIER, LATER = date(2026, 4, 1), date(2026, 4, 3)


@pytest.fixture
def held(merging: Merging) -> Callable[..., list[Transaction]]:
    """What is held after rows were merged, one after the other so that none supersedes another."""

    def hold(*rows: BankRow) -> list[Transaction]:
        return list(merging([], rows).put)

    return hold


def counts(merged: Merge) -> Counts:
    assert len({each.key for each in merged.put}) == len(merged.put)
    return merged.counts


def test_one_number_with_two_contents_is_refused_where_the_bank_uses_it_once(merging: Merging, row: Row) -> None:
    with pytest.raises(InvalidInput, match="two different versions"):
        merging([], [row("a", unique=True), row("a", -101, unique=True)])


def test_two_held_under_one_key_are_refused(merging: Merging, made: Callable[..., Transaction]) -> None:
    with pytest.raises(InvalidInput, match="under one key"):
        merging([made(1), made(1)], [])


def test_an_error_in_the_file_changes_nothing(merging: Merging, reading: Read, data: Data) -> None:
    with pytest.raises(InvalidInput, match="Row 6"):
        merging([], (row for row in reading(data("starling.csv") + b"02/04/2026,cut")))


def test_what_is_new_is_put(merging: Merging, row: Row) -> None:
    merged = merging([], [row("a"), row("b", transfer=True), row(pence=42490)])
    assert counts(merged) == Counts(new=3, transfers=1)
    assert [(each.pence, each.transfer) for each in merged.put] == [(-100, False), (-100, True), (42490, False)]


def test_what_is_known_is_left(merging: Merging, held: Any, row: Row) -> None:
    assert merging(held(row("a"), row()), [row(), row("a")]) == Merge((), (), Counts(known=2))


def test_what_is_void_is_only_counted(merging: Merging, row: Row) -> None:
    assert merging([], [row(status="void")]) == Merge((), (), Counts(void=1))


def test_a_numbered_row_that_stands_twice_counts_once(merging: Merging, row: Row) -> None:
    pending = row("a", -90, status="pending")
    for rows in ([row("a"), row("a")], [pending, row("a")], [row("a"), pending]):
        merged = merging([], rows)
        assert counts(merged) == Counts(new=1, repeated=1)
        assert [(each.pence, each.status) for each in merged.put] == [(-100, "booked")]


def test_pending_rows_are_replaced_as_a_whole(merging: Merging, held: Any, row: Row) -> None:
    before = held(row("a", status="pending"), row("b", status="pending"), row("c"))
    merged = merging(before, [row("b", status="pending"), row("d", -50, status="pending"), row("c")])
    assert counts(merged) == Counts(known=1, pending=2, lapsed=1)
    assert (merged.remove, [each.pence for each in merged.put]) == ((before[0].key,), [-50])


def test_a_pending_row_is_booked_under_its_key(merging: Merging, held: Any, row: Row) -> None:
    (before,) = held(row("a", status="pending"))
    merged = merging([before], [row("a", -110, payee="Another text")])
    assert counts(merged) == Counts(booked=1)
    assert [(each.key, each.pence, each.status) for each in merged.put] == [(before.key, -110, "booked")]


def test_a_rejected_row_is_pending_no_more(merging: Merging, held: Any, row: Row) -> None:
    before = held(row("a", status="pending"))
    assert merging(before, [row("a", status="void")]) == Merge((), (before[0].key,), Counts(void=1, lapsed=1))


def test_a_pending_row_of_a_day_to_come_holds_nothing_up(merging: Merging, held: Any, row: Row) -> None:
    before = held(row("a", status="pending", day=date(2026, 5, 1)), row("b"))
    assert counts(merging(before, [row("b"), row("c")])) == Counts(known=1, new=1, lapsed=1)


def test_what_is_booked_is_not_pending_again(merging: Merging, held: Any, row: Row) -> None:
    merged = merging(held(row("a")), [row("a", status="pending", day=LATER)])
    assert merged == Merge((), (), Counts(left_out=1))


def test_an_older_file_changes_no_pending_row_nor_note(merging: Merging, held: Any, row: Row) -> None:
    before = held(row("a", note="milk"), row("b", status="pending"), row("e", day=LATER))
    older = [row("a"), row("c", status="pending", day=EARLIER), row("d", day=EARLIER)]
    merged = merging(before, older)
    assert counts(merged) == Counts(known=1, left_out=1, new=1)
    assert [each.day for each in merged.put] == [EARLIER]


@pytest.mark.parametrize(("time", "lapsed"), [("07:59:59", 0), ("08:00:00", 1), ("", 1)])
def test_of_two_files_of_one_day_the_time_says_which_is_newer(
    merging: Merging, held: Any, row: Row, time: str, lapsed: int
) -> None:
    before = held(row("a", status="pending"), row("b", time="08:00:00"))
    assert merging(before, [row("c", time=time)]).counts.lapsed == lapsed


def test_a_later_page_says_nothing_of_what_is_pending(merging: Merging, held: Any, row: Row) -> None:
    before = held(row("a", status="pending"), row("b"))
    assert counts(merging(before, [row("c", day=LATER)], continued=True)) == Counts(new=1)


def test_a_newer_file_changes_a_note(merging: Merging, held: Any, row: Row) -> None:
    before = held(row("a", unique=True))
    merged = merging(before, [row("a", note="milk", unique=True)])
    assert counts(merged) == Counts(changed=1)
    assert [(each.key, each.note) for each in merged.put] == [(before[0].key, "milk")]


def test_pending_rows_of_another_account_stay(merging: Merging, held: Any, row: Row) -> None:
    before = held(row("a", status="pending", source="1" * 16))
    assert merging(before, [row("b", day=LATER)]).remove == ()


def test_version_3_then_4_of_one_account(merging: Merging, reading: Read, data: Data) -> None:
    first = merging([], reading(data("open_banking_v3.json")))
    assert first.counts == Counts(new=1, pending=1, void=1)
    second = merging(first.put, reading(data("open_banking_v4.json")))
    assert second.counts == Counts(new=1, booked=1, pending=1, void=2)
    assert [each.pence for each in second.put] == [-745, -200, -300]


def test_a_statement_of_very_many_accounts_is_refused(merging: Merging, row: Row) -> None:
    rows = [row(source=f"{number:016x}") for number in range(101)]
    assert merging([], rows[:100]).counts.new == 100
    with pytest.raises(InvalidInput, match="more than 100 accounts"):
        merging([], rows)
