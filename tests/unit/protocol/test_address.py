"""Addresses: what is refused, the EIP-55 checksum against its text and eth-utils, and those of created contracts."""

import pytest
import rlp
from eth_utils import keccak, to_checksum_address
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidInput
from jamjar.protocol.address import checksum_address, created_address, parse_address

# EIP-55, "Test Cases"
EIP_55 = [
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    "0xde709f2102306220921060314715629080e2fb77",
    "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
]
MIXED = EIP_55[4]

raw_addresses = st.binary(min_size=20, max_size=20).filter(any)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0x",
        MIXED[:-1],
        MIXED + "0",
        MIXED[2:],
        "0X" + MIXED[2:].lower(),
        " " + MIXED[:-1],
        MIXED[:-1] + "g",
        MIXED[:-2] + " d",
        "0x" + "٣" * 40,
        "0x" + "0" * 40,
        MIXED.encode(),
        bytes(20),
        None,
        1,
    ],
)
def test_what_is_not_an_address_is_refused(text):
    with pytest.raises(InvalidInput):
        parse_address(text)


@pytest.mark.parametrize("position", [i for i, c in enumerate(MIXED) if c.isalpha() and i > 1])
def test_a_letter_in_the_wrong_case_is_refused(position):
    text = MIXED[:position] + MIXED[position].swapcase() + MIXED[position + 1 :]

    with pytest.raises(InvalidInput, match="checksum"):
        parse_address(text)


@pytest.mark.parametrize("length", [0, 19, 21, 32])
def test_only_20_bytes_are_an_address(length):
    with pytest.raises(InvalidInput):
        checksum_address(b"\x01" * length)


@given(raw_addresses)
def test_the_checksum_agrees_with_eth_utils(raw):
    assert checksum_address(raw) == to_checksum_address(raw)


@given(raw_addresses)
def test_every_spelling_of_an_address_is_read_as_its_bytes(raw):
    for text in (to_checksum_address(raw), "0x" + raw.hex(), "0x" + raw.hex().upper()):
        assert parse_address(text) == raw


@pytest.mark.parametrize("text", EIP_55)
def test_the_checksum_is_that_of_the_standard(text):
    assert checksum_address(bytes.fromhex(text[2:])) == text


# Of the first contracts of one account, from Ethereum Stack Exchange, question 760.
CREATOR = "0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0"
CREATED = ["0xcd234a471b72ba2f1ccf0a70fcaba648a5eecd8d", "0x343c43a37d37dff08ae8c4a11544c718abb4fcf8",
           "0xf778b86fa74e846c4f0a1fbd1335fe81c00a0c91", "0xfffd933a0bc612844eaf0c6fe3e5b8e9b6c1d19c"]  # fmt: skip


@pytest.mark.parametrize("nonce", range(4))
def test_the_address_of_a_created_contract(nonce):
    assert created_address(CREATOR, nonce) == to_checksum_address(CREATED[nonce])


@given(creator=raw_addresses, nonce=st.one_of(st.integers(0, 300), st.integers(0, 2**64 - 2)))
def test_the_address_of_a_created_contract_as_rlp_has_it(creator, nonce):
    expected = keccak(rlp.encode([creator, nonce]))[12:]
    assert created_address(checksum_address(creator), nonce) == to_checksum_address(expected)
