"""Values of a set in the adviser's pages.

Given a claimant who shows a value     it is shown as it is, after the use, and nothing else
Given an answer about a date           the statement is shown without pounds
"""

from jamjar.wallet.answering import send_answer
from tests.unit.adviser.set_scene import ADULT, TERMS, AskingSetDesk, SetDesk
from tests.unit.adviser_pages.scene import AdviserScene


def test_a_value_is_shown() -> None:
    scene = AdviserScene(desk=SetDesk(TERMS))
    scene.unlock()
    shown = scene.look()
    assert "surname O'Brien-Müller" in shown.words
    assert "Ddewi" not in shown.words
    assert "£" not in shown.words
    assert scene.desk.uses() == 1


def test_an_answer_about_a_date() -> None:
    desk = AskingSetDesk()
    kept = desk.asks(ADULT)
    scene = AdviserScene(desk=desk)
    scene.unlock()
    desk.package = send_answer(desk.claimant, desk.ledger, desk.letters, kept, prove=True).hex()
    shown = scene.look()
    assert "Is org.example.identity:born at most 20081129? It is so: that is proven." in shown.words
    assert "£" not in shown.words
