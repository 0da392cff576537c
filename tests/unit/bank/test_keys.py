"""Keys: what makes two rows one, and what keeps them apart."""

import pytest

from jamjar.bank.keys import RowKeys
from jamjar.errors import InvalidInput

SECRET = bytes(range(32))


@pytest.mark.parametrize("account", [None, 1, "a\0b", "x" * 2001])
def test_an_account_that_is_no_name_is_refused(account: str) -> None:
    with pytest.raises(InvalidInput, match="account"):
        RowKeys(SECRET, "Starling", account)


def test_a_number_is_of_one_account_of_one_kind_of_file() -> None:
    ours, theirs = RowKeys(SECRET, "Open Banking"), RowKeys(SECRET, "Monzo")
    made = [ours.numbered("1", "t"), ours.numbered("2", "t"), ours.numbered("1", "u"), theirs.numbered("1", "t")]
    assert len(set(made)) == 4
    assert ours.numbered("1", "t") == made[0]


def test_equal_rows_are_counted_for_each_file_anew() -> None:
    first, second = RowKeys(SECRET, "Barclays"), RowKeys(SECRET, "Barclays")
    made = [first.counted("1", "a", "b") for _ in range(3)]
    assert len(set(made)) == 3
    assert [second.counted("1", "a", "b") for _ in range(3)] == made


def test_cells_do_not_run_into_one_another() -> None:
    cells = [("1", "23"), ("12", "3"), ("1", "2", "3"), ("", "123"), ("123", "")]
    assert len({RowKeys(SECRET, "Barclays").counted(*each) for each in cells}) == 5


def test_a_source_is_of_one_account_by_its_number_or_name() -> None:
    made = [RowKeys(SECRET, "Barclays", name).source(number) for name in ("", "joint") for number in ("", "1")]
    assert len(set(made)) == 4
    assert RowKeys(SECRET, "Barclays").source("") == made[0]
