"""Text from a bank's file: what is refused, what is shown, what is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.bank.text import MAX_TEXT, clean, folded, without_numbers
from jamjar.errors import InvalidInput


@pytest.mark.parametrize("value", [None, 1, b"x", ["x"], "a\0b", "\ud800", "a\u0378", "x" * (MAX_TEXT + 1)])
def test_refuses_what_no_bank_writes(value: object) -> None:
    with pytest.raises(InvalidInput, match="the memo"):
        clean(value, "the memo")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        ("\t ", ""),
        ("TESCO   STORES \n", "TESCO STORES"),
        ("\x1b[31mred", "[31mred"),
        ("Caf\u00e9\u00a0Bar", "Café Bar"),
        ("shop\u202epohs", "shop pohs"),
    ],
)
def test_cleans(text: str, cleaned: str) -> None:
    assert clean(text, "the memo") == cleaned


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cn"], blacklist_characters="\0"), max_size=60))
def test_what_is_clean_can_be_shown_and_stays(text: str) -> None:
    cleaned = clean(text, "x")
    assert cleaned.isprintable()
    assert cleaned == cleaned.strip() == clean(cleaned, "x")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A LANDLORD, 203040 44332211 RENT", "A LANDLORD, *** *** RENT"),
        ("20-30-40 Smith", "*** Smith"),
        ("CARD 4929 1234 1234 1234", "CARD ***"),
        ("GB29NWBK60161331926819", "GB29NWBK***"),
        ("TESCO STORES 2345 ON 12 MAR", "TESCO STORES 2345 ON 12 MAR"),
    ],
)
def test_drops_account_numbers(text: str, kept: str) -> None:
    assert without_numbers(text) == kept


@pytest.mark.parametrize(("one", "other"), [("TESCO", "tesco"), ("Ｔｅｓｃｏ", "Tesco"), ("Straße  1", "STRASSE 1")])
def test_what_reads_alike_is_folded_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)
