"""Statements: no change of question, root, figures, points or hashes is accepted."""

import dataclasses
import secrets

import pytest

from jamjar.disclosure import statement as statements
from jamjar.disclosure.commitment import commit
from jamjar.disclosure.question import Question
from jamjar.disclosure.statement import CommittedFigure, Relation, StatementProof
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan.budget import Entry
from tests.unit.disclosure.statement_vectors import FIGURES, proven, question, stated

QUESTION = question(stated(Relation.AT_LEAST, "+fixed.home.rent", 50000))
LINES = stated(Relation.SUM_OF_LINES, "+total.fixed.home", 0)
PROOF = proven(QUESTION)


def accepts(proof, asked=QUESTION, root=None):
    try:
        statements.verify(asked.statement, root or asked.root, asked.to_bytes(), proof)
    except VerificationFailed:
        return False
    return True


class TestWhenAnythingIsChanged:
    @pytest.mark.parametrize(
        "change",
        [
            {"id": b"\x08" * 32}, {"chain_id": 1338}, {"contract": f"0x{14:040x}"}, {"consent": "0x" + "ac" * 20},
            {"recipient": 3}, {"use": 2}, {"statement": stated(Relation.AT_LEAST, "+fixed.home.rent", 50001)},
            {"statement": stated(Relation.AT_LEAST, "+fixed.home.rent", 49999)},
            {"statement": stated(Relation.AT_MOST, "+fixed.home.rent", 50000)},
            {"statement": stated(Relation.AT_LEAST, "-fixed.home.rent", 50000)},
            {"statement": stated(Relation.AT_LEAST, "+fixed.home.council-tax", 50000)},
        ],
    )  # fmt: skip
    def test_in_the_question(self, change):
        assert accepts(PROOF)
        assert not accepts(PROOF, dataclasses.replace(QUESTION, **change))

    def test_every_field_of_the_question_is_among_those(self):
        changed = {"id", "chain_id", "contract", "consent", "root", "recipient", "use", "statement"}
        assert {each.name for each in dataclasses.fields(Question)} == changed

    def test_another_root(self):
        other = commit(tuple(Entry(*each) for each in FIGURES.items()), secrets.token_bytes, 2)
        assert not accepts(PROOF, root=other.root)
        assert not accepts(PROOF, dataclasses.replace(QUESTION, root=other.root))

    def test_another_figure_of_the_same_budget_or_none(self):
        other = proven(question(stated(Relation.AT_LEAST, "+total.fixed", 50000))).figures
        renamed = tuple(dataclasses.replace(each, name="fixed.home.rent") for each in other)
        for figures in ((), other, renamed, PROOF.figures * 2):
            assert not accepts(dataclasses.replace(PROOF, figures=figures))

    def test_every_byte_of_point_and_hashes(self):
        (figure,) = PROOF.figures
        for at in range(33):
            point = bytearray(figure.point)
            point[at] ^= 1
            try:
                changed = CommittedFigure(figure.name, bytes(point), figure.proof)
            except InvalidInput:
                continue
            assert not accepts(dataclasses.replace(PROOF, figures=(changed,)))
        for at in range(6):
            nodes = [bytes([node[0] ^ 1]) + node[1:] if i == at else node for i, node in enumerate(figure.proof)]
            changed = CommittedFigure(figure.name, figure.point, tuple(nodes))
            assert not accepts(dataclasses.replace(PROOF, figures=(changed,)))

    def test_a_proof_of_a_sum_of_lines_with_a_line_left_out_or_one_of_elsewhere(self):
        asked = question(LINES)
        proof = proven(asked)
        assert accepts(proof, asked)
        elsewhere = proven(question(stated(Relation.AT_LEAST, "+flexible.food.groceries", 1))).figures
        for figures in (proof.figures[:2], proof.figures[::2], (*proof.figures, *elsewhere), proof.figures[::-1]):
            assert not accepts(StatementProof(figures, proof.proof), asked)
