"""Amounts that are marked CR or DR, in a column where others are not.

When money out is marked DR            what is not marked came in
When money in is marked CR             what is not marked is not guessed at, whichever comes first
Given a layout in which it went out    what is not marked went out, and CR came in
"""

import io
from collections.abc import Callable

import pytest

from jamjar.bank.keys import RowKeys
from jamjar.bank.layouts import parsed
from jamjar.bank.reader import read
from jamjar.bank.row import BankRow
from jamjar.errors import InvalidInput

Read = Callable[..., list[BankRow]]
HEAD = "Date,Description,Amount,Balance\n"
CARD = 'name = "Card"\nfamily = "table"\nsource = "a test"\ndays = "dd/mm/yyyy"\nsign = "out"\n[columns]\n'
CARD += 'day = "Date"\npayee = "Description"\namount = "Amount"\n[values]\n'


def statement(*amounts: str) -> bytes:
    return (HEAD + "".join(f"1{n}/11/2026,SHOP {n},{amount},1.00\n" for n, amount in enumerate(amounts))).encode()


@pytest.mark.parametrize(
    ("amounts", "pence"),
    [
        (("4.50 DR", "2.00"), [-450, 200]),
        (("4.50CR", "-2.00", "+3.00", "0.00"), [450, -200, 300, 0]),
        (("4.50 CR", "2.00 DR", "3.00 d"), [450, -200, -300]),
    ],
)
def test_what_is_marked(reading: Read, amounts: tuple[str, ...], pence: list[int]) -> None:
    assert [row.pence for row in reading(statement(*amounts))] == pence


@pytest.mark.parametrize("amounts", [("4.50 CR", "2.00"), ("2.00", "4.50cr"), ("1.00 DR", "2.00", "4.50 C")])
def test_what_is_not_marked_beside_credits_is_not_guessed_at(reading: Read, amounts: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput, match="Some amounts are marked CR and others have no sign, as of row"):
        reading(statement(*amounts))


def test_a_card_whose_credits_are_marked() -> None:
    file = io.BytesIO(statement("4.50", "2.00 CR", "3.00 DR"))
    rows = read(file, RowKeys(bytes(32)), layout=parsed(CARD)).rows
    assert [row.pence for row in rows] == [-450, 200, -300]
