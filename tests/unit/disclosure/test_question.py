"""Questions and answers on their way: sealed, opened, and refused in another form."""

import dataclasses
import json

import pytest
from eth_account import Account

from jamjar.crypto.sealing import SealBroken
from jamjar.disclosure import reply
from jamjar.disclosure.package import open_package
from jamjar.disclosure.question import SignedQuestion, sign_question
from jamjar.errors import InvalidInput
from jamjar.protocol.signing import AccountSigner
from tests.unit.disclosure.test_answer import CLAIMANT, DOMAIN, QUESTION, RECIPIENT, SHOWN, answered, refused, sealed

ADVISER = AccountSigner(Account.from_key(b"\7" * 32))


class TestSealed:
    @pytest.mark.parametrize("make", [answered, refused])
    def test_an_answer_opens_with_the_recipient_s_key_as_it_was(self, make):
        made = make()
        opened = open_package(sealed(made), RECIPIENT, DOMAIN)
        assert (opened.answer, opened.disclosure, opened.reply_key) == (made, SHOWN, CLAIMANT.public_bytes)
        assert opened.content is opened.answer

    def test_a_question_reaches_the_claimant_with_the_account_that_signed(self):
        signed = sign_question(QUESTION, ADVISER, DOMAIN)
        sent = reply.seal_question(signed, CLAIMANT.public_bytes, DOMAIN)
        opened = reply.open_reply(sent, CLAIMANT, DOMAIN)
        assert opened == signed
        assert opened.account(DOMAIN) == ADVISER.address
        assert len(sent.sealed) == reply.SEALED_BYTES[0]

    def test_a_question_about_another_commitment_than_its_letter_is_refused(self):
        signed = sign_question(dataclasses.replace(QUESTION, chain_id=7), ADVISER, DOMAIN)
        with pytest.raises(SealBroken, match="neither advice"):
            reply.open_reply(reply.seal_question(signed, CLAIMANT.public_bytes, DOMAIN), CLAIMANT, DOMAIN)

    @pytest.mark.parametrize(
        "change",
        [{"format": "jamjar.question.2"}, {"relation": "more"}, {"figures": [[1]]}, {"figures": []}, {"id": "0x"},
         {"use": 0}, {"use": 1.0}, {"amount": None}, {"root": "AB" * 32}, {"signature": "zz"}, {"extra": 1}],
    )  # fmt: skip
    def test_a_question_in_another_form_is_refused(self, change):
        text = json.loads(sign_question(QUESTION, ADVISER, DOMAIN).to_json()) | change
        with pytest.raises(InvalidInput):
            SignedQuestion.from_json(json.dumps(text))
