"""Statements: what can be stated, what is proven, and what has no proof."""

import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.disclosure import statement as statements
from jamjar.disclosure.commitment import commit
from jamjar.disclosure.statement import BITS, MOST_AMOUNT, BudgetStatement, Relation
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan.budget import Entry
from tests.unit.disclosure.statement_vectors import ASKED, FIGURES, proven, question, stated

RENT = stated(Relation.AT_LEAST, "+fixed.home.rent", 50000)
LINES = stated(Relation.SUM_OF_LINES, "+total.fixed.home", 0)


def accepts(proof, asked):
    try:
        statements.verify(asked.statement, asked.root, asked.to_bytes(), proof)
    except VerificationFailed:
        return False
    return True


class TestWhatCanBeStated:
    @pytest.mark.parametrize(
        ("relation", "figures", "amount"),
        [
            ("at_least", ((1, "fixed.home.rent"),), 1),
            (Relation.AT_LEAST, ((1, "fixed.home.rent"),), MOST_AMOUNT + 1),
            (Relation.AT_LEAST, ((1, "fixed.home.rent"),), True),
            (Relation.AT_LEAST, (), 1),
            (Relation.AT_LEAST, ((2, "fixed.home.rent"),), 1),
            (Relation.AT_LEAST, ((True, "fixed.home.rent"),), 1),
            (Relation.AT_LEAST, ((1, "fixed.home.castle"),), 1),
            (Relation.AT_LEAST, ((1, "period.start"),), 1),
            (Relation.AT_LEAST, ((1, "covers.fixed"),), 1),
            (Relation.AT_LEAST, ((1, "debts.priority.owed/Bank"),), 1),
            (Relation.AT_LEAST, ((1, "total.fixed"), (1, "fixed.home.rent")), 1),
            (Relation.AT_LEAST, ((1, "total.fixed"), (-1, "total.fixed")), 1),
            (Relation.AT_LEAST, ((-1, "total.fixed"), (-1, "total.income")), 1),
            (Relation.SUM_OF_LINES, ((1, "total.fixed.home"),), 1),
            (Relation.SUM_OF_LINES, ((-1, "total.fixed.home"),), 0),
            (Relation.SUM_OF_LINES, ((1, "fixed.home.rent"),), 0),
            (Relation.SUM_OF_LINES, ((1, "total.debts"),), 0),
            (Relation.SUM_OF_LINES, ((1, "total.fixed"), (1, "total.income")), 0),
        ],
    )
    def test_nothing_else(self, relation, figures, amount):
        with pytest.raises(InvalidInput):
            BudgetStatement(relation, figures, amount)

    def test_seven_figures_are_too_many(self):
        names = sorted(
            [
                "total.income",
                "total.fixed",
                "total.flexible",
                "total.savings",
                "total.debts",
                "balance",
                "total.outgoings",
            ]
        )
        with pytest.raises(InvalidInput, match="1 to 6 figures"):
            BudgetStatement(Relation.AT_LEAST, tuple((1, name) for name in names), 1)


class TestWhenAStatementIsTrue:
    @pytest.mark.parametrize("each", ASKED)
    def test_it_is_proven_below_five_kilobytes(self, each):
        asked = question(stated(*each))
        proof = proven(asked)
        assert accepts(proof, asked)
        assert proof.size < 5_000

    def test_the_size_depends_on_how_many_figures_are_asked_about_and_on_nothing_else(self):
        sizes = {
            proven(question(stated(Relation.AT_LEAST, "+fixed.home.rent", amount))).size for amount in (-5, 1, 53214)
        }
        assert sizes == {129 * BITS - 1 + 33 + 192}

    @settings(max_examples=30, deadline=None)
    @given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(-(10**8), 10**8), st.sampled_from(["+", "-"]))
    def test_exactly_then_for_any_amounts(self, rent, income, amount, sign):
        budget = commit((Entry("fixed.home.rent", rent), Entry("total.income", income)), secrets.token_bytes, 2)
        summed = rent + income if sign == "+" else rent - income
        for relation, holds in ((Relation.AT_LEAST, summed >= amount), (Relation.AT_MOST, summed <= amount)):
            asked = question(stated(relation, f"+fixed.home.rent {sign}total.income", amount), root=budget.root)
            near = abs(summed - amount) < 1 << BITS
            if holds and near:
                proof = statements.prove(asked.statement, budget, asked.to_bytes(), secrets.token_bytes)
                statements.verify(asked.statement, budget.root, asked.to_bytes(), proof)
            else:
                with pytest.raises(InvalidInput, match="not true"):
                    statements.prove(asked.statement, budget, asked.to_bytes(), secrets.token_bytes)


class TestWhenItIsNot:
    @pytest.mark.parametrize(
        "each",
        [
            (Relation.AT_LEAST, "+fixed.home.rent", 53215),
            (Relation.AT_MOST, "+fixed.home.rent", 53213),
            (Relation.AT_LEAST, "+total.fixed -total.income", 10235),
            (Relation.AT_LEAST, "+fixed.home.mortgage", 0),
            (Relation.SUM_OF_LINES, "+total.fixed", 0),
        ],
    )
    def test_false_or_about_figures_that_are_not_there_it_has_no_proof(self, each):
        with pytest.raises(InvalidInput, match="not true of the budget"):
            proven(question(stated(*each)))

    def test_a_total_above_its_lines_has_none(self):
        entries = tuple(Entry(*each) for each in ({**FIGURES, "total.fixed.home": 64351}).items())
        budget = commit(entries, secrets.token_bytes, 2)
        with pytest.raises(InvalidInput, match="not true"):
            statements.prove(LINES, budget, b"", secrets.token_bytes)

    def test_a_budget_of_format_1_has_none(self):
        budget = commit((Entry("fixed.home.rent", 53214),), secrets.token_bytes)
        with pytest.raises(InvalidInput, match="commit it again"):
            statements.prove(RENT, budget, b"", secrets.token_bytes)
