"""jamjar wallet questions and answer, jamjar adviser ask --threshold: what people see; fake ledger and mailbox.

answer
├── Before it asks, it says what the adviser will know, and warns where little is left
├── Given it is false: nothing is sent, and how to refuse is said
└── Given the claimant does not agree: nothing is sent
"""

import json
from pathlib import Path
from typing import Any

import pytest

from jamjar.cli.options import Locations
from jamjar.cli.wallet import questions
from jamjar.wallet.questions import received_questions
from tests.unit.cli.home import Done, here
from tests.unit.wallet.asking_scene import AskingDesk


@pytest.fixture
def desk(home: Path, monkeypatch: pytest.MonkeyPatch) -> AskingDesk:
    made = AskingDesk()
    monkeypatch.setattr(Locations, "ledger", lambda _: made.ledger)
    monkeypatch.setattr(questions, "opened", lambda _: made.claimant)
    monkeypatch.setattr(questions, "claimant_connections", lambda *_: made.mailbox)
    return made


def answer(*words: object) -> Done:
    return here("wallet", "answer", *words, "--mailbox", "http://127.0.0.1:1")


def listed() -> list[dict[str, Any]]:
    return here("wallet", "questions", "--offline", "--json").json["questions"]


def test_a_list_of_none_and_of_some(desk: AskingDesk) -> None:
    assert "No questions." in here("wallet", "questions", "--offline").out
    desk.ask("+fixed.home.rent >= 50000")
    assert [(each["number"], each["answer"], each["asked"]) for each in listed()] == [
        (1, "none", "fixed.home.rent is at least £500.00"),
    ]  # fmt: skip
    assert "Town Debt Advice" in here("wallet", "questions", "--offline").out


def test_what_is_known_after_an_answer_is_said_before_it(desk: AskingDesk) -> None:
    desk.look(desk.answer(desk.ask("+fixed.home.rent >= 60000")))
    desk.ask("+fixed.home.rent <= 65000")
    done = answer(2, "--yes")
    words = " ".join(done.out.replace("│", " ").split())
    assert "between £600.00 and £650.00 (before: at least £600.00)" in words
    assert "little is left to find out" in words
    assert "Proven, sealed." in done.out
    assert [each["answer"] for each in listed()] == ["proven", "proven"]


def test_nothing_is_sent_that_is_false_and_a_refusal_is(desk: AskingDesk) -> None:
    desk.ask("+fixed.home.rent >= 70000")
    sent = len(desk.mailbox.packages)
    done = answer(1, "--yes")
    assert (done.status, len(desk.mailbox.packages)) == (1, sent)
    assert "refuse it with jamjar wallet answer 1 --refuse" in done.err
    assert "they will know" not in done.out
    refused = answer(1, "--refuse", "--yes", "--json")
    assert (refused.json["proven"], len(desk.mailbox.packages)) == (False, sent + 1)
    assert "answered already" in answer(1, "--yes").refusal


def test_nothing_is_sent_without_agreement(desk: AskingDesk) -> None:
    desk.ask("+fixed.home.rent >= 1")
    sent = len(desk.mailbox.packages)
    assert answer(1).status == 1
    assert len(desk.mailbox.packages) == sent
    assert received_questions(desk.claimant.vault)[0].answer.value == "none"


@pytest.mark.parametrize("number", [0, 2, 99])
def test_a_number_that_there_is_not(desk: AskingDesk, number: int) -> None:
    desk.ask("+fixed.home.rent >= 1")
    assert f"There is no question {number}" in answer(number, "--yes").refusal


def test_a_row_for_programs_has_no_figure_of_the_budget(desk: AskingDesk) -> None:
    desk.ask("+fixed.home.rent >= 50000")
    assert "61914" not in json.dumps([{**each, "id": "", "consent": ""} for each in listed()])
