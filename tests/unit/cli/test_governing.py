"""Commands for people who govern, where nothing may be sent: wrong words, no terminal, no agreement, the wrong account.

When what is typed cannot be right            one sentence says why, before a password is asked for
Given no terminal and no --yes                nothing is sent, and what would have changed was shown
When the ledger would refuse it               the refusal is said, and nothing is asked
When the account may not                      one sentence says who may
When a name would control the terminal        it does not
"""

import json
from pathlib import Path

import pytest

from jamjar.ledger import governed
from jamjar.model.state import Recovery
from tests.unit.cli.governing_scene import BANK, KEY, STRANGER, Ledger, scene
from tests.unit.cli.home import here


@pytest.fixture
def ledger(home: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    return scene(home, monkeypatch)


KEY_FILE = ("--encryption-key-file", "some.key")
ADMIT = ("propose", "admit", "--number", "6", "--name", "Lake", "--account", STRANGER, *KEY_FILE)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((*ADMIT[:3], "0", *ADMIT[4:]), "number is not a whole number from 1"),
        ((*ADMIT[:5], "x" * 65, *ADMIT[6:]), "is not a text of 1 to 64 bytes"),
        ((*ADMIT, "--role", "BOSS"), "the roles are SPONSOR"),
        ((*ADMIT[:7], STRANGER.swapcase().replace("0X", "0x"), *ADMIT[8:]), "fails its EIP-55 checksum"),
        ((*ADMIT[:9], "nowhere"), "cannot be read"),
        (("propose", "roles", 2), "No role is named"),
        (("propose", "roles", 2, "--add", "BOSS"), "There is no role 'BOSS'; choose one of SPONSOR"),
        (("propose", "roles", 2, "--add", "adviser", "--remove", "ADVISER"), "named twice"),
        (("propose", "roles", 2, "--remove", "ADVISER"), "lacks the role adviser already"),
        (("propose", "suspend", 2, "--reason", "NONE"), "choose one of KEY_STOLEN, RULES_BROKEN"),
        (("propose", "suspend", 2, "--reason", ""), "There is no reason ''"),
        (("propose", "founders"), "No account is named"),
        (("propose", "founders", "--add", STRANGER), "is a founder already"),
        (("propose", "founders", "--remove", STRANGER), "would leave no founder"),
        (("propose", "founders", "--add", BANK), "is no founder's account"),
        (("veto", "0x"), "No proposals begin with"),
        (("status", "--account", "0x12"), "is not 0x and 40"),
        (("approve", "no.json"), "cannot be approved"),
    ],
)
def test_what_cannot_be_right(ledger: Ledger, words: tuple[object, ...], why: str) -> None:
    assert (why in here("consortium", *words).refusal, ledger.sent) == (True, [])


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("rename", "Lake Advice"), "Town Debt Advice"),
        (("account", "add", STRANGER), "offered to act for"),
        (("account", "remove", STRANGER), "acts for no member"),
        (("account", "accept", 3), "acts for member 3"),
    ],
)
def test_nobody_agrees(ledger: Ledger, words: tuple[object, ...], shown: str) -> None:
    done = here("member", *words)
    assert (done.status, ledger.sent) == (1, [])
    assert "agree beforehand with --yes" in done.err
    assert shown in " ".join(done.out.split())
    assert here("member", *words, "--yes").status == 0
    assert len(ledger.sent) == 1


def test_a_refusal_comes_first(ledger: Ledger) -> None:
    ledger.refuses = True
    assert "NameTaken" in here("member", "rename", "Lake Advice", "--yes").refusal
    assert ledger.sent == []


def test_names_do_not_control_the_terminal(ledger: Ledger) -> None:
    done = here("member", "account", "accept", 3, "--yes")
    assert not {"\x1b", "\u202e"} & set(done.out + done.err)


def test_an_account_of_nobody(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAMJAR_ACCOUNT", STRANGER)
    for words in (("rename", "Lake"), ("account", "add", BANK), ("account", "remove", BANK), ("recovery", "object")):
        assert "acts for no member; name the keystore" in here("member", *words, "--yes").refusal
    assert "acts for no member; name an account" in here("member", "status", "--account", STRANGER).refusal


def test_the_status_says_what_concerns_whom(ledger: Ledger) -> None:
    state = governed.read(ledger).state
    state.recoveries[2] = Recovery(STRANGER, 5000)
    assert here("consortium", "status", "--account", BANK).status == 0
    done = here("consortium", "status", "--account", KEY.address)
    assert (done.status, "jamjar member recovery object" in done.err) == (3, True)
    assert json.loads(here("consortium", "status", "--json").out)["recoveries"][0]["account"] == STRANGER
