"""Keccak-256 against published vectors and a second implementation."""

import hashlib

import pytest
from Crypto.Hash import keccak
from hypothesis import given
from hypothesis import strategies as st

from jamjar.crypto.hashing import keccak256

RATE = 136  # bytes absorbed at once by Keccak with a capacity of 512 bits


def reference_keccak(data: bytes) -> bytes:
    return keccak.new(digest_bits=256, data=data).digest()


def test_it_is_not_the_sha3_of_fips_202():
    assert keccak256(b"abc") != hashlib.sha3_256(b"abc").digest()


@pytest.mark.parametrize("value", ["abc", None, 3], ids=["text", "nothing", "number"])
def test_only_bytes_are_hashed(value):
    with pytest.raises(TypeError):
        keccak256(value)


@given(st.binary(max_size=3 * RATE))
def test_it_agrees_with_pycryptodome(data):
    assert keccak256(data) == reference_keccak(data)


@pytest.mark.parametrize("length", [RATE - 1, RATE, RATE + 1, 2 * RATE - 1, 2 * RATE, 2 * RATE + 1])
def test_it_agrees_at_the_edges_of_a_block(length):
    data = bytes(i % 251 for i in range(length))

    assert keccak256(data) == reference_keccak(data)


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    ],
    ids=["empty", "abc"],
)
def test_it_gives_the_published_digests(data, digest):
    assert keccak256(data).hex() == digest
