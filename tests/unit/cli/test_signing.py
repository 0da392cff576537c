"""What a wallet signs with no node at all: listed, written as files all or nothing, and printed as it reads."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jamjar.plan.budget import Debt
from jamjar.plan.period import AssessmentPeriod
from jamjar.protocol import signed_message
from tests.unit.cli.home import here, write_request
from tests.unit.wallet.scene import BUDGET

CONTROLLER = ("--address", "1 High Street, Leeds", "--contact", "help@advice.example")


@pytest.fixture
def consent(home: Path) -> str:
    done = here("wallet", "grant", "request.json", "--yes", "--offline", "--json")
    assert "[Cymraeg]" in done.err
    return str(done.json["consent"])


def test_all_that_is_only_signed(consent: str) -> None:
    for words in (["commit", consent, "plan.json"], ["pause", consent[:6]], ["resume", consent.upper()]):
        assert "It is queued" in here("wallet", *words).out, words
    assert "Reconfirm" in here("wallet", "reconfirm", consent[:10] + "..", "--offline").out
    assert "Withdraw" in here("wallet", "withdraw", consent).out
    found = here("wallet", "consents", "--offline", "--json").json
    assert (found["messages_waiting"], [each["consent"] for each in found["consents"]]) == (6, [consent])
    waiting = here("wallet", "send").refusal
    assert "Grant, Commit, Pause, Resume, Reconfirm, Withdraw" in waiting
    assert "1" in here("wallet", "card", "card.json", "--page", "card.html", "--offline").out


def test_a_budget_outside_the_terms(consent: str, home: Path) -> None:
    later = AssessmentPeriod.containing(date(2026, 9, 1), date(2026, 9, 1))
    (home / "later.json").write_text(replace(BUDGET, period=later).to_json())
    assert "not within the data period" in here("wallet", "commit", consent, "later.json").refusal


def test_the_plan_in_the_vault_is_committed_to_where_no_file_is_named(consent: str) -> None:
    assert "There is no plan within 2026-05-31 to 2026-06-29" in here("wallet", "commit", consent).refusal
    here("wallet", "plan", "plan.json")
    assert "It is queued" in here("wallet", "commit", consent).out


def test_a_plan_with_more_creditors_than_leaves_is_committed_to(consent: str, home: Path) -> None:
    many = tuple(Debt("priority", f"Creditor {n}", n, n) for n in range(60))
    (home / "many.json").write_text(replace(BUDGET, debts=many).to_json())
    done = here("wallet", "commit", consent, "many.json")
    # Of 64 places 2 are dates, 9 totals, 2 lines; the other 51 have 25 debts of two figures each.
    assert (done.status, "so 35 lines and creditors are in the totals alone" in done.out) == (0, True)


def test_a_beginning_that_two_have(consent: str, home: Path) -> None:
    here("wallet", "grant", write_request(home / "request.json"), "--yes", "--offline")
    assert "2 consents begin with '0x'; type more of it" in here("wallet", "pause", "0x").refusal


def test_a_folder_of_messages(consent: str, home: Path) -> None:
    (home / "full").mkdir()
    (home / "full" / "mine").touch()
    for taken in ("full", "plan.json"):
        assert "not an empty folder" in here("wallet", "send", "--to", taken).refusal
    assert "cannot be made" in here("wallet", "send", "--to", "plan.json/out").refusal
    (home / "empty").mkdir()
    here("wallet", "pause", consent)
    for to in ("empty", "new/below"):
        assert here("wallet", "send", "--to", to).status == 0
        assert [file.name for file in sorted((home / to).iterdir())] == ["001-grant.json", "002-pause.json"]
        assert signed_message.from_json((home / to / "001-grant.json").read_text()).message.consent == consent
    assert list(home.glob("**/.jamjar-*")) == []
    assert (home / "empty").stat().st_mode & 0o77 == 0


def test_a_folder_that_fails_half_way(consent: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    before = sorted(home.iterdir())
    monkeypatch.setattr("os.fsync", full)
    assert "No space left" in here("wallet", "send", "--to", "out").refusal
    assert "No space left" in here("wallet", "card", "card.json", "--offline").refusal
    assert sorted(home.iterdir()) == before


def test_a_card_and_its_page_are_written_together(consent: str, home: Path) -> None:
    (home / "card.html").touch()
    assert "card.html exists already" in here("wallet", "card", "card.json", "--page", "card.html", "--offline").refusal
    assert not (home / "card.json").exists()


def test_a_refusal_on_record(home: Path) -> None:
    assert "Your refusal is recorded" in here("wallet", "refuse", "request.json").out
    (found,) = here("wallet", "refusals", "--json").json
    record = here("wallet", "record", found["name"][:9], *CONTROLLER).json
    assert record["dpv:hasConsentStatus"] == "dpv:ConsentRefused"
    assert found["name"] in record["@id"]
    assert "words" in here("wallet", "record", found["name"], *CONTROLLER, "--receipt").out
    assert found["name"][:10] in here("wallet", "refusals").out
    assert "two capital letters" in here("wallet", "record", "0x", *CONTROLLER, "--country", "gb").refusal


def test_a_notice_is_shown_as_it_reads(home: Path) -> None:
    about = "You [red]agree[/red] :smile: [/] to this."
    write_request(home / "request.json", about=about)
    assert about in here("wallet", "grant", "request.json", "--yes", "--offline").out


def test_tables_fit_and_nothing_is_cut(consent: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    printed = here("wallet", "consents", "--offline").out
    assert max(map(len, printed.splitlines())) <= 80
    assert f"{consent[:10]}.." in printed
    assert "Messages queued: 1. Consents erased: 0." in printed
    assert "…" not in printed
    assert json.loads(here("wallet", "consents", "--offline", "--json").out)["consents"][0]["consent"] == consent
    assert "No letters." in here("wallet", "inbox", "--offline").out
    assert "The node did not answer" in here("wallet", "inbox").refusal


@pytest.mark.parametrize(("begin", "says"), [("midnight", ""), ("hour", "in which hour"), ("now", "to the second")])
def test_what_a_beginning_reveals_is_said(home: Path, begin: str, says: str) -> None:
    done = here("wallet", "grant", "request.json", "--yes", "--offline", "--begin", begin, "--days", 90, "--looks", 1)
    revealed = [each for each in ("in which hour", "to the second") if each in done.err]
    assert (done.status, revealed) == (0, [says] if says else [])
    assert "--minutes" not in here("wallet", "grant", "--help").out


@pytest.mark.parametrize("words", [("--days", 91), ("--looks", 2), ("--reconfirm-days", 45)])
def test_what_few_choose_is_asked_for_twice(home: Path, words: tuple[object, ...]) -> None:
    agree = ("wallet", "grant", "request.json", "--yes", "--offline", *words)
    assert "it would single you out: take 30, 90, 180, 365 for --days, 1, 3, 12 for --looks" in here(*agree).refusal
    done = here(*agree, "--unusual")
    assert (done.status, "seen to be one person's" in done.err) == (0, True)
