"""Answers: as JSON, and what is refused; a refusal looks like an answer."""

import dataclasses
import json
import secrets

import pytest

from jamjar.consent.scope import Detail, ScopeItem
from jamjar.crypto import pedersen
from jamjar.crypto.sealing import EncryptionKey
from jamjar.disclosure import answer as answers
from jamjar.disclosure.answer import StatementAnswer
from jamjar.disclosure.disclosure import Disclosure
from jamjar.disclosure.package import seal_package
from jamjar.disclosure.statement import Relation
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan.entries import PERIOD
from jamjar.protocol.typed_data import Domain
from tests.unit.disclosure.statement_vectors import COMMITMENT, question, stated
from tests.unit.disclosure.test_disclosure import PLACE
from tests.unit.disclosure.test_disclosure import TERMS as SHOWING

DOMAIN = Domain(1337, f"0x{13:040x}")
ASKED_ABOUT = ("fixed.home", "fixed.home.rent", "fixed.home.council-tax", "income")
TERMS = dataclasses.replace(
    SHOWING, scope=frozenset(ScopeItem(jar, Detail.THRESHOLD) for jar in ASKED_ABOUT), questions=3
)
SHOWN = Disclosure(
    1337, DOMAIN.contract, PLACE["consent"], COMMITMENT.root, TERMS, b"\5" * 32,
    tuple(COMMITMENT.opening(name) for name in PERIOD),
)  # fmt: skip
QUESTION = question(stated(Relation.AT_LEAST, "+fixed.home.rent", 50000))
LINES = question(stated(Relation.SUM_OF_LINES, "+total.fixed.home", 0))
FALSE = question(stated(Relation.AT_LEAST, "+fixed.home.rent", 53215))
RECIPIENT, CLAIMANT = EncryptionKey(b"\5" * 32), EncryptionKey(b"\6" * 32)


def answered(asked=QUESTION, shown=SHOWN):
    return answers.answer(shown, asked, COMMITMENT, secrets.token_bytes)


def refused():
    return answers.refuse(SHOWN, QUESTION, secrets.token_bytes)


def sealed(made):
    return seal_package(made, CLAIMANT.public_bytes, RECIPIENT.public_bytes, DOMAIN, secrets.token_bytes)


class TestAnAnswer:
    @pytest.mark.parametrize("asked", [QUESTION, LINES])
    def test_it_is_proven_read_again_and_shows_no_figure(self, asked):
        made = answered(asked)
        again = StatementAnswer.from_json(made.to_json())
        assert again == made
        assert again.verify() is True
        assert b":53214" not in made.to_json()

    def test_there_is_none_to_a_false_statement(self):
        with pytest.raises(InvalidInput, match="refuse the question"):
            answered(FALSE)

    @pytest.mark.parametrize(
        "change", [{"recipient": 3}, {"consent": f"0x{9:040x}"}, {"root": b"\1" * 32}, {"chain_id": 1}]
    )
    def test_to_a_question_about_something_else_than_what_is_shown_it_fails(self, change):
        with pytest.raises(VerificationFailed, match="something else than its question"):
            dataclasses.replace(answered(), question=dataclasses.replace(QUESTION, **change)).verify()

    def test_to_another_question_it_fails(self):
        with pytest.raises(VerificationFailed, match="does not prove"):
            dataclasses.replace(answered(), question=question(QUESTION.statement, id=b"\1" * 32)).verify()

    def test_about_figures_outside_the_terms_it_fails(self):
        for jar, asked in (("fixed.home.rent", QUESTION), ("fixed.home.council-tax", LINES)):
            scope = frozenset(item for item in TERMS.scope if item.jar != jar)
            narrow = dataclasses.replace(SHOWN, terms=dataclasses.replace(TERMS, scope=scope))
            with pytest.raises(VerificationFailed, match=f"'{jar}' is outside the scope"):
                dataclasses.replace(answered(asked), shown=narrow).verify()

    def test_with_anything_else_shown_it_is_none(self):
        more = (*SHOWN.openings, COMMITMENT.opening("fixed.home.rent"))
        for openings in (more, SHOWN.openings[:1]):
            with pytest.raises(InvalidInput, match="something else than its period"):
                StatementAnswer(dataclasses.replace(SHOWN, openings=openings), QUESTION, None)

    @pytest.mark.parametrize(
        "change",
        [{"format": "jamjar.answer.2"}, {"proof": 1}, {"proof": {}}, {"question": None}, {"shown": {}}, {"more": 1},
         {"proof": {"figures": [], "proof": "0X"}}, {"proof": {"figures": [{"name": "x"}], "proof": ""}}],
    )  # fmt: skip
    def test_in_another_form_it_is_refused(self, change):
        with pytest.raises(InvalidInput):
            StatementAnswer.from_json(json.dumps(json.loads(answered().to_json()) | change))


class TestARefusal:
    def test_it_proves_nothing_and_is_read_again(self):
        again = StatementAnswer.from_json(refused().to_json())
        assert again == refused()
        assert again.verify() is False

    def test_sealed_it_has_the_size_of_an_answer_and_of_a_disclosure(self):
        shown = dataclasses.replace(SHOWN, openings=(*SHOWN.openings, COMMITMENT.opening("fixed.home.rent")))
        sizes = {len(sealed(made).to_bytes()) for made in (answered(), answered(LINES), refused(), shown)}
        assert len(sizes) == 1

    def test_it_takes_the_work_of_a_proof(self, monkeypatch):
        done = []

        def count(name):
            real = getattr(pedersen, name)
            monkeypatch.setattr(pedersen, name, lambda *given: done.append(name) or real(*given))

        for name in ("of_generator", "times", "total"):
            count(name)
        work = []
        for make in (answered, lambda: answered(LINES), refused):
            done.clear()
            make()
            work.append(len(done))
        assert max(work) < 1.2 * min(work)
        assert min(work) > 200
