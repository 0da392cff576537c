"""The balance of a month, day by day, drawn in a terminal and as SVG.

When the height or the days are none    refused
Given rows                              money in less money out, without transfers, holds and what is pending
When it is drawn                        every day has a column; zero, the lowest and the highest are named
When it is a picture                    well-formed, in words too, and nothing in it runs or is fetched
"""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.bank.balance import RunningBalance, balance, drawn, in_words, svg
from jamjar.bank.month import month
from jamjar.bank.rules import Rule, Rules
from jamjar.errors import InvalidInput
from tests.unit.bank.test_explaining import plan, rows

START, END = date(2026, 11, 5), date(2026, 12, 4)
MONTH = RunningBalance(START, END, (0, -1200, 41290, 41290, -500))
balances = st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=30).map(tuple)


def test_days_and_heights_that_are_none() -> None:
    for days in ((), (1,) * 31):
        with pytest.raises(InvalidInput, match="one balance a day"):
            RunningBalance(START, END, days)
    for height in (2, 41, True, "7"):
        with pytest.raises(InvalidInput, match="3 to 40 rows"):
            drawn(MONTH, height=height)  # type: ignore[arg-type]


def test_the_balance_of_rows() -> None:
    made = rows(
        ("2026-11-04", 5000, "Before"), ("2026-11-05", 42490, "DWP"), ("2026-11-06", -1000, "Shop"),
        ("2026-11-06", -9000, "My pot"), ("2026-11-07", -10000, "Hold"), ("2026-11-08", 10000, "Hold"),
        ("2026-11-09", -90, "Later"),
    )  # fmt: skip
    own = Rules((Rule("my pot", "transfer"),))
    found = balance(month([plan("savings = 1")], plan("savings = 1"), made, own), date(2026, 11, 8))
    assert (found.start, found.end, found.last) == (START, END, date(2026, 11, 8))
    assert found.days == (42490, 41490, 41490, 41490)
    assert in_words(found) == (
        "Money in less money out since 5 November: £414.90 on 8 November, between £0.00 and £424.90."
    )


def test_a_drawing() -> None:
    assert drawn(MONTH, height=4).splitlines() == [
        "     £412.90   ██",
        "               ██",
        "               ██",
        "       £0.00 ┄████" + "┄" * 25,
        "             5 November          4 December",
    ]


@given(balances, st.integers(3, 40))
def test_any_drawing(days: tuple[int, ...], height: int) -> None:
    lines = drawn(RunningBalance(START, END, days), height=height, ascii_only=True).splitlines()
    assert len(lines) == height + 1
    assert all(line.isascii() and len(line) <= 13 + 30 + 5 for line in lines)


@given(balances)
def test_any_picture(days: tuple[int, ...]) -> None:
    found = RunningBalance(START, END, days)
    root = ElementTree.fromstring(svg(found))  # noqa: S314 - it is our own
    texts = [each.text or "" for each in root.iter()]
    assert in_words(found) in texts
    (line,) = [each.get("d", "") for each in root.iter() if each.get("class") == "line"]
    assert line.count("V") == line.count("H") == len(days)
    assert all(64 <= float(at) <= 252 for at in re.findall(r"V([-\d.]+)", line))


def test_nothing_in_a_picture_runs_or_is_fetched() -> None:
    text = svg(MONTH, name="november")
    assert 'id="november"' in text
    assert not re.search(r"<script|<a |<image|<use|href|url\(|@import|on[a-z]+=", text)
