"""Keys: digests that only the claimant's secret makes, and what they tell apart."""

from collections.abc import Callable

import pytest

from jamjar.bank.keys import RowKeys
from jamjar.bank.row import BankRow
from jamjar.errors import InvalidInput

SECRET = bytes(range(32))
Row = Callable[..., BankRow]


@pytest.mark.parametrize("account", [None, 1, "a\0b", "x" * 2001])
def test_an_account_that_is_no_name_is_refused(account: str) -> None:
    with pytest.raises(InvalidInput, match="account"):
        RowKeys(SECRET).source("Starling", account)


@pytest.mark.parametrize("secret", [b"", bytes(31), bytes(33), "0" * 32, None])
def test_a_secret_that_is_not_32_bytes_is_refused(secret: bytes) -> None:
    with pytest.raises(InvalidInput, match="32 bytes"):
        RowKeys(secret)


def test_a_number_is_known_again_in_any_kind_of_file() -> None:
    keys = RowKeys(SECRET)
    assert keys.number("t") == RowKeys(SECRET).number("t") != keys.number("u")
    assert keys.number("") == ""


def test_a_key_is_of_all_that_a_row_says_and_of_a_count(row: Row) -> None:
    keys = RowKeys(SECRET)
    rows = [row(), row("t"), row(pence=-101), row(payee="Bus"), row(status="pending")]
    made = [keys.key(each, account, count) for each in rows for account in ("1", "2") for count in (0, 1)]
    assert len(set(made)) == 20
    assert keys.key(row(note="x", payee="CORNER SHOP"), "1", 0) == made[0]


def test_cells_do_not_run_into_one_another() -> None:
    keys = RowKeys(SECRET)
    assert len({keys.source(*each) for each in [("a", "b", ""), ("a", "", "b"), ("ab", "", ""), ("a", "b", "b")]}) == 4


def test_a_source_is_of_one_account_by_its_number_or_name() -> None:
    made = [RowKeys(SECRET).source("Barclays", name, number) for name in ("", "joint") for number in ("", "1")]
    assert len(set(made)) == 4
    assert RowKeys(SECRET).source("Barclays") == made[0] != RowKeys(bytes(32)).source("Barclays")
