"""jamjar adviser ask, and what the claimant does with it; there is a fake ledger, and no mailbox.

ask
├── It writes the request, its code and its page, all or none, and prints the notice in both languages
├── Given the account acts for no member, a word that hides others, or too much for a code: nothing is written
└── Given a letter, and no look before: nothing is written
requests, grant, refuse
├── When it came as a file, or twice: it has one number, and is answered by it once
├── Everything is shown before the question, also with --yes, and with less than is asked for
├── Given its signer is not the recipient's, or it was altered: refused
└── Given its time is over: refused
"""

import json
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from eth_account import Account

from jamjar.cli.options import Locations
from jamjar.protocol.signing import ConsentKey
from tests.unit.cli.home import WHOLE, Done, here, write_request
from tests.unit.wallet.scene import FakeLedger, asking

SCOPE = ("--line", "fixed.home", "--total", "balance", "--covers", "outgoings")
ASK = (
    "adviser", "ask", "made.json", "--purpose", "advice", *SCOPE, "--from", "2026-11-01", "--until", "2027-04-30",
    "--contact", "01234 567890", "--account", "desk.keystore", "--password-file", "passphrase",
)  # fmt: skip
WRITTEN = ("--code", "made.svg", "--page", "made.html")


@pytest.fixture
def ledger(home: Path, monkeypatch: pytest.MonkeyPatch) -> FakeLedger:
    account = Account.from_key(b"\7" * 32)  # that of `SENDER`
    password = (home / "passphrase").read_text().strip()
    (home / "desk.keystore").write_text(json.dumps(account.encrypt(password, kdf="pbkdf2", iterations=1)))
    made = FakeLedger()
    made.deployment, made.clock = WHOLE, int(time.time())
    recognised = made.member_of
    made.member_of = lambda account: recognised(getattr(account, "address", account))
    monkeypatch.setattr(Locations, "ledger", lambda _: made)
    return made


def grant(name: object, *words: object) -> Done:
    return here("wallet", "grant", name, "--yes", *words)


def listed() -> list[tuple[int, str]]:
    rows = here("wallet", "requests", "--offline", "--json").json["requests"]
    return [(row["number"], row["answer"]) for row in rows]


def test_a_request_from_end_to_end(ledger: FakeLedger, home: Path) -> None:
    done = here(*ASK, *WRITTEN, "--about", "Your arrears")
    assert (done.status, "[English]" in done.out, "[Cymraeg]" in done.out) == (0, True, True)
    assert "to give you advice that fits your budget" in done.out
    page, code = (home / "made.html").read_text(), (home / "made.svg").read_text()
    assert [("<svg" in each, "<script" in each) for each in (page, code)] == [(True, False)] * 2
    assert "“Your arrears”" in page
    assert {each.stat().st_mode & 0o77 for each in home.glob("made.*")} == {0}
    shown = here("wallet", "requests", "made.json", "--offline").out
    assert "Town Debt Advice" in shown
    assert "No." in shown
    done = grant(1, "--looks", 1, "--reconfirm-days", 30)
    assert done.status == 0, done
    for words in ("1 at most (3 were asked for)", "confirm by", "ends", "begins", "“Your arrears”", "[Cymraeg]"):
        assert words in done.out, words
    assert listed() == [(1, "agreed")]
    assert "you agreed" in here("wallet", "requests", "--offline").out
    for again in (grant(1), grant("made.json"), here("wallet", "refuse", 1), here("wallet", "refuse", "made.json")):
        assert "was agreed to already" in again.refusal
    consent = here("wallet", "consents", "--offline", "--json").json["consents"][0]
    assert consent["until"] == str((datetime.now(timezone.utc) + timedelta(days=180)).date())
    refused = here("wallet", "reconfirm", consent["consent"], "--days", 60).refusal
    assert "You agreed to confirm it every 30 days" in refused


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--about", "a\u202eb"), "one line of visible characters"),
        (("--about", "x" * 301), "longer than 300"),
        (("--line", "fixed.a"), "catalogue does not have"),
        (("--looks", "2"), "choose of 1, 3, 12"),
        (("--answer-by", "2020-01-01"), "last day to answer"),
        (("--answer-by", "soon"), "is not a day"),
        (("--from", "2028-01-01"), "ends before it starts"),
        (("--to", "0x12"), "No clients are '0x12'"),
        (("--to", "0x12", "--mailbox", ""), "No mailbox is named"),
        (("--page", "plan.json"), "plan.json exists already"),
    ],
)  # fmt: skip
def test_what_is_not_asked_for(ledger: FakeLedger, home: Path, words: tuple[str, ...], why: str) -> None:
    before = sorted(home.iterdir())
    assert why in here(*ASK, "--code", "made.svg", *words).refusal
    assert sorted(home.iterdir()) == before


def test_more_than_a_code_holds(ledger: FakeLedger, home: Path) -> None:
    many = [word for code in ("gas", "electricity", "other") for word in ("--line", f"fixed.utilities.{code}")]
    long = ("--about", "字" * 300, "--contact", "字" * 200, *many)
    assert "bytes that a code holds" in here(*ASK, *WRITTEN, *long).refusal
    assert list(home.glob("made.*")) == []
    assert here(*ASK, *long).status == 0  # as a file it may be longer


def test_an_account_of_no_member(ledger: FakeLedger, home: Path) -> None:
    ledger.member_of = lambda account: 0
    assert "acts for no member" in here(*ASK).refusal
    assert list(home.glob("made.*")) == []


def test_a_request_that_is_not_the_recipient_s(ledger: FakeLedger, home: Path) -> None:
    (home / "forged.json").write_text(asking(signer=ConsentKey(b"\x09" * 32)).to_json())
    (home / "raised.json").write_text(json.dumps(json.loads(asking().to_json()) | {"looks": 12}))
    ledger.name = ledger.names = "Town Debt Advicе"  # its last letter is Cyrillic
    for file in ("forged.json", "raised.json"):
        assert "No account of member 2 signed" in grant(file).refusal
    assert "and not 'Town Debt Advice' as in the terms" in grant("request.json").refusal
    assert (listed(), here("wallet", "consents", "--offline", "--json").json["consents"]) == ([], [])


def test_a_request_whose_time_is_over(ledger: FakeLedger, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    day = datetime.now(timezone.utc).date() - timedelta(days=2)
    write_request(home / "request.json", asked=day, answer_by=day)
    assert "could be answered until" in grant("request.json").refusal
    assert "its time is over" in here("wallet", "requests", "request.json", "--offline").out


def test_requests_are_numbered_as_they_come(home: Path) -> None:
    write_request(home / "other.json")
    for files in (("request.json", "other.json"), ("other.json",)):
        here("wallet", "requests", "--offline", *files)
    assert listed() == [(1, "none"), (2, "none")]
    (home / "half.json").write_text((home / "other.json").read_text()[:-9])
    assert (
        "half.json: "
        in here("wallet", "requests", "--offline", write_request(home / "third.json"), "half.json").refusal
    )
    assert listed() == [(1, "none"), (2, "none")]
    assert "recorded" in here("wallet", "refuse", 2).out
    assert listed() == [(1, "none"), (2, "refused")]
    assert "was refused already" in grant(2, "--offline").refusal
