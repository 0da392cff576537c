"""Padding: a text comes back whole, and its length tells nothing but the smallest size that holds it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.encoding.padding import pad, unpad
from jamjar.errors import InvalidInput

SIZES = (16, 32, 64)


def test_refuses_what_is_longer_than_all():
    assert len(pad(b"a" * 60, SIZES)) == 64
    with pytest.raises(InvalidInput, match="longer than 60 bytes"):
        pad(b"a" * 61, SIZES)


@pytest.mark.parametrize(
    "padded",
    [b"", b"\0\0\0", bytes(15), bytes(17), b"\0\0\0\1a" + bytes(10) + b"\1", b"\0\0\0\x0d" + b"a" * 12,
     b"\xff\xff\xff\xff" + bytes(12)],
)  # fmt: skip
def test_refuses_what_it_did_not_make(padded):
    with pytest.raises(InvalidInput, match="padding"):
        unpad(padded, SIZES)


@given(st.binary(max_size=60), st.integers(0, 100))
def test_brings_the_text_back(text, room):
    padded = pad(text, SIZES, room)
    assert unpad(padded, SIZES) == text
    assert len(padded) == next((size for size in SIZES if size >= max(len(text) + 4, room)), 64)
