"""advice: a text, and a digest that says nothing of it.

When the text is empty, blank, too long, no text     InvalidInput
When it holds half a character                       InvalidInput, on taking the digest
When the salt is not 32 bytes, or all zero           InvalidInput
When two have another text or salt                   their digests differ
When it is shown                                     neither text nor salt is
"""

from typing import Any

import pytest
from eth_utils import keccak
from hypothesis import given
from hypothesis import strategies as st

from jamjar.disclosure.advice import Advice
from jamjar.errors import InvalidInput

SALT = bytes(range(1, 33))
TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=200).filter(str.strip)


@pytest.mark.parametrize("text", ["", " ", "\n\t", "a" * 20_001, None, 7, b"text", ["a"]])
def test_no_text(text: Any) -> None:
    with pytest.raises(InvalidInput):
        Advice(text, SALT)


@pytest.mark.parametrize("salt", [b"", bytes(32), SALT[:31], SALT + b"\1", "a" * 32, None, 7, bytearray(SALT)])
def test_no_salt(salt: Any) -> None:
    with pytest.raises(InvalidInput, match="32 random bytes"):
        Advice("Ask for a social tariff.", salt)


def test_half_a_character() -> None:
    with pytest.raises(InvalidInput, match="half a character"):
        _ = Advice("a\ud800", SALT).digest


@given(TEXTS, st.binary(min_size=32, max_size=32).filter(any))
def test_the_digest(text: str, salt: bytes) -> None:
    tag = keccak(b"jamjar.advice.1")
    assert Advice(text, salt).digest == keccak(tag + salt + keccak(text.encode("utf-8")))


@given(TEXTS, TEXTS)
def test_another_text_or_salt_is_another_digest(one: str, other: str) -> None:
    assert Advice(one, SALT).digest != Advice(one, SALT[::-1]).digest
    assert (Advice(one, SALT).digest == Advice(other, SALT).digest) == (one == other)


@pytest.mark.parametrize("text", ["a", "a" * 20_000, " a "])
def test_takes_1_to_20000_characters(text: str) -> None:
    assert Advice(text, SALT).text == text


def test_shows_neither_text_nor_salt() -> None:
    shown = repr(Advice("Ask for a social tariff.", SALT))
    assert "social" not in shown
    assert SALT.hex() not in shown
    assert str(SALT) not in shown
