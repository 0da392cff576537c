"""jamjar adviser look, a second time: shown from the vault, or asked about first; a fake ledger and mailbox.

Given it may be kept            it is shown, and no use is recorded
Given it may be viewed only     refused without a terminal to ask at; with --yes another use is recorded
"""

import pytest

from jamjar.cli import adviser
from jamjar.mailbox.refusal import MailboxCode as Code
from tests.unit.adviser.scene import STORE, Desk
from tests.unit.cli.home import here
from tests.unit.wallet.scene import TERMS


def look(desk: Desk, *words: str) -> tuple[int, str]:
    done = here("adviser", "look", desk.package, "--account", "none", *words)
    return done.status, done.out + done.err


@pytest.mark.parametrize("terms", [STORE, TERMS], ids=["store", "view"])
def test_a_second_look(home: object, monkeypatch: pytest.MonkeyPatch, terms: object) -> None:
    desk = Desk(terms)
    monkeypatch.setattr(adviser, "desk", lambda *_: desk)
    desk.mailbox.refusals = [Code.NO_USE_ON_RECORD]
    assert look(desk)[0] == 0
    desk.mailbox.refusals = [Code.USE_ALREADY_CONSUMED]
    status, said = look(desk)
    assert desk.uses() == 1
    if terms is STORE:
        assert (status, "fixed.home.rent" in said) == (0, True)
        return
    assert (status, "no terminal to ask at" in said) == (1, True)
    assert look(desk, "--yes")[0] == 0
    assert desk.uses() == 2
