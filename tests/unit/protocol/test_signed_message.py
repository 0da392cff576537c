"""Signed messages as files: what is not read, one spelling, nothing lost.

When a text is no signed message, or spelt otherwise     InvalidInput
When anything in it was changed                          InvalidInput or InvalidSignature
When it is for another chain or contract                 refused
Given any of the seven messages                          the same comes back
"""

import json
from dataclasses import fields

import pytest

from jamjar.errors import InvalidInput, InvalidSignature
from jamjar.protocol import signed_message
from jamjar.protocol.signing import ConsentKey, SignedMessage, sign
from jamjar.protocol.typed_data import MESSAGES, Acknowledge, Commit, Domain, Grant, Pause, Reconfirm, Resume, Withdraw

DOMAIN, OTHER = Domain(1337, "0x" + "11" * 20), Domain(1337, "0x" + "12" * 20)
KEY = ConsentKey(b"\7" * 32)
C, WORD = KEY.address, b"\xab" * 32
ALL = [
    Grant(C, 2, 100, 900, 500, 3, WORD), Pause(C, 0), Resume(C, 1), Reconfirm(C, 2, 2**40 - 1), Withdraw(C),
    Commit(C, WORD, bytes(32)), Acknowledge(C, WORD, b"\1" * 32),
]  # fmt: skip
GRANT = sign(KEY, DOMAIN, ALL[0])
TEXT = signed_message.to_json(GRANT, DOMAIN)
RECORD = json.loads(TEXT)
KINDS = [None, 7, True, 1.5, "", "0x", [], {}, "Withdraw ", "0x" + "AB" * 32, "0x" + "ab" * 31, "0x" + "0" * 40]


def changed(**values):
    return json.dumps(RECORD | values)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "7", "[" * 5000, None, TEXT.encode(), TEXT + "x", TEXT + " " * 8192]
)
def test_what_is_no_object_of_this_size_is_refused(text):
    with pytest.raises(InvalidInput):
        signed_message.from_json(text)


@pytest.mark.parametrize("key", sorted(RECORD))
def test_a_field_that_is_missing_or_of_another_kind_is_refused(key):
    with pytest.raises(InvalidInput, match=key):
        signed_message.from_json(json.dumps({name: value for name, value in RECORD.items() if name != key}))
    for value in KINDS:
        with pytest.raises(InvalidInput):
            signed_message.from_json(changed(**{key: value}))


@pytest.mark.parametrize("key", sorted(RECORD["message"]))
def test_a_field_of_the_message_is_no_freer(key):
    message = RECORD["message"]
    for value in (*KINDS, "0x" + "11" * 20, 2**41):
        with pytest.raises(InvalidInput):
            signed_message.from_json(changed(message=message | {key: value}))
    with pytest.raises(InvalidInput, match=key):
        signed_message.from_json(changed(message={name: value for name, value in message.items() if name != key}))


def test_a_field_too_many_or_twice_is_refused():
    for text in (changed(more=1), changed(message=RECORD["message"] | {"more": 1}), '{"chain_id":1337,' + TEXT[1:]):
        with pytest.raises(InvalidInput):
            signed_message.from_json(text)


@pytest.mark.parametrize("change", [
    {"contract": C.lower()}, {"contract": C.upper().replace("X", "x")}, {"r": RECORD["r"].upper()},
    {"message": RECORD["message"] | {"consent": C.lower()}}, {"vs": RECORD["vs"][2:]},
    {"message": RECORD["message"] | {"terms_digest": "0x" + " " * 64}}, {"type": "grant"},
])  # fmt: skip
def test_another_spelling_is_refused(change):
    with pytest.raises(InvalidInput):
        signed_message.from_json(changed(**change))


@pytest.mark.parametrize("change", [{"chain_id": 1}, {"contract": OTHER.contract}, {"r": RECORD["vs"]},
    {"type": "Pause"}, {"message": RECORD["message"] | {"max_uses": 4}},
    {"type": "Withdraw", "message": {"consent": C}}])  # fmt: skip
def test_what_was_not_signed_is_refused(change):
    with pytest.raises(InvalidInput):
        signed_message.from_json(changed(**change))


def test_a_message_for_elsewhere_is_refused():
    with pytest.raises(InvalidInput, match="another chain or contract"):
        signed_message.from_json(TEXT, OTHER)
    with pytest.raises(InvalidSignature):
        signed_message.to_json(GRANT, OTHER)


@pytest.mark.parametrize("signed", [None, SignedMessage(None, GRANT.signature), SignedMessage(ALL[0], None), ALL[0],
                                    SignedMessage(Withdraw(C), GRANT.signature)])  # fmt: skip
def test_what_is_not_signed_is_not_written(signed):
    with pytest.raises(InvalidInput):
        signed_message.to_json(signed, DOMAIN)


@pytest.mark.parametrize("message", ALL, ids=lambda message: type(message).__name__)
def test_nothing_is_lost(message):
    signed = sign(KEY, DOMAIN, message)
    text = signed_message.to_json(signed, DOMAIN)

    assert signed_message.from_json(text, DOMAIN) == signed
    assert signed_message.read(json.dumps(json.loads(text), indent=1)) == (signed, DOMAIN)
    assert len(text) < signed_message.MAX_BYTES / 8


def test_all_seven_messages_are_tried_and_their_words_known():
    assert {type(message) for message in ALL} == set(MESSAGES)
    words = {each.name for message in ALL for each in fields(message) if isinstance(getattr(message, each.name), bytes)}
    assert words == signed_message._WORDS


def test_no_error_repeats_what_was_read():
    with pytest.raises(InvalidInput) as caught:
        signed_message.from_json(changed(vs="0x" + "5" * 63))
    assert "555" not in str(caught.value)
