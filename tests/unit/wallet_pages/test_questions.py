"""Questions about figures that are not shown, in the claimant's pages.

Given a question whose statement is true    what they will know, before and after; Answer and Decline of one size
When it is answered, or declined            once; both packages have one size; what was told is listed per figure
Given little is left to find out            it warns
Given a false one                           there is no Answer, and none that is sent is taken
Given a stale page, or no mailbox           nothing is sent
Given a question beyond the terms           a sentence, and no button
"""

import re
from collections.abc import Iterator

import pytest

from tests.support.browsing import Answered
from tests.unit.wallet.asking_scene import BUDGET, AskingDesk
from tests.unit.wallet_pages.scene import Scene

RENT = "+fixed.home.rent >= 50000"


class AskedScene(Scene):
    """A claimant whom a desk asks."""

    def __init__(self) -> None:
        super().__init__()
        self.vault.close()
        self.desk = AskingDesk()
        self.wallet, self.vault = self.desk.claimant, self.desk.claimant.vault
        self.ledger, self.claimant.connect = self.desk.ledger, self.desk.mailbox
        self.unlock()

    def send(self, answer: str, page: Answered | None = None, number: int = 1) -> Answered:
        return self.browser.press(page or self.get(f"/questions/{number}"), f"/{answer}")


@pytest.fixture
def asked() -> Iterator[AskedScene]:
    made = AskedScene()
    yield made
    made.vault.close()


def test_a_question_is_answered_once(asked: AskedScene) -> None:
    before = len(asked.desk.mailbox.packages)
    asked.desk.ask(RENT)
    assert "1 question about your figures waits" in asked.get("/").words
    page = asked.get("/questions/1")
    assert "Is Rent at least £500.00?" in page.words
    assert "Rent nothing at least £500.00" in page.words
    buttons = re.findall(r'<button type="submit" class="([^"]*)">(Answer|Decline)<', page.text)
    assert ([words for _, words in buttons], len({look for look, _ in buttons})) == (["Answer", "Decline"], 1)
    assert "A yw Rhent o leiaf £500.00?" in asked.get("/questions/1?language=cy").words
    asked.get("/?language=en")
    assert "You proved that it is so" in asked.send("answer", page).words
    for late in ("answer", "decline"):
        assert "answered already" in asked.send(late, page).words
    assert len(asked.desk.mailbox.packages) == before + 1
    seen = asked.desk.look(asked.desk.mailbox.packages[-1].id.hex())
    assert seen.is_proven
    listed = asked.get("/questions")
    assert "Your answer you proved it" in listed.words
    assert "Rent at least £500.00" in listed.words[listed.words.index("knows by your answers") :]


def test_what_was_told_is_listed_per_figure_and_it_warns(asked: AskedScene) -> None:
    for number, text in enumerate(("+fixed.home.rent >= 60000", "+fixed.home.rent <= 70000"), 1):
        asked.desk.ask(text)
        page = asked.get(f"/questions/{number}")
        assert "little is left" not in page.words
        asked.send("answer", page)
        asked.desk.look(asked.desk.mailbox.packages[-1].id.hex())
    assert "Rent between £600.00 and £700.00" in asked.get("/questions").words
    asked.desk.ask("+fixed.home.rent <= 62000")
    told = asked.get("/questions/3").words
    assert "between £600.00 and £700.00 between £600.00 and £620.00" in told
    assert "little is left to find out" in told


def test_a_false_one(asked: AskedScene) -> None:
    asked.desk.ask("+fixed.home.rent <= 55000")
    page, sent = asked.get("/questions/1"), len(asked.desk.mailbox.packages)
    assert ("It is not so in your plan" in page.words, ">Answer<" in page.text) == (True, False)
    action, fields = page.form("/decline")
    forged = asked.browser.post(action.replace("/decline", "/answer"), fields)
    assert "cannot be proven of your budget, so nothing was sent" in forged.words
    assert len(asked.desk.mailbox.packages) == sent
    assert "You declined" in asked.send("decline", page).words


def test_declining(asked: AskedScene) -> None:
    asked.desk.ask(RENT)
    page = asked.get("/questions/1")
    assert "You declined. They learn that, and not why." in asked.send("decline", page).words
    assert "answered already" in asked.send("answer", page).words
    seen = asked.desk.look(asked.desk.mailbox.packages[-1].id.hex())
    assert seen.is_proven is False
    assert "knows by your answers" not in asked.get("/questions").words
    sizes = {len(each.to_bytes()) for each in asked.desk.mailbox.packages}
    assert len(sizes) == 1


def test_a_stale_page(asked: AskedScene) -> None:
    asked.desk.ask(RENT)
    asked.desk.ask("+fixed.home.rent >= 60000")
    first, second = asked.get("/questions/1"), asked.get("/questions/2")
    sent = len(asked.desk.mailbox.packages)
    asked.send("answer", first)
    for late in ("answer", "decline"):
        assert "has changed since" in asked.send(late, second).words
    assert "Another question was answered for that look" in asked.send("answer", number=2).words
    asked.wallet.commit(asked.desk.consent, BUDGET)
    assert "a budget that you replaced" in asked.send("answer", second).words
    assert len(asked.desk.mailbox.packages) == sent + 1


def test_beyond_the_terms(asked: AskedScene) -> None:
    asked.desk.ask("+flexible.food.groceries >= 1")
    page = asked.get("/questions/1")
    assert "You did not agree to question 1" in page.words
    assert not [action for action, _ in page.forms() if "/questions/" in action]


def test_letters_are_fetched_and_without_a_mailbox_nothing_is_sent(asked: AskedScene) -> None:
    asked.desk.mail.ask_question(asked.desk.ask(RENT).question.statement, asked.desk.consent)
    asked.desk.mailbox.waiting, asked.desk.mailbox.sent = list(asked.desk.mailbox.sent), []
    assert "Is Rent at least" in asked.browser.press(asked.get("/questions"), "/questions").words
    page = asked.get("/questions/2")
    asked.claimant.connect = None
    assert "No mailbox is named" in asked.send("answer", page).words
    assert ">Answer<" not in asked.get("/questions/2").text


def test_a_question_that_is_not_there(asked: AskedScene) -> None:
    for number in ("0", "2", "-1", "x", "9" * 40, "１"):
        assert "There is no" in asked.get(f"/questions/{number}").words
