"""A claimant's open door, attacked in Chromium, which sends what a browser sends; and what it prints on paper.

Given a name that was made to lead here       one sentence, and nothing of the door
Given another site's frame, question or form  no page in the frame, no answer, and nothing done
Given the address again, or one like it       another browser sees nothing
Given text from elsewhere                     it is text: in payees, notices, names and advice
Given two windows                             one answers; the other's stale button does nothing
Given the way back after an end               no button for it is there, and an old one ends nothing twice
Given a locked vault                          back, a page and an old form lead to the passphrase
Given the card on paper                       one sheet, with nothing cut off
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jamjar.protocol.typed_data import Grant, Withdraw
from tests.browser.walking import NEEDED, run_script, served
from tests.unit.wallet.scene import PASSPHRASE, asking
from tests.unit.wallet_pages.scene import Scene
from tests.unit.wallet_pages.test_asked import take
from tests.unit.wallet_pages.test_money import look
from tests.unit.wallet_pages.test_seen import letter

pytestmark = NEEDED
HOSTILE = "<b id=xss>x</b><script>window.xss=1;alert(1)</script><img src=x onerror=alert(2)>"
NAME = "<b id=xss>x</b><img src=x onerror=alert(3)>"
SHOWN = "Who can see what now"
"""Words of a page that nobody else may see."""
ATTACK = Path(__file__).with_name("attack.mjs")


@pytest.fixture(scope="module")
def told() -> Iterator[dict[str, Any]]:
    """What came of each attack."""
    inside = Scene()
    inside.unlock()
    inside.claimant._clock = time.time
    inside.ledger.clock, inside.ledger.read = int(time.time()), lambda *_: 1
    inside.ledger.name, inside.ledger.names = NAME, {NAME}
    take(inside, asking(recipient_name=NAME, about=HOSTILE).to_json().encode())
    consent = inside.granted()
    letter(inside, consent, HOSTILE)
    inside.browser.press(look(inside, f"Date,Description,Amount\n2026-05-03,{HOSTILE},-12.50\n"), "/bank/take")
    inside.guard.door.lock()
    inside.guard.door._token = "once"  # noqa: S105
    with served(inside.guard) as address:
        given = {"address": address, "passphrase": PASSPHRASE, "consent": consent, "request": 1}
        yield run_script(ATTACK, given) | {"carried": [type(each) for each in inside.ledger.carried]}
    inside.vault.close()


def test_only_what_was_meant_was_done(told: dict[str, Any]) -> None:
    assert told["carried"] == [Grant, Withdraw]


def test_a_name_that_was_made_to_lead_here(told: dict[str, Any]) -> None:
    assert told["rebound"] == "This page is not found under that name; open the address that Jamjar printed."


@pytest.mark.parametrize("site", ["other", "port"])
def test_another_site(told: dict[str, Any], site: str) -> None:
    framed, shown = told[site]["framed"]
    assert framed.startswith("chrome-error:")
    assert SHOWN not in shown
    assert told[site]["read"] == "refused"
    assert "Another site led here" in told[site]["posted"]


def test_the_address_again_and_one_like_it(told: dict[str, Any]) -> None:
    assert "opened before, or is not whole" in told["replayed"]
    assert "opened before, or is not whole" in told["guessed"]
    assert "has not entered here" in told["looked"]


def test_text_from_elsewhere_is_text(told: dict[str, Any]) -> None:
    assert (told["elements"], told["ran"]) == (0, "undefined")
    assert told["texts"] == ["", "requests", "requests/1", "advice", "payees"]  # names, notices, advice, payees


def test_two_windows(told: dict[str, Any]) -> None:
    assert "It is on the ledger." in told["agreed"]
    assert "was agreed to already" in told["twice"]


def test_back_after_the_end(told: dict[str, Any]) -> None:
    assert "in block 33" in told["ended"]
    buttons, words = told["back"]
    assert buttons == 0
    assert "over: you ended it" in words
    assert "in block 33" in told["again"]


def test_a_locked_vault(told: dict[str, Any]) -> None:
    address, words = told["after"]
    assert address.endswith("/unlock")
    for each in (told["locked"], words, told["stale"]):
        assert "Open your vault" in each
        assert SHOWN not in each


def test_the_card_on_paper(told: dict[str, Any]) -> None:
    card = told["card"]
    assert (card["sheets"], card["wide"] <= 0) == (1, True)
    assert "Panic card" in card["words"]
