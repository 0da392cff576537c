"""Questions in the adviser's pages: what is asked without figures, and what comes of it.

Given a client who agreed to questions     only what was agreed to can be chosen, of packages seen; it is asked once
Given one whose terms are not in hand      any figure can be chosen, and the page says so
When the answer is looked at               it says that it is so, or that it was not answered, in either language
Given a form that asks nothing whole       one sentence, what was typed is still there, and nothing is sent
Given one of whom nothing was seen         no question can go there
"""

from typing import Any

import pytest

from jamjar.adviser.clients import name_client
from jamjar.adviser.questions import asked_questions
from jamjar.wallet.questions import received_questions
from tests.unit.adviser_pages.scene import AdviserScene
from tests.unit.wallet.asking_scene import AskingDesk, stated

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def scene() -> AdviserScene:
    made = AdviserScene(desk=AskingDesk())
    made.desk.mailbox.sent.clear()
    made.unlock()
    return made


def ask(scene: AdviserScene, page: Any = None, **typed: str) -> Any:
    given = {"first": "fixed.home.rent", "relation": "at_least", "amount": "500", "sign": "", "second": ""}
    path = f"/question/{scene.desk.consent}"
    return scene.browser.press(page or scene.get(path), path, **{**given, **typed})


def asked(scene: AdviserScene) -> list[Any]:
    return [each.question.statement for each in asked_questions(scene.desk.vault)]


def received(scene: AdviserScene) -> Any:
    """The question as it reached the claimant."""
    waiting = scene.desk.mailbox.waiting
    scene.desk.deliver()
    scene.desk.mailbox.waiting = waiting
    (kept,) = received_questions(scene.desk.claimant.vault)
    return kept


def test_it_is_asked_once_and_answered(scene: AdviserScene) -> None:
    name_client(scene.desk.vault, scene.desk.consent, HOSTILE)
    assert f"Ask a question {HOSTILE}" in scene.get("/").words
    page = scene.get(f"/question/{scene.desk.consent}")
    assert "is not kept here" in page.words
    listed = ask(scene, page)
    assert f"{HOSTILE} Is Rent at least £500.00? 2 not yet" in listed.words
    assert "<script" not in listed.text + page.text + scene.get("/").text
    assert "has changed since" in ask(scene, page).words
    assert asked(scene) == [stated("+fixed.home.rent >= 50000")]
    name = scene.desk.answer(received(scene))
    shown = scene.browser.press(scene.get(f"/look/{name}"), name)
    assert "Is Rent at least £500.00? It is so: that is proven." in shown.words
    assert "2 looked at" in scene.get("/questions").words
    offered = scene.get(f"/question/{scene.desk.consent}")
    assert "is not kept here" not in offered.words
    assert ('value="fixed.home.rent"' in offered.text, 'value="fixed.home.mortgage"' in offered.text) == (True, False)


def test_a_refusal(scene: AdviserScene) -> None:
    ask(scene, sign="-", second="total.income", first="total.outgoings", amount="-100")
    assert asked(scene) == [stated("+total.outgoings -total.income >= -10000")]
    name = scene.desk.answer(received(scene), prove=False)
    shown = scene.browser.press(scene.get(f"/look/{name}?language=cy"), name)
    assert "Heb ei ateb, nad yw'n dweud ie na nage." in shown.words
    assert "− Incwm (i gyd) o leiaf -£100.00?" in shown.words


WRONG = (
    ({"first": ""}, "names a figure that no budget has"),
    ({"first": HOSTILE}, "names a figure that no budget has"),
    ({"relation": ""}, "not whole"),
    ({"relation": "equal"}, "not whole"),
    ({"sign": "+"}, "not whole"),
    ({"second": "total.income"}, "not whole"),
    ({"sign": "*", "second": "total.income"}, "not whole"),
    ({"sign": "+", "second": "fixed.home.rent"}, "repeated"),
    ({"amount": HOSTILE}, "is not an amount in pounds"),
    ({"amount": ""}, "is not an amount in pounds"),
    ({"amount": "2,000,000"}, "beyond 1,000,000.00"),
    ({"relation": "sum_of_lines"}, "has one total, of no debts"),
)


def test_what_cannot_be_asked(scene: AdviserScene) -> None:
    for typed, said in WRONG:
        refused = ask(scene, **typed)
        assert (refused.status, said in refused.words) == (400, True), refused.words
        assert "<script" not in refused.text
    assert (asked(scene), scene.desk.mailbox.sent) == ([], [])


def test_of_whom_nothing_can_be_asked() -> None:
    scene = AdviserScene()
    scene.unlock()
    assert "Ask a question" not in scene.get("/").words
    assert "no such client" in scene.get(f"/question/{scene.desk.consent}").words
    name_client(scene.desk.vault, scene.desk.consent, "J")
    assert "before a first look" in scene.get(f"/question/{scene.desk.consent}").words
