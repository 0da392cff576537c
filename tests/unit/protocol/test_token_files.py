"""Tokens, requests and answers as files: what comes back, and what is refused or read as no token.

When a token, a request or an answer is changed    InvalidInput
Given a message with a broken token                the message is read, and the token is none
"""

import json
from dataclasses import replace

import pytest

from jamjar.errors import InvalidInput
from jamjar.protocol import token as tokens
from jamjar.protocol import vouched
from jamjar.protocol.enrolment import EnrolmentAnswer, EnrolmentRequest
from jamjar.protocol.signing import sign
from jamjar.protocol.token import Token
from jamjar.protocol.typed_data import Grant, Withdraw
from tests.support.tokens import ADMITTER, QUOTA, TestAdmitter
from tests.unit.relayer.world import DEPLOYMENT, NOW, grant, key

ADMITTING = TestAdmitter(tokens.epoch_of(NOW))
BY, OTHER = key(), key()
DOMAIN = DEPLOYMENT.domain_of(Grant)
TOKEN = ADMITTING.token(BY.address, DEPLOYMENT)


class TestFiles:
    def test_a_token_comes_back(self):
        assert tokens.from_json(TOKEN.to_json()) == TOKEN
        assert TOKEN.signature.hex() not in repr(TOKEN)

    @pytest.mark.parametrize("name", ["format", "admitter", "epoch", "consent", "signature"])
    @pytest.mark.parametrize("value", [None, 0, -1, True, "", "x", [], 2**32])
    def test_a_changed_token_is_refused(self, name: str, value):
        with pytest.raises(InvalidInput):
            Token.from_fields(TOKEN.to_fields() | {name: value})

    def test_a_message_with_and_without_its_token(self):
        signed = grant(BY)
        for given in (None, TOKEN):
            assert vouched.read(vouched.to_json(signed, DOMAIN, given)) == (signed, DOMAIN, given)

    @pytest.mark.parametrize("wrong", [None, 7, {}, TOKEN.to_fields() | {"epoch": 1}, TOKEN.to_fields() | {"more": 1}])
    def test_a_broken_token_is_read_as_none_and_costs_no_message(self, wrong):
        signed = sign(BY, DOMAIN, Withdraw(BY.address))
        text = json.loads(vouched.to_json(signed, DOMAIN, TOKEN))
        assert vouched.read(json.dumps(text | {"token": wrong})) == (signed, DOMAIN, None)

    @pytest.mark.parametrize("wrong", ["1.5", "NaN", '{"a":1,"a":2}', "[" * 900 + "]" * 900, '"\\ud800"'])
    def test_a_token_that_is_no_strict_json_costs_no_message(self, wrong):
        signed = sign(BY, DOMAIN, Withdraw(BY.address))
        text = json.loads(vouched.to_json(signed, DOMAIN, TOKEN))
        given = json.dumps(text | {"token": "HERE"}).replace('"HERE"', wrong)
        assert vouched.read(given) == (signed, DOMAIN, None)

    def test_a_token_of_another_consent_is_read_as_none(self):
        other = ADMITTING.token(OTHER.address, DEPLOYMENT)
        assert vouched.read(vouched.to_json(grant(BY), DOMAIN, other))[2] is None

    @pytest.mark.parametrize("change", [{"format": "jamjar.vouched.2"}, {"signed": None}, {"signed": {}}, {"more": 1}])
    def test_another_envelope_is_refused(self, change):
        text = json.loads(vouched.to_json(grant(BY), DOMAIN, TOKEN))
        with pytest.raises(InvalidInput):
            vouched.read(json.dumps(text | change))

    @pytest.mark.parametrize("kind", [EnrolmentRequest, EnrolmentAnswer])
    def test_requests_and_answers(self, kind):
        numbers = tuple(bytes([each]) * 256 for each in range(1, QUOTA + 1))
        made = kind(ADMITTER, ADMITTING.epoch, ADMITTING.key.digest, numbers)
        assert kind.from_json(made.to_json()) == made
        made.check(ADMITTER, ADMITTING.key)
        zeros = (bytes(256), *numbers[1:])
        for wrong in (
            replace(made, admitter=5), replace(made, epoch=202601), replace(made, key=bytes(32)),
            replace(made, items=numbers[:1]), replace(made, items=(*numbers, b"\x09" * 256)),
            replace(made, items=(numbers[0],) * QUOTA), replace(made, items=(b"\xff" * 256, *numbers[1:])),
            replace(made, items=zeros), replace(made, items=(b"\1" * 255, *numbers[1:])),
        ):  # fmt: skip
            with pytest.raises(InvalidInput):
                wrong.check(ADMITTER, ADMITTING.key)
        fields = json.loads(made.to_json())
        for name in fields:
            for value in (None, "x", [1], 202613):
                if name != "admitter" or value != 202613:
                    with pytest.raises(InvalidInput):
                        kind.from_json(json.dumps(fields | {name: value}))
