"""Questions and answers between a desk and a wallet.

A question
├── Given its statement is true: proven, and no figure is shown
├── Given it is false, or cannot be proven: nothing is sent; refused, the adviser sees only that
├── When it is answered twice, or another was answered for its look: refused
├── Given as many as the terms allow were answered: refused
├── Given another budget is committed since, or the look was taken: refused
├── When it asks more than the terms allow: refused
└── When no account of the recipient signed it: discarded
"""

import json
from dataclasses import replace

import pytest

from jamjar.consent.scope import Detail, ScopeItem
from jamjar.errors import InvalidInput
from jamjar.wallet.answering import check_answerable, outlook
from jamjar.wallet.questions import QuestionAnswer, received_questions
from tests.unit.wallet.asking_scene import ASKING, BUDGET, AskingDesk, stated

ASKED = stated("+fixed.home.rent >= 1")
TRUE = (
    "+fixed.home.rent >= 50000", "+fixed.home.rent <= 70000", "+total.outgoings -total.income >= 10001",
    "+balance <= -10000", "+fixed.home.council-tax +fixed.home.rent <= 80000", "+total.fixed.home =",
)  # fmt: skip


def numbers_in(value: object) -> set[object]:
    """Every number in JSON."""
    if isinstance(value, list | dict):
        inner = value.values() if isinstance(value, dict) else value
        return set().union(*map(numbers_in, inner))
    return {value} if isinstance(value, int) else set()


@pytest.mark.parametrize("text", TRUE)
def test_a_true_statement_is_proven_and_no_figure_is_shown(text: str) -> None:
    desk = AskingDesk()
    seen = desk.asked(text)
    assert seen.is_proven
    assert set(seen.figures) == {"period.start", "period.end"}
    assert numbers_in(json.loads(seen.opened.content.to_json())).isdisjoint(
        {61914, 11000, 72914, 103914, 90000, -13914}
    )
    assert [each.answer for each in received_questions(desk.claimant.vault)] == [QuestionAnswer.PROVEN]


@pytest.mark.parametrize("text", ["+fixed.home.rent >= 61915", "+balance >= 0", "+total.income <= 89999"])
def test_a_false_one_is_refused_and_nothing_else_is_said(text: str) -> None:
    desk = AskingDesk()
    kept = desk.ask(text)
    sent = len(desk.mailbox.packages)
    assert not outlook(desk.claimant, kept).is_true
    with pytest.raises(InvalidInput, match="cannot be proven of your budget, so nothing was sent"):
        desk.answer(kept)
    assert len(desk.mailbox.packages) == sent
    true = desk.mailbox.packages[0].to_bytes()
    seen = desk.look(desk.answer(kept, prove=False))
    assert seen.is_proven is False
    assert len(desk.mailbox.packages[-1].to_bytes()) == len(true)


def test_a_true_one_can_be_refused_as_well() -> None:
    assert AskingDesk().asked("+fixed.home.rent >= 1", prove=False).is_proven is False


def test_a_sum_of_lines_names_only_lines_that_the_terms_concern() -> None:
    scope = ASKING.scope - {ScopeItem("fixed.home.council-tax", Detail.THRESHOLD)}
    desk = AskingDesk(replace(ASKING, scope=scope))
    kept = desk.ask("+total.fixed.home =")
    expected = outlook(desk.claimant, kept)
    assert expected.lines == ("fixed.home.council-tax", "fixed.home.rent")
    assert not expected.is_true


class TestWhenItCannotBeAnswered:
    def test_twice(self) -> None:
        desk = AskingDesk()
        kept = desk.ask("+fixed.home.rent >= 1")
        desk.answer(kept)
        for again in (kept, received_questions(desk.claimant.vault)[0]):
            with pytest.raises(InvalidInput, match="answered already"):
                desk.answer(again)

    def test_another_for_the_same_look(self) -> None:
        desk = AskingDesk()
        first, second = desk.ask("+fixed.home.rent >= 1"), desk.ask("+fixed.home.rent >= 2")
        desk.answer(first)
        with pytest.raises(InvalidInput, match="Another question was answered for that look"):
            desk.answer(second)

    def test_more_than_the_terms_allow_refusals_among_them(self) -> None:
        desk = AskingDesk()
        for amount in range(3):
            desk.asked(f"+fixed.home.rent >= {amount}", prove=amount != 1)
        with pytest.raises(InvalidInput, match="terms allow 3 questions"):
            desk.answer(desk.ask("+fixed.home.rent >= 4"))

    def test_about_a_budget_that_was_replaced(self) -> None:
        desk = AskingDesk()
        kept = desk.ask("+fixed.home.rent >= 1")
        desk.claimant.commit(desk.consent, BUDGET)
        with pytest.raises(InvalidInput, match="a budget that you replaced"):
            desk.answer(kept)

    def test_for_a_look_that_was_taken(self) -> None:
        desk = AskingDesk()
        kept = desk.ask("+fixed.home.rent >= 1")
        desk.ledger.use(desk.consent, desk.claimant.head_of(desk.consent))
        with pytest.raises(InvalidInput, match="a look that was taken already"):
            desk.answer(kept)

    def test_beyond_the_terms(self) -> None:
        desk = AskingDesk()
        with pytest.raises(InvalidInput, match="You did not agree to question 1"):
            check_answerable(desk.claimant, desk.ledger, desk.ask("+flexible.food.groceries >= 1"))

    def test_signed_by_somebody_else(self) -> None:
        desk = AskingDesk()
        desk.mail.ask_question(ASKED, desk.consent)
        desk.ledger.member_of = lambda account: 0
        assert "did not sign the question" in desk.deliver()[0]
        assert received_questions(desk.claimant.vault) == ()
