"""Commands for people who govern, where nothing may be sent: wrong words, no terminal, no agreement, the wrong account.

When what is typed cannot be right            one sentence says why, before a password is asked for
Given no terminal and no --yes                nothing is sent, and what would have changed was shown
When the ledger would refuse it               the refusal is said, and nothing is asked
When the account may not                      one sentence says who may
When a name would control the terminal        it does not
"""

import json
from pathlib import Path
from typing import Any

import pytest
from eth_account import Account

from jamjar.cli.options import Locations
from jamjar.errors import Rejected
from jamjar.ledger import governed
from jamjar.ledger.governed import Governed, Right
from jamjar.ledger.ledger import TransactionReceipt
from jamjar.model.state import DeploymentRules, LedgerState, Member, Recovery, Standing
from jamjar.protocol.roles import FOUNDER, Role
from jamjar.protocol.settings import DAY
from tests.unit.cli.home import WHOLE, here

KEY = Account.from_key(b"\7" * 32)
STRANGER, BANK = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
ROLES, TIMES = frozenset(role.value for role in Role), {"suspension": 14 * DAY, "recovery": 14 * DAY}
RULES = DeploymentRules(ROLES, Role.ADVISER.value, 1, 1, 1, 1, Role.COUNCIL.value, **TIMES)


class Ledger:
    """Records what is sent, and refuses what it is told to."""

    deployment = WHOLE

    def __init__(self) -> None:
        self.sent: list[tuple[Any, ...]] = []
        self.refuses = False

    def attempt(self, sender: Any, *call: Any) -> None:
        if self.refuses:
            raise Rejected("NameTaken", (3,), "The name is or was another member's; choose another.")

    def send(self, sender: Any, *call: Any) -> TransactionReceipt:
        self.sent.append(call)
        return TransactionReceipt("0x1", 7, 1, ())

    def read(self, contract: str, function: str) -> int:
        return 7 * DAY

    def is_contract(self, account: str) -> bool:
        return False


@pytest.fixture
def ledger(home: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    ledger = Ledger()
    names = {2: "Town Debt Advice", 3: "Evil\x1b[2J\u202eBank"}
    members = {number: Member(Standing.ACTIVE, name) for number, name in names.items()}
    state = LedgerState(RULES, members=members, accounts={KEY.address: 2, BANK: 3})
    decided = Governed(state, 1000, rights={(STRANGER, FOUNDER): Right(STRANGER, FOUNDER, 1)})
    monkeypatch.setattr(Locations, "ledger", lambda _: ledger)
    monkeypatch.setattr(governed, "read", lambda _: decided)
    (home / "our.keystore").write_text(json.dumps(KEY.encrypt("pass", kdf="pbkdf2", iterations=2)))
    (home / "password").write_text("pass")
    (home / "some.key").write_text("0x" + "ab" * 1216)
    monkeypatch.setenv("JAMJAR_ACCOUNT", "our.keystore")
    monkeypatch.setenv("JAMJAR_PASSWORD_FILE", "password")
    return ledger


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
        (("propose", "roles", 2, "--add", "ADVISER", "--remove", "ADVISER"), "named twice"),
        (("propose", "roles", 2, "--remove", "ADVISER"), "lacks ADVISER already"),
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
