"""Reading any file: bounds, and whose keys they are."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.bank import csv_files, open_banking, source
from jamjar.bank.reader import read
from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput

Read = Callable[..., list[Transaction]]
Data = Callable[[str], bytes]


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xef\xbb\xbf", b"\x89PNG\r\n", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>"]
)
def test_other_files_are_refused(reading: Read, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        reading(content)


def test_a_file_open_as_text_is_refused() -> None:
    with pytest.raises(InvalidInput, match="binary"):
        read(io.StringIO("Date\n"), bytes(32))  # type: ignore[arg-type]


@pytest.mark.parametrize("secret", [b"", bytes(31), bytes(33), "0" * 32, None])
def test_a_secret_that_is_not_32_bytes_is_refused(reading: Read, data: Data, secret: bytes) -> None:
    for name in ("starling.csv", "open_banking_v3.json"):
        with pytest.raises(InvalidInput, match="32 bytes"):
            reading(data(name), secret=secret)


@pytest.mark.parametrize("name", ["monzo.csv", "open_banking_v3.json"])
def test_a_file_is_bounded(monkeypatch: pytest.MonkeyPatch, reading: Read, data: Data, name: str) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 700)
    with pytest.raises(InvalidInput, match="larger than"):
        reading(data(name))


@pytest.mark.parametrize(("name", "kind"), [("monzo.csv", csv_files), ("open_banking_v3.json", open_banking)])
def test_rows_are_bounded(monkeypatch: pytest.MonkeyPatch, reading: Read, data: Data, name: str, kind: object) -> None:
    monkeypatch.setattr(kind, "MAX_ROWS", 2)
    with pytest.raises(InvalidInput, match="more than 2 rows"):
        reading(data(name))


@pytest.mark.parametrize("name", ["monzo.csv", "starling.csv", "barclays.csv", "open_banking_v3.json"])
def test_keys_are_the_secrets(reading: Read, data: Data, name: str) -> None:
    ours, theirs = reading(data(name)), reading(data(name), secret=bytes(32))
    assert not {t.key for t in ours} & {t.key for t in theirs}
    assert not {t.source for t in ours} & {t.source for t in theirs}


def test_equal_rows_of_two_accounts_are_apart(reading: Read, data: Data) -> None:
    mine = reading(data("barclays.csv"))
    assert mine == reading(data("barclays.csv").replace(b"20-00-00 55779911", b"200000 55779911"))
    joint = reading(data("barclays.csv").replace(b"55779911", b"55779912"))
    assert not {t.key for t in mine} & {t.key for t in joint}
    named = reading(data("starling.csv"), account="joint")
    assert not {t.key for t in named} & {t.key for t in reading(data("starling.csv"))}


def test_equal_rows_of_one_file_are_counted(reading: Read, data: Data) -> None:
    bus = reading(data("barclays.csv"))[1:3]
    assert (bus[0].pence, bus[0].payee) == (bus[1].pence, bus[1].payee)
    assert bus[0].key != bus[1].key


def test_memory_is_for_one_row_at_a_time(data: Data) -> None:
    """After the first row no more than one block of the file has been read."""
    header, row = data("monzo_older.csv").splitlines(keepends=True)
    file = io.BytesIO(header + row * 1000)
    next(read(file, bytes(32)))
    assert file.tell() == len(header) + len(row)


NAMES = ["monzo.csv", "starling.csv", "barclays.csv", "open_banking_v3.json", "open_banking_v4.json"]


@settings(max_examples=150)
@given(st.sampled_from(NAMES), st.integers(0, 2000), st.integers(0, 40), st.binary(max_size=8))
def test_whatever_is_broken_in_a_file_is_read_or_refused(
    reading: Read, data: Data, name: str, start: int, length: int, new: bytes
) -> None:
    whole = data(name)
    try:
        read = reading(whole[:start] + new + whole[start + length :])
    except InvalidInput:
        return
    assert all(Transaction.from_json(each.to_json()) == each for each in read)
