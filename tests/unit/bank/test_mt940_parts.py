"""MT940 of any size: its statements are read in parts, each as the library reads the whole."""

import io
from collections.abc import Callable

import mt940
import pytest

from jamjar.bank import mt940 as reader
from jamjar.bank.row import BankRow
from jamjar.bank.source import BankFile
from tests.unit.bank.test_families import MT940

Read = Callable[..., list[BankRow]]


def test_mt940_is_read_in_parts_as_the_library_reads_the_whole(monkeypatch: pytest.MonkeyPatch, reading: Read) -> None:
    """Each part has its statement's account and currency; what is below the closing balance is no payment's."""
    rows = "".join(f":61:2611101110D{n},00NMSCREF{n}//B{n}\r\n:86:SHOP {n}\r\n  LINE 2\r\n" for n in range(1, 12))
    text = (
        f"{{1:F01X}}{{4:\r\n{MT940[: MT940.index(':61:')]}{rows}:62F:C261130GBP1,00\r\n:86:ABOUT ALL\r\n-}}\r\n{MT940}"
    )
    (whole, *_) = [mt940.parse(f":20:{part}") for part in text.split(":20:")[1:]]
    found = {}
    for size in (1, 2, 5, 11, 200):
        monkeypatch.setattr(reader, "AT_ONCE", size)
        found[size] = reading(text.encode())
    assert all(rows == found[200] for rows in found.values())
    assert [row.pence for row in found[1][:11]] == [int(each.data["amount"].amount * 100) for each in whole]
    assert [row.payee for row in found[1][:11]] == [f"SHOP {n} LINE 2" for n in range(1, 12)]
    assert len(found[1]) == 11 + 3


def test_mt940_of_any_size_is_held_in_parts() -> None:
    text = MT940[: MT940.index(":61:")] + ":61:2611101110D1,00NMSCREF//B\r\n" * 1000
    found = reader.parts(BankFile(io.BytesIO(text.encode())))
    assert [count for _, count in found] == [reader.AT_ONCE] * (1000 // reader.AT_ONCE)
