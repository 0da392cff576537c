"""Terms and requests that allow questions: format 2, and the first format unchanged beside it."""

import dataclasses
import json

import pytest
from sha3 import keccak_256

from jamjar.consent import record, schema
from jamjar.consent.notice import notice
from jamjar.consent.parties import Controller, Registries
from jamjar.consent.request import SignedConsentRequest
from jamjar.consent.scope import Detail, ScopeItem
from jamjar.consent.terms import Terms
from jamjar.consent.words import words
from jamjar.errors import InvalidTerms
from tests.unit.consent.test_terms_json import CANONICAL, TERMS
from tests.unit.wallet.scene import asked, asking

RENT = ScopeItem("fixed.home.rent", Detail.THRESHOLD)
INCOME = ScopeItem("income", Detail.THRESHOLD)
BALANCE = ScopeItem("balance", Detail.THRESHOLD)
ASKING = dataclasses.replace(TERMS, scope=TERMS.scope | {RENT, INCOME, BALANCE}, questions=3)
# Written by hand, as the first format's in test_terms_json.
CANONICAL_2 = (
    CANONICAL.replace("jamjar.terms.1", "jamjar.terms.2")
    .replace('"recipient":7', '"questions":3,"recipient":7')
    .replace('[{"jar"', '[{"jar":"balance","what":"threshold"},{"jar":"fixed.home.rent","what":"threshold"},{"jar"')
    .replace('{"jar":"fixed.home.rent","what":"threshold"},', "")
    .replace(
        '{"jar":"income","what":"total"}',
        '{"jar":"fixed.home.rent","what":"threshold"},{"jar":"income","what":"threshold"},'
        '{"jar":"income","what":"total"}',
    )
)


class TestTerms:
    def test_the_encoding_and_its_digest_are_of_format_2_and_read_again(self):
        assert ASKING.to_json() == CANONICAL_2
        assert Terms.from_json(CANONICAL_2) == ASKING
        hashed = keccak_256(keccak_256(b"jamjar.terms.2").digest() + b"\1" * 32)
        hashed.update(keccak_256(CANONICAL_2.encode()).digest())
        assert ASKING.digest(b"\1" * 32) == hashed.digest()

    @pytest.mark.parametrize("questions", [0, 13, -1, True, 1.0, "1", None])
    def test_a_threshold_needs_one_to_twelve_questions(self, questions):
        with pytest.raises(InvalidTerms, match="most questions"):
            dataclasses.replace(ASKING, questions=questions)

    def test_questions_need_a_threshold(self):
        with pytest.raises(InvalidTerms, match="most questions"):
            dataclasses.replace(TERMS, questions=1)

    @pytest.mark.parametrize("change", [{"format": "jamjar.terms.1"}, {"format": "jamjar.terms.3"}, {"format": 2}])
    def test_another_format_is_refused_and_not_read_as_if(self, change):
        with pytest.raises(InvalidTerms):
            Terms.from_json(json.dumps(json.loads(CANONICAL_2) | change))

    def test_the_second_format_without_questions_is_refused(self):
        plain = json.loads(CANONICAL) | {"format": "jamjar.terms.2", "questions": 0}
        with pytest.raises(InvalidTerms, match="at least one question"):
            Terms.from_json(json.dumps(plain))

    def test_what_may_be_asked_is_the_figure_itself_and_nothing_is_shown_for_it(self):
        names = ("fixed.home.rent", "total.income", "balance", "total.fixed.home", "income")
        assert list(map(ASKING.asks, names)) == [True, True, True, False, False]
        assert not BALANCE.allows("balance")
        assert not RENT.allows("fixed.home.rent")
        assert not TERMS.asks("total.income")
        assert all(map(ASKING.concerns, ("fixed.home.council-tax", "fixed.home.rent", "balance")))

    @pytest.mark.parametrize("jar", ["debts.priority", "fixed.home.castle", ""])
    def test_debts_name_creditors_and_are_not_asked_about(self, jar):
        with pytest.raises(InvalidTerms):
            ScopeItem(jar, Detail.THRESHOLD)


class TestRequests:
    def test_one_with_questions_is_read_again_and_gives_the_terms(self):
        signed = asking(ASKING)
        again = SignedConsentRequest.from_json(signed.to_json())
        assert again == signed
        assert json.loads(signed.to_json())["format"] == "jamjar.request.2"
        assert (again.request.terms("-").questions, again.request.terms("-").scope) == (3, ASKING.scope)

    def test_the_notice_says_what_may_be_asked_and_how_often_in_both_languages(self):
        text = notice(asked(ASKING))
        assert "Rent (only whether it is at least or at most an amount that it asks about" in text
        assert "How many such questions: 3 at most" in text
        assert "Faint o gwestiynau o'r fath: 3 ar y mwyaf" in text
        assert "such questions" not in notice(asked(TERMS))

    @pytest.mark.parametrize("change", [{"questions": 0}, {"questions": 13}, {"format": "jamjar.request.1"},
                                        {"format": "jamjar.request.3"}, {"threshold": []}])  # fmt: skip
    def test_altered_ones_are_refused(self, change):
        changed = json.loads(asking(ASKING).to_json()) | change
        with pytest.raises(InvalidTerms):
            SignedConsentRequest.from_json(json.dumps(changed))


def test_a_record_of_such_terms_is_valid_and_says_it_in_words() -> None:
    registries = Registries(1337, f"0x{11:040x}", f"0x{12:040x}")
    controller = Controller("1 High Street, Leeds", "help@advice.example", "GB")
    name = "8f14e45f-ceea-467f-9c3a-1c2b3d4e5f60"
    made = record.refusal(registries, controller, name, terms=ASKING, now=1_800_000_000)
    assert schema.read(json.dumps(made)) == made
    assert any("Rent (only whether it is at least or at most an amount" in each for each in words(made))
