"""Importing: whatever the order of rows and files and however they overlap, what is held is what happened.

With the bank's own numbers that holds without exception. Without them, equal rows of one day are counted, and of
several files the one with the most of them is believed: what that means exactly is `believed`, below.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.bank.book import merge
from jamjar.bank.keys import RowKeys
from jamjar.bank.row import BankRow
from jamjar.bank.transaction import Transaction

Read = Callable[..., list[BankRow]]
KEYS = RowKeys(bytes(range(32)))
Row = tuple[int, int, str]  # the day of April 2026, pence, the payee

rows = st.tuples(st.integers(1, 3), st.sampled_from([-200, -150, 42490]), st.sampled_from(["Bus", "Corner, Shop", '"']))
files_of_rows = st.lists(st.lists(rows, max_size=6), min_size=1, max_size=4)
few = settings(max_examples=60)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def barclays(rows: Iterable[Row]) -> bytes:
    lines = (f",{day:02d}/04/2026,20-00-00 1,{pence / 100:.2f},Card,{quoted(payee)}" for day, pence, payee in rows)
    return "\n".join(["Number,Date,Account,Amount,Subcategory,Memo", *lines]).encode()


def open_banking(rows: Iterable[Row], **more: Any) -> bytes:
    found = [
        {
            "AccountId": "1",
            "Status": "BOOK",
            "CreditDebitIndicator": "Debit" if pence < 0 else "Credit",
            "BookingDateTime": f"2026-04-{day:02d}T00:00:00Z",
            "Amount": {"Amount": f"{abs(pence) / 100:.2f}", "Currency": "GBP"},
            "TransactionInformation": payee,
            **more,
        }
        for day, pence, payee in rows
    ]
    return json.dumps({"Data": {"Transaction": found}}).encode()


def monzo(rows: Iterable[tuple[int, Row]]) -> bytes:
    header = (
        "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,"
        "Notes and #tags,Address,Receipt,Description,Category split"
    )
    lines = (
        f"tx_{number},{day:02d}/04/2026,10:00:00,Card payment,{quoted(payee)},,,{pence / 100:.2f},GBP,,,,,,,"
        for number, (day, pence, payee) in rows
    )
    return "\n".join([header, *lines]).encode()


def imported(files: Iterable[list[BankRow]]) -> dict[str, Transaction]:
    """What is held after the files, one after the other."""
    held: dict[str, Transaction] = {}
    for file in files:
        change = merge(held.values(), file, KEYS)
        held |= {each.key: each for each in change.put}
        held = {key: each for key, each in held.items() if key not in change.remove}
    return held


def shuffled(values: list[Any], random: Any) -> list[Any]:
    """The values in another order; the generator of Hypothesis cannot shuffle none."""
    return random.sample(values, len(values)) if values else []


def believed(files: Iterable[Iterable[Row]]) -> Counter[Row]:
    """Of each row, as many as the file that has the most of it."""
    most: Counter[Row] = Counter()
    for file in files:
        most |= Counter(file)
    return most


def held_rows(held: dict[str, Transaction]) -> Counter[Row]:
    return Counter((each.day.day, each.pence, each.payee) for each in held.values())


@few
@given(files_of_rows, st.randoms(use_true_random=False))
def test_rows_without_numbers_are_as_many_as_the_fullest_file_says(reading: Read, files, random) -> None:  # type: ignore[no-untyped-def]
    for written in (barclays, open_banking):
        held = imported(reading(written(file)) for file in files)
        assert held_rows(held) == believed(files)
        other_order = [shuffled(file, random) for file in shuffled(files, random)]
        assert imported(reading(written(file)) for file in other_order) == held
        assert imported([*(reading(written(file)) for file in files), reading(written(files[0]))]) == held


@few
@given(st.lists(rows, max_size=10), st.lists(st.sets(st.integers(1, 3)), max_size=3), st.randoms(use_true_random=False))
def test_files_of_whole_days_make_what_one_file_makes(reading: Read, whole, overlaps, random) -> None:  # type: ignore[no-untyped-def]
    days = [{1}, {2}, {3}, *overlaps]
    random.shuffle(days)
    parts = ([row for row in whole if row[0] in some] for some in days)
    assert imported(reading(barclays(part)) for part in parts) == imported([reading(barclays(whole))])


@few
@given(st.lists(rows, max_size=10), st.lists(st.sets(st.integers(0, 9)), max_size=3), st.randoms(use_true_random=False))
def test_rows_with_numbers_make_the_same_however_they_are_split(reading: Read, whole, overlaps, random) -> None:  # type: ignore[no-untyped-def]
    numbered = list(enumerate(whole))
    cut = random.randint(0, len(numbered))
    parts = [numbered[:cut], numbered[cut:], *([row for row in numbered if row[0] in some] for some in overlaps)]
    held = imported(reading(monzo(shuffled(part, random))) for part in shuffled(parts, random))
    assert held == imported([reading(monzo(numbered))])
    assert held_rows(held) == Counter(whole)


@few
@given(files_of_rows, st.lists(rows, max_size=4), st.randoms(use_true_random=False))
def test_pending_rows_never_change_what_is_booked(reading: Read, files, pending, random) -> None:  # type: ignore[no-untyped-def]
    waiting = [
        reading(open_banking(file, Status=status)) for file in [pending, *files] for status in ("PDNG", "Pending")
    ]
    mixed = [reading(open_banking(file)) for file in files] + waiting
    random.shuffle(mixed)
    booked = {key: each for key, each in imported(mixed).items() if not each.pending}
    assert booked == imported(reading(open_banking(file)) for file in files)
