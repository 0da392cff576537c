"""One transaction: every refusal, then that its bytes say all of it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.bank.transaction import Transaction
from jamjar.errors import InvalidInput
from jamjar.plan.money import MAX_PENCE

ONE = Transaction("0" * 31 + "a", "b" * 16, date(2026, 4, 2), -735, "Corner Shop", "milk")
FIRST = (
    b'{"day":"2026-04-02","format":"jamjar.transaction.1","key":"0000000000000000000000000000000a","note":"milk",'
    b'"payee":"Corner Shop","pence":-735,"source":"bbbbbbbbbbbbbbbb","status":"booked","transfer":false}'
)
BYTES = (
    FIRST.replace(b"transaction.1", b"transaction.2")
    .replace(b'"payee"', b'"number":"","origin":"","payee"')
    .replace(b'"transfer"', b'"time":"","transfer"')
)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "0" * 31), ("key", "A" * 32), ("key", None), ("source", "0" * 15), ("source", 1),
        ("day", "2026-04-02"), ("day", datetime(2026, 4, 2)), ("day", date(1999, 12, 31)), ("day", date(2200, 1, 1)),
        ("pence", True), ("pence", 7.35), ("pence", MAX_PENCE + 1), ("pence", "735"),
        ("payee", None), ("payee", " shop"), ("payee", "a\nb"), ("payee", "x" * 2001), ("note", "\x1b"),
        ("status", "BOOK"), ("status", None), ("transfer", 0), ("transfer", None),
        ("number", None), ("number", "0" * 15), ("time", "9:00"), ("time", None), ("origin", "x"), ("origin", 1),
    ],
)  # fmt: skip
def test_refuses(field: str, value: Any) -> None:
    with pytest.raises(InvalidInput):
        replace(ONE, **{field: value})


@pytest.mark.parametrize(
    "data",
    [
        "text", b"", b"{}", b"[]", b"\xff", BYTES + b" ", BYTES.replace(b"transaction.2", b"transaction.3"),
        BYTES.replace(b"transaction.2", b"transaction.1"), FIRST.replace(b"transaction.1", b"transaction.2"),
        BYTES.replace(b"-735", b"-7.35"), BYTES.replace(b"2026-04-02", b"20260402"), BYTES.replace(b"2026-04-02", b""),
        BYTES.replace(b"booked", b"lost"), BYTES.replace(b"false", b"0"), BYTES.replace(b'"milk"', b"1"),
        BYTES.replace(b"{", b'{"more":1,'), BYTES.replace(b"{", b'{"pence":1,'),
    ],
)  # fmt: skip
def test_does_not_read_other_bytes(data: Any) -> None:
    with pytest.raises(InvalidInput) as caught:
        Transaction.from_json(data)
    assert "735" not in str(caught.value)
    assert "Corner" not in str(caught.value)


def test_what_is_private_is_not_shown() -> None:
    assert not any(private in repr(ONE) for private in ("735", "Corner", "milk"))


def test_bytes_are_these() -> None:
    assert ONE.to_json() == BYTES
    assert Transaction.from_json(BYTES) == Transaction.from_json(FIRST) == ONE


texts = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Cn", "Co"]), max_size=20)


@given(st.integers(-MAX_PENCE, MAX_PENCE), texts, texts, st.sampled_from(["booked", "pending", "void"]), st.booleans())
def test_what_is_written_reads_back(pence: int, payee: str, note: str, status: Any, transfer: bool) -> None:
    one = replace(ONE, pence=pence, payee=payee, note=note, status=status, transfer=transfer)
    one = replace(one, number="c" * 16, time="23:59:59", origin="d" * 16)
    assert Transaction.from_json(one.to_json()) == one


@pytest.mark.parametrize(
    ("status", "transfer", "pending", "counts"),
    [("booked", False, False, True), ("booked", True, False, False), ("pending", False, True, False),
     ("void", False, False, False)],
)  # fmt: skip
def test_only_what_is_booked_and_no_transfer_counts(status: Any, transfer: bool, pending: bool, counts: bool) -> None:
    one = replace(ONE, status=status, transfer=transfer)
    assert (one.pending, one.counts) == (pending, counts)
