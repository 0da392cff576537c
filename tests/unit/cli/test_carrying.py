"""What is carried: all of it is read first; boxes of a panic card, typed; what can only be refused yet still waits."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest

from jamjar.cli.options import Locations
from jamjar.errors import Rejected
from jamjar.ledger.ledger import TransactionReceipt
from jamjar.protocol import panic_card
from jamjar.protocol.panic_card import Card
from jamjar.protocol.signing import SignedMessage
from tests.unit.cli.home import WHOLE, here, write_request
from tests.unit.wallet.scene import FakeLedger

ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
STRANGER = ("carry", "--account", ACCOUNT)


class Ledger(FakeLedger):
    """Takes what is carried, unless told to refuse it."""

    def __init__(self) -> None:
        super().__init__()
        self.deployment, self.carried, self.refuses, self.member = WHOLE, list[str](), False, 1

    def carry(self, signed: SignedMessage, sender: Any) -> TransactionReceipt:
        if self.refuses:
            raise Rejected("ConsentNotOpen", (), "it has ended")
        self.carried.append(f"{type(signed.message).__name__} {signed.message.consent}")
        return TransactionReceipt("0x1", 7, 1, ())

    def member_of(self, account: Any) -> int:
        return self.member

    def read(self, contract: str, function: str, *arguments: Any) -> Any:
        return True


@pytest.fixture
def ledger(home: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    ledger = Ledger()
    monkeypatch.setattr(Locations, "ledger", lambda _: ledger)
    for _ in range(2):
        here("wallet", "grant", write_request(home / "request.json"), "--yes", "--offline")
    here("wallet", "card", "card.json", "--offline")
    return ledger


@pytest.fixture
def boxes(ledger: Ledger) -> list[str]:
    return [panic_card.to_text(signed) for signed in Card.from_json(Path("card.json").read_text()).withdrawals]


def test_one_damaged_file_stops_it_all(ledger: Ledger, home: Path) -> None:
    for name, text in (
        ("damaged.json", "{"),
        ("elsewhere.json", (home / "card.json").read_text().replace("1337", "1")),
    ):
        (home / name).write_text(text)
        assert f"Nothing was carried because of {name}. " in here(*STRANGER, "card.json", name).refusal
    assert ledger.carried == []


def test_a_mistyped_box_stops_it_all(ledger: Ledger, home: Path, boxes: list[str]) -> None:
    wrong = boxes[1].replace(boxes[1][:5], "00000")
    for text, why in ((f"{boxes[0]}\n{wrong}", "box 2 of 2. Line 1"), (boxes[0][:50], "box 1 of 1"), ("\n", "No line")):
        (home / "typed").write_text(text)
        assert why in here(*STRANGER, "--typed", "typed").refusal
    assert ledger.carried == []


def test_boxes_from_a_pipe(ledger: Ledger, boxes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    scanned = "JAMJAR:WITHDRAW:" + "".join(boxes[1].split())
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{boxes[0].lower()}\n\n{scanned}\n"))
    assert here(*STRANGER, "--typed", "-").out.count("recorded in block 7") == 2
    assert len(set(ledger.carried)) == 2


def test_a_line_that_is_mistyped_is_asked_for_again(
    ledger: Ledger, boxes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    first, *others = boxes[0].splitlines()
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join([first[:-1] + "?", first, *others, ""])))
    done = here(*STRANGER, "--typed", "-")
    assert (done.status, ledger.carried) == (0, [f"Withdraw {done.out.split()[2].rstrip(':')}"])
    assert "Line 1 has a character that is never used; type it again." in done.err


def test_what_the_ledger_refuses(ledger: Ledger) -> None:
    ledger.refuses = True
    done = here(*STRANGER, "card.json")
    assert (done.status, done.out) == (1, "")
    assert all(line.startswith("jamjar: Withdraw of 0x") for line in done.err.splitlines())


def test_what_is_too_early_still_waits(ledger: Ledger) -> None:
    consent = here("wallet", "consents", "--offline", "--json").json["consents"][0]["consent"]
    here("wallet", "commit", consent, "plan.json")
    ledger.member, ledger.said = 0, "SCHEDULED"
    done = here("wallet", "send", "--account", ACCOUNT)
    assert (done.status, done.err.count("is still queued. "), ledger.carried) == (1, 3, [])
    ledger.member, ledger.said = 1, "ACTIVE"
    assert here("wallet", "send", "--account", ACCOUNT).status == 0
    assert [each.split()[0] for each in ledger.carried] == ["Grant", "Grant", "Commit"]
    assert "Nothing is queued" in here("wallet", "send", "--account", ACCOUNT).out


def test_a_card_for_each_consent(ledger: Ledger, home: Path) -> None:
    assert "are seen by everybody to be one person's" in here("wallet", "card", "both.json", "--offline").out
    done = here("wallet", "card", "cards", "--each", "--offline")
    assert "Cards in cards: 2, each of one consent." in done.out
    cards = [Card.from_json(file.read_text()) for file in (home / "cards").glob("*.json")]
    assert (len(cards), [len(card.consents) for card in cards]) == (2, [1, 1])
    assert len(list((home / "cards").glob("*.html"))) == 2
    assert "leave out --page" in here("wallet", "card", "more", "--each", "--page", "x.html", "--offline").refusal
