"""The leaf of an event has one spelling, and any other is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidInput
from jamjar.tlog.leaf import MAX_BYTES, RawEvent, from_bytes

from .world import CONSENT, event

numbers = st.integers(0, 2**53 - 1)
words = st.binary(min_size=32, max_size=32)
events = st.builds(
    RawEvent, numbers, st.binary(min_size=20, max_size=20), numbers, words, numbers, words, numbers,
    st.lists(words, max_size=4).map(tuple), st.binary(max_size=200),
)  # fmt: skip


def test_it_is_what_a_node_says() -> None:
    """By hand, from the fields that `eth_getLogs` and `eth_getBlockByHash` give."""
    address, block_hash, transaction = f"0x{'1' * 40}", f"0x{'2' * 64}", f"0x{'3' * 64}"
    fours, fives = 64 * "4", 64 * "5"
    leaf = (
        f'{{"block":7,"block_hash":"{block_hash}","chain":1337,"contract":"{address}","data":"0x0102",'
        f'"format":"jamjar.event.1","index":1,"time":1800000000,"topics":["0x{fours}","0x{fives}"],'
        f'"transaction":"{transaction}"}}'
    ).encode()
    made = RawEvent(
        1337, b"\x11" * 20, 7, b"\x22" * 32, 1_800_000_000, b"\x33" * 32, 1, (b"\x44" * 32, b"\x55" * 32), b"\1\2"
    )
    assert (made.to_bytes(), from_bytes(leaf)) == (leaf, made)


@given(events)
def test_it_is_read_back(made: RawEvent) -> None:
    assert from_bytes(made.to_bytes()) == made


CHANGES = [
    {"block": "7"}, {"block": True}, {"block": -1}, {"block": 2**53}, {"contract": "0x" + "1A" * 20}, {"data": "0x1"},
    {"data": None}, {"data": "01"}, {"topics": None}, {"topics": ["0x00"]}, {"topics": ["0x" + "00" * 32] * 5},
    {"format": "jamjar.event.2"}, {"block_hash": "0x00"}, {"extra": 1}, {"time": 1.5}, {"contract": "0x00"},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_any_other_content_is_refused(change: dict[str, object]) -> None:
    values = json.loads(event(3).to_bytes()) | change
    with pytest.raises(InvalidInput):
        from_bytes(json.dumps(values, sort_keys=True, separators=(",", ":")).encode())


@pytest.mark.parametrize(
    "leaf", [b"", b"\xff", b"[]", b"null", event(1).to_bytes() + b"\n", b" " + event(1).to_bytes()]
)
def test_any_other_spelling_is_refused(leaf: bytes) -> None:
    with pytest.raises(InvalidInput):
        from_bytes(leaf)


def test_too_long_an_event_is_no_leaf() -> None:
    with pytest.raises(InvalidInput, match="too long for a leaf"):
        event(1, data=bytes(MAX_BYTES // 2)).to_bytes()


def test_it_knows_whom_it_concerns() -> None:
    assert event(0).concerns(CONSENT)
    assert not event(1).concerns(CONSENT)
    assert not event(0, topics=()).concerns(CONSENT)
    assert event(3).place == (1, 1)


def test_it_concerns_the_consent_that_it_names_first() -> None:
    topics = event(0).topics
    assert event(0).concerns(CONSENT)
    for others in ((), topics[:1], (topics[1], topics[0]), (*topics[:1], bytes(32), topics[1])):
        assert not event(0, topics=others).concerns(CONSENT)
