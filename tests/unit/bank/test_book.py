"""Merging a file into what is held: refusals, then each thing that can become of a row."""

from collections.abc import Callable
from datetime import date

import pytest

from jamjar.bank.book import Counts, Merge, merge
from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput

Read = Callable[..., list[Transaction]]
Data = Callable[[str], bytes]
Made = Callable[..., Transaction]
EARLIER, LATER = date(2026, 4, 1), date(2026, 4, 3)


def test_one_number_with_two_contents_is_refused(made: Made) -> None:
    with pytest.raises(InvalidInput, match="two different versions"):
        merge([], [made(1), made(1, -101)])


def test_two_held_under_one_key_are_refused(made: Made) -> None:
    with pytest.raises(InvalidInput, match="under one key"):
        merge([made(1), made(1)], [])


def test_an_error_in_the_file_changes_nothing(reading: Read, data: Data) -> None:
    def broken() -> list[Transaction]:
        return merge([], (t for t in reading(data("starling.csv") + b"02/04/2026,cut"))).put  # type: ignore[return-value]

    with pytest.raises(InvalidInput, match="Row 6"):
        broken()


def test_what_is_new_is_put(made: Made) -> None:
    new = (made(1), made(2, transfer=True), made(3, 42490))
    assert merge([], new) == Merge(new, (), Counts(new=3, transfers=1))


def test_what_is_known_is_left(made: Made) -> None:
    assert merge([made(1), made(2)], [made(2), made(1)]) == Merge((), (), Counts(known=2))


def test_what_is_void_is_only_counted(made: Made) -> None:
    assert merge([], [made(1, status="void")]) == Merge((), (), Counts(void=1))


def test_a_row_that_stands_twice_counts_once(made: Made) -> None:
    pending = made(1, -90, status="pending")
    expected = Merge((made(1),), (), Counts(new=1, repeated=1))
    assert merge([], [made(1), made(1)]) == merge([], [pending, made(1)]) == merge([], [made(1), pending]) == expected


def test_pending_rows_are_replaced_as_a_whole(made: Made) -> None:
    held = [made(1, status="pending"), made(2, status="pending"), made(3)]
    again, new = made(2, status="pending"), made(4, -50, status="pending")
    expected = Merge((new,), (made(1).key,), Counts(known=1, pending=2, lapsed=1))
    assert merge(held, [again, new, made(3)]) == expected


def test_a_pending_row_is_booked(made: Made) -> None:
    booked = made(1, -110)
    assert merge([made(1, status="pending")], [booked]) == Merge((booked,), (), Counts(booked=1))


def test_a_rejected_row_is_pending_no_more(made: Made) -> None:
    held = [made(1, status="pending")]
    assert merge(held, [made(1, status="void")]) == Merge((), (made(1).key,), Counts(void=1, lapsed=1))


def test_a_pending_row_of_a_day_to_come_holds_nothing_up(made: Made) -> None:
    held = [made(1, status="pending", day=date(2026, 5, 1)), made(2)]
    assert merge(held, [made(2), made(3)]) == Merge((made(3),), (made(1).key,), Counts(known=1, new=1, lapsed=1))


def test_what_is_booked_is_not_pending_again(made: Made) -> None:
    pending = made(1, status="pending", day=LATER)
    assert merge([made(1)], [pending]) == Merge((), (), Counts(left_out=1))


def test_an_older_file_changes_no_pending_row_nor_note(made: Made) -> None:
    held = [made(1, note="milk"), made(2, status="pending"), made(5, day=LATER)]
    older = [made(1), made(3, status="pending", day=EARLIER), made(4, day=EARLIER)]
    assert merge(held, older) == Merge((older[2],), (), Counts(known=1, left_out=1, new=1))


def test_a_newer_file_changes_a_note(made: Made) -> None:
    newer = made(1, note="milk")
    assert merge([made(1)], [newer]) == Merge((newer,), (), Counts(changed=1))


def test_pending_rows_of_another_account_stay(made: Made) -> None:
    held = [made(1, status="pending", source="1" * 16)]
    assert merge(held, [made(2, day=LATER)]).remove == ()


def test_version_3_then_4_of_one_account(reading: Read, data: Data) -> None:
    first = merge([], reading(data("open_banking_v3.json")))
    assert first.counts == Counts(new=1, pending=1, void=1)
    second = merge(first.put, reading(data("open_banking_v4.json")))
    assert second.counts == Counts(new=1, booked=1, pending=1, void=2)
    assert [each.pence for each in second.put] == [-745, -200, -300]
