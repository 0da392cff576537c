"""Commands for people who govern, and what they are asked: at a terminal, about a Safe, for what is there already.

When the answer at a terminal is no, or none    nothing is sent
When a Safe is the founder                      the file to approve is asked for; several Safes have tools of their own
When a name is the member's already             one sentence says so
When a file of founders is to be filled in      the template is printed
When a list or a record is for people           it has words and clocks, not codes and seconds
"""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from jamjar.cli.acting import said
from jamjar.ledger import governed
from jamjar.ledger.founders_file import template
from jamjar.ledger.governed import Deed, Right
from jamjar.model.state import Reason, Standing
from jamjar.protocol.events import EncryptionKeyChanged, GrantRejected, MemberSuspended, Origin, RoleGranted
from jamjar.protocol.roles import FOUNDER, Role
from tests.unit.cli.governing_scene import BANK, STRANGER, Ledger, scene
from tests.unit.cli.home import here

ORIGIN = Origin(1, "0x1", 0, STRANGER)
CODES = {each.name for kind in (Role, Reason, Standing) for each in kind}


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


def test_codes_are_not_shown_to_people(ledger: Ledger) -> None:
    """What is typed may be a word, too; for programs the ledger's own names stay."""
    state = governed.read(ledger).state
    state.members[3] = replace(state.members[3], standing=Standing.SUSPENDED)
    governed.read(ledger).reasons[3] = (Reason.KEY_STOLEN, Deed(STRANGER, 5, "0x1"))
    shown = "".join(here("consortium", words).out for words in ("members", "status"))
    assert "suspended (its key was stolen)" in " ".join(shown.replace("│", " ").split())
    assert not CODES & set(re.findall(r"\w+", shown))
    assert '"standing": "SUSPENDED"' in here("consortium", "members", "--json").out
    assert "no founder's account" in here("consortium", "propose", "suspend", 2, "--reason", "key-stolen").err
    changed = EncryptionKeyChanged(ORIGIN, 3, b"\1" * 32, b"", STRANGER)
    governed.read(ledger).key_changes[3] = changed, 5
    done = here("member", "status", "--account", BANK)
    assert "suspended" in done.out
    assert not CODES & set(re.findall(r"\w+", done.out + done.err))


def test_what_was_recorded_has_words_and_clocks() -> None:
    assert said(MemberSuspended(ORIGIN, 3, int(Reason.LEFT), 1785578400, STRANGER)) == (
        f"MemberSuspended (member 3, it left, lapses at 2026-08-01 10:00 UTC, by {STRANGER})"
    )
    assert "role adviser," in said(RoleGranted(ORIGIN, Role.ADVISER.value, STRANGER, BANK))
    assert f"reason 0x{'ab' * 4}" in said(GrantRejected(ORIGIN, BANK, STRANGER, 0, b"\xab" * 4))
