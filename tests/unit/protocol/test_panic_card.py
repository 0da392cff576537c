"""The panic card: withdrawals by their own consents, for one contract, and nothing else.

When it would hold another message, a signature by another key or for elsewhere, a consent twice     refused
When its file was changed in any place                                                              refused
Given a card                                                                              its file gives it back
"""

import json
from datetime import date, datetime

import pytest

from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.protocol.panic_card import Card, to_scan, to_text
from jamjar.protocol.signing import ConsentKey, SignedMessage, sign
from jamjar.protocol.typed_data import Commit, Domain, Grant, Pause, Withdraw

DOMAIN, OTHER = Domain(1337, "0x" + "11" * 20), Domain(1337, "0x" + "12" * 20)
KEYS = [ConsentKey(bytes([number]) * 32) for number in range(1, 4)]
DAY = date(2026, 5, 31)
SIGNED = tuple(sign(key, DOMAIN, Withdraw(key.address)) for key in KEYS)
CARD = Card(1337, DOMAIN.contract, SIGNED, DAY)
RECORD = json.loads(CARD.to_json())
C = KEYS[0].address


def card(*withdrawals, chain_id=1337, contract=DOMAIN.contract, made=DAY):
    return Card(chain_id, contract, withdrawals, made)


@pytest.mark.parametrize(
    "message", [Pause(C, 0), Grant(C, 2, 1, 3, 2, 1, b"\1" * 32), Commit(C, b"\1" * 32, bytes(32))]
)
def test_anything_but_a_withdrawal_is_refused(message):
    signed = sign(KEYS[0], DOMAIN, message)
    with pytest.raises(InvalidInput, match="no withdrawals"):
        card(SIGNED[1], signed)
    for write in (to_text, to_scan):
        with pytest.raises(InvalidInput):
            write(signed)


@pytest.mark.parametrize(
    "item", [None, "x", Withdraw(C), SignedMessage(None, SIGNED[0].signature), SignedMessage(Withdraw(C), None)]
)
def test_what_is_no_signed_withdrawal_is_refused(item):
    with pytest.raises(InvalidInput):
        card(item)


@pytest.mark.parametrize("signed", [sign(KEYS[1], DOMAIN, Withdraw(C)), sign(KEYS[0], OTHER, Withdraw(C)),
                                    sign(KEYS[0], Domain(1, DOMAIN.contract), Withdraw(C))])  # fmt: skip
def test_a_signature_by_another_or_for_elsewhere_is_refused(signed):
    with pytest.raises(InvalidSignature):
        card(SIGNED[1], signed)


@pytest.mark.parametrize("make", [
    card, lambda: card(*SIGNED, SIGNED[0]), lambda: card(*SIGNED * 34),
    lambda: Card(1337, DOMAIN.contract, list(SIGNED), DAY), lambda: card(*SIGNED, made=datetime(2026, 5, 31)),
    lambda: card(*SIGNED, made="2026-05-31"), lambda: card(*SIGNED, chain_id=0),
    lambda: card(*SIGNED, chain_id=True), lambda: card(*SIGNED, contract="0x11"),
])  # fmt: skip
def test_what_makes_no_card_is_refused(make):
    with pytest.raises(InvalidInput):
        make()


@pytest.mark.parametrize(
    "text", ["", "[]", "{", None, "7", CARD.to_json() + "x", CARD.to_json() + " " * 65536, "[" * 9999]
)
def test_what_is_no_card_is_not_read(text):
    with pytest.raises(InvalidInput):
        Card.from_json(text)


KINDS = [
    None,
    7,
    0,
    True,
    "",
    "0x",
    [],
    {},
    [[]],
    [{}],
    "2026-5-31",
    "20260531",
    C.lower(),
    "0x" + "AB" * 32,
    "0x" + "1" * 64,
]


@pytest.mark.parametrize("key", sorted(RECORD))
def test_a_card_changed_anywhere_is_not_read(key):
    with pytest.raises(InvalidInput, match=key):
        Card.from_json(json.dumps({name: value for name, value in RECORD.items() if name != key}))
    for value in KINDS:
        with pytest.raises(InvalidInput):
            Card.from_json(json.dumps(RECORD | {key: value}))


@pytest.mark.parametrize("key", sorted(RECORD["withdrawals"][0]))
def test_a_withdrawal_changed_anywhere_is_not_read(key):
    first, *rest = RECORD["withdrawals"]
    for value in (*KINDS, rest[0][key]):
        with pytest.raises(InvalidInput):
            Card.from_json(json.dumps(RECORD | {"withdrawals": [first | {key: value}, *rest]}))
    for wrong in ({name: first[name] for name in first if name != key}, first | {"more": 1}):
        with pytest.raises(InvalidInput):
            Card.from_json(json.dumps(RECORD | {"withdrawals": [wrong, *rest]}))


def test_the_file_gives_the_card_back():
    assert Card.from_json(CARD.to_json()) == CARD
    assert Card.from_json(json.dumps(RECORD, indent=2)).consents == tuple(key.address for key in KEYS)


def test_the_largest_card_fits_its_file():
    keys = [ConsentKey(number.to_bytes(32, "big")) for number in range(1, 101)]
    largest = card(*(sign(key, DOMAIN, Withdraw(key.address)) for key in keys), chain_id=1337)

    assert Card.from_json(largest.to_json()) == largest


def test_a_card_is_not_shown_by_accident():
    assert SIGNED[0].signature.r.hex() not in repr(CARD)
    assert repr(SIGNED[0].signature.vs) not in repr(CARD)
