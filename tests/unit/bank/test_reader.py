"""Reading any file: bounds, and whose keys they are."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.bank import source, statement
from jamjar.bank.book import Merge
from jamjar.bank.keys import RowKeys
from jamjar.bank.reader import read
from jamjar.bank.row import BankRow
from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput

Read = Callable[..., list[BankRow]]
Data = Callable[[str], bytes]


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xef\xbb\xbf", b"\x89PNG\r\n", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>"]
)
def test_other_files_are_refused(reading: Read, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        reading(content)


def test_a_file_open_as_text_is_refused() -> None:
    with pytest.raises(InvalidInput, match="binary"):
        read(io.StringIO("Date\n"), RowKeys(bytes(32)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["monzo.csv", "open_banking_v3.json"])
def test_a_file_is_bounded(monkeypatch: pytest.MonkeyPatch, reading: Read, data: Data, name: str) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 700)
    with pytest.raises(InvalidInput, match="larger than"):
        reading(data(name))


@pytest.mark.parametrize("name", ["monzo.csv", "open_banking_v3.json"])
def test_rows_are_bounded(monkeypatch: pytest.MonkeyPatch, reading: Read, data: Data, name: str) -> None:
    monkeypatch.setattr(statement, "MAX_ROWS", 2)
    with pytest.raises(InvalidInput, match="more than 2 rows"):
        reading(data(name))


@pytest.mark.parametrize("name", ["monzo.csv", "starling.csv", "barclays.csv", "open_banking_v3.json"])
def test_digests_are_the_secrets(reading: Read, data: Data, name: str) -> None:
    ours, theirs = reading(data(name)), reading(data(name), secret=bytes(32))
    assert not {row.source for row in ours} & {row.source for row in theirs}
    assert not {row.number for row in ours} & {row.number for row in theirs} - {""}


def test_accounts_are_apart(reading: Read, data: Data) -> None:
    mine = reading(data("barclays.csv"))
    assert mine == reading(data("barclays.csv").replace(b"20-00-00 55779911", b"200000 55779911"))
    joint = reading(data("barclays.csv").replace(b"55779911", b"55779912"))
    assert not {row.source for row in mine} & {row.source for row in joint}
    named = reading(data("starling.csv"), account="joint")
    assert not {row.source for row in named} & {row.source for row in reading(data("starling.csv"))}


def test_memory_is_for_one_part_at_a_time(data: Data) -> None:
    """After the first row no more than the first parts of the file have been read."""
    header, row = data("monzo_older.csv").splitlines(keepends=True)
    file = io.BytesIO(header + row * 20_000)
    next(read(file, RowKeys(bytes(32))).rows)
    assert file.tell() <= 2 * source.MAX_LINE < len(file.getvalue())


NAMES = ["monzo.csv", "starling.csv", "barclays.csv", "open_banking_v3.json", "open_banking_v4.json"]


@settings(max_examples=150)
@given(st.sampled_from(NAMES), st.integers(0, 2000), st.integers(0, 40), st.binary(max_size=8))
def test_whatever_is_broken_in_a_file_is_read_or_refused(
    reading: Read, merging: Callable[..., Merge], data: Data, name: str, start: int, length: int, new: bytes
) -> None:
    whole = data(name)
    try:
        rows = reading(whole[:start] + new + whole[start + length :])
    except InvalidInput:
        return
    held = merging([], rows).put if unique(rows) else ()
    assert all(Transaction.from_json(each.to_json()) == each for each in held)


def unique(rows: list[BankRow]) -> bool:
    """Whether no number that a bank uses once is there twice."""
    numbers = [row.number for row in rows if row.unique]
    return len(set(numbers)) == len(numbers)
