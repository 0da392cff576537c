"""Tokens by commands, from the month's key to the audit, over a ledger in this process.

Given a key that is published    a wallet asks, the admitter answers once, the wallet keeps, and grants with a token
When it asks again, or answers again with another request    refused
When a grant has no token and the carrier asks for one       nothing is carried; withdrawals are, with all of it broken
Given published tokens           the audit lists the grants without one
"""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from jamjar.cli.options import Locations
from jamjar.ledger import admissions, governed
from jamjar.protocol.roles import Role
from jamjar.protocol.token import epoch_of
from tests.support.tokens import ADMITTER
from tests.unit.cli.enrolling_scene import ACCOUNT, EnrolmentLedger, QuickKey
from tests.unit.cli.home import here, write_request

CARRIER = ("carry", "--account", "0x70997970C51812dc3A010C7d01b50e0d17dc79C8")


@pytest.fixture
def ledger(home: Path, monkeypatch: pytest.MonkeyPatch) -> EnrolmentLedger:
    ledger = EnrolmentLedger()
    monkeypatch.setattr(Locations, "ledger", lambda _: ledger)
    monkeypatch.setattr(governed, "read", lambda _: ledger.now())
    monkeypatch.setattr("jamjar.admitter.key_file.KeyFile", QuickKey)
    monkeypatch.setattr("jamjar.admitter.key_file.new_key", lambda passphrase, bits: b"a key")
    (home / "our.keystore").write_text(json.dumps(ACCOUNT.encrypt("pass", kdf="pbkdf2", iterations=2)))
    (home / "password").write_text("pass")
    for name, value in {"PASSWORD_FILE": "password", "ADMIT_BOOK": "sqlite:///book.db"}.items():
        monkeypatch.setenv(f"JAMJAR_{name}", value)
    return ledger


@pytest.fixture
def epoch(ledger: EnrolmentLedger, monkeypatch: pytest.MonkeyPatch) -> int:
    """The month of this moment, at which the clocks stand still."""
    now = int(time.time())
    monkeypatch.setattr(Locations, "now", lambda _, *, offline: now)
    return epoch_of(now)


def publish(epoch: int, *more: object) -> Any:
    words = ("key.pem", "--epoch", epoch, "--quota", 2, "--keystore-file", "our.keystore")
    return here("admit", "publish", *words, "--key-passphrase-file", "password", "--yes", *more)


def issue(request: str, answer: str, person: str = "case 7") -> Any:
    words = ("--key-file", "key.pem", "--person", person, "--to", answer, "--key-passphrase-file", "password")
    return here("admit", "issue", request, *words)


def enrolled(epoch: int) -> None:
    assert publish(epoch).status == 0
    assert here("wallet", "enrol", "ask", "asked.json", "--admitter", ADMITTER, "--now").status == 0
    assert issue("asked.json", "answer.json").status == 0
    assert here("wallet", "enrol", "keep", "answer.json").out.startswith("Kept: 2.")


def grant(home: Path) -> None:
    assert here("wallet", "grant", write_request(home / "request.json"), "--yes", "--offline").status == 0


def test_a_key_is_published_once_and_by_a_sponsor_that_does_not_advise(ledger: EnrolmentLedger, epoch: int) -> None:
    assert here("admit", "key", "key.pem", "--key-passphrase-file", "password").status == 0
    assert "exists already" in here("admit", "key", "key.pem", "--key-passphrase-file", "password").refusal
    ledger.roles = set()
    assert "no active sponsor" in publish(epoch).refusal
    ledger.roles = {Role.SPONSOR.value, Role.ADVISER.value}
    assert "a member of its own" in publish(epoch).refusal
    ledger.roles = {Role.SPONSOR.value}
    assert publish(epoch).status == 0
    assert "issue with it" in publish(epoch).refusal
    assert "nobody takes a second" in publish(epoch, "--quota", 3).refusal
    assert len(ledger.published) == 1


def test_no_person_gets_more_than_the_quota(ledger: EnrolmentLedger, epoch: int, home: Path) -> None:
    enrolled(epoch)
    first = (home / "answer.json").read_text()
    assert issue("asked.json", "again.json").status == 0
    assert (home / "again.json").read_text() == first
    other = json.loads((home / "asked.json").read_text())
    other["blinded"][0] = "AQEB" + other["blinded"][0][4:]
    (home / "other.json").write_text(json.dumps(other))
    assert "2 of 2 tokens" in issue("other.json", "more.json").refusal
    assert "more come next month" in here("wallet", "enrol", "ask", "b.json", "--admitter", ADMITTER).refusal
    assert here("admit", "status", "--json").json == [{"admitter": ADMITTER, "epoch": epoch, "persons": 1, "tokens": 2}]


def test_a_carrier_that_asks_for_tokens(ledger: EnrolmentLedger, epoch: int, home: Path) -> None:
    grant(home)
    assert here("wallet", "card", "card.json", "--offline").status == 0
    here("wallet", "send", "--to", "plain")
    (bare,) = (home / "plain").iterdir()
    enrolled(epoch)
    assert "No admitter's token" in here(*CARRIER, bare, "--admitter", ADMITTER).refusal
    assert ledger.carried == []
    grant(home)
    here("wallet", "send", "--to", "messages")
    vouched = sorted((home / "messages").iterdir())[1]
    assert "nobody verified are not published" in here(*CARRIER, vouched, "--publish", "tokens.jsonl").refusal
    done = here(*CARRIER, vouched, bare, "--admitter", ADMITTER, "--publish", "tokens.jsonl")
    assert (done.status, done.out.count("Published in tokens.jsonl: 1.")) == (1, 1)
    assert json.loads((home / "tokens.jsonl").read_text()) == json.loads(vouched.read_text())["token"]
    assert "accepted here" in here(*CARRIER, vouched, "--admitter", 9).refusal
    assert here("wallet", "enrol", "status", "--json").json == [{"admitter": ADMITTER, "epoch": epoch, "left": 1}]
    ledger.broken = True  # all of it: a withdrawal asks for none of it
    done = here(*CARRIER, vouched, bare, "card.json", "--admitter", ADMITTER)
    assert (done.status, done.err.count("Grant of 0x"), done.out.count("Withdraw of 0x")) == (1, 2, 1)
    assert [type(each).__name__ for each in ledger.carried] == ["Grant", "Withdraw"]


def test_the_audit_lists_what_nobody_vouches_for(ledger: EnrolmentLedger, epoch: int, home: Path) -> None:
    grant(home)
    enrolled(epoch)
    grant(home)
    here("wallet", "send", "--to", "messages")
    files = sorted((home / "messages").iterdir())
    assert here(*CARRIER, *files).status == 0
    bare, vouched = (each.consent for each in ledger.carried)
    token = json.loads(files[1].read_text())["token"]
    (home / "tokens.jsonl").write_text(admissions.write_tokens([admissions.Token.from_fields(token)]))
    done = here("audit", "admissions", "--tokens", "tokens.jsonl", "--admitter", ADMITTER, "--json")
    assert (done.status, done.json["granted"], [each["consent"] for each in done.json["without"]]) == (1, 2, [bare])
    assert vouched not in here("audit", "admissions", "--tokens", "tokens.jsonl").out
    ledger.carried = [each for each in ledger.carried if each.consent == vouched]
    assert here("audit", "admissions", "--tokens", "tokens.jsonl").status == 0
    ledger.broken = True
    assert here("audit", "admissions").status == 2
