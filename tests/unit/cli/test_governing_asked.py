"""Commands for people who govern, and what they are asked: at a terminal, about a Safe, for what is there already.

When the answer at a terminal is no, or none    nothing is sent
When a Safe is the founder                      the file to approve is asked for; several Safes have tools of their own
When a name is the member's already             one sentence says so
When a file of founders is to be filled in      the template is printed
"""

import io
from pathlib import Path

import pytest

from jamjar.ledger import governed
from jamjar.ledger.founders_file import template
from jamjar.ledger.governed import Right
from jamjar.protocol.roles import FOUNDER
from tests.unit.cli.governing_scene import BANK, STRANGER, Ledger, scene
from tests.unit.cli.home import here


@pytest.fixture
def ledger(home: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    return scene(home, monkeypatch)


class Terminal(io.StringIO):
    """What somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "sent"), [("n\n", 0), ("\n", 0), ("", 0), ("y\n", 1)])
def test_the_answer(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, typed: str, sent: int) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    done = here("member", "account", "accept", 3)
    assert (done.status, len(ledger.sent)) == (1 - sent, sent)
    assert ("Nothing was sent." in done.err) is not bool(sent)


def test_a_founder_that_is_a_safe(ledger: Ledger) -> None:
    words = ("consortium", "propose", "suspend", 2, "--reason", "LEFT")
    ledger.contracts = {STRANGER}
    assert "name a new file with --out" in here(*words).err
    ledger.contracts.add(BANK)
    governed.read(ledger).rights[BANK, FOUNDER] = Right(BANK, FOUNDER, 1)
    assert "Several founders are contracts" in here(*words, "--out", "proposal.json").err
    assert (ledger.sent, Path("proposal.json").exists()) == ([], False)


def test_the_same_name(ledger: Ledger) -> None:
    assert "has this name already" in here("member", "rename", "Town Debt Advice", "--yes").refusal
    assert ledger.sent == []


def test_a_template() -> None:
    done = here("consortium", "template")
    assert (done.status, done.out) == (0, template())
