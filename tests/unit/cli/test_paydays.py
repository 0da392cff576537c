"""When Universal Credit is paid, by the command: from a claim day without a vault, or from the stored plan.

When there is neither               told what to add
Given a claim day, a nation         moved by that nation's bank holidays, with the reason
Given a plan whose period is over   the periods after it
When it is later than is published  said
"""

from pathlib import Path

import pytest

from tests.unit.cli.home import here

PLAN = 'from = 2026-11-19\nnation = "scotland"\nsavings = 1\n'


@pytest.fixture(autouse=True)
def bare(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAMJAR_DEPLOYMENT", "nothere.json")


def paydays(*words: str) -> list[str]:
    return [each["payday"] for each in here("wallet", "payday", *words, "--json").json["paydays"]]


def test_without_a_plan_it_asks_for_the_claim_day() -> None:
    assert "add --claim-day" in here("wallet", "payday", "--day", "2026-11-20").refusal
    assert "is no nation" in here("wallet", "payday", "--claim-day", "5", "--nation", "france").refusal
    assert "not a day" in here("wallet", "payday", "--claim-day", "5", "--day", "soon").refusal


def test_a_claim_day_needs_no_vault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAMJAR_VAULT", "nothere.vault")
    done = here("wallet", "payday", "--claim-day", "19", "--day", "2026-11-30")
    assert done.out.splitlines()[0] == (
        "For 2026-11-19 to 2026-12-18, you are paid on Thursday 24 December 2026 (25 December is Christmas Day)."
    )
    assert paydays("--claim-day", "19", "--day", "2026-11-30") == ["2026-12-24", "2027-01-25", "2027-02-25"]


def test_a_nation_has_bank_holidays_of_its_own() -> None:
    # Due on 30 November 2026, St Andrew's Day.
    for nation in ("", "Wales", "Northern Ireland"):
        assert paydays("--claim-day", "24", "--day", "2026-11-25", "--nation", nation)[0] == "2026-11-30"
    assert paydays("--claim-day", "24", "--day", "2026-11-25", "--nation", "scot")[0] == "2026-11-27"


def test_claims_of_the_30th_and_payments_twice_a_month() -> None:
    # By regulation 21(2)(b) the period before 27 February 2027 ends on the 26th.
    assert paydays("--claim-day", "30", "--day", "2027-02-20")[0] == "2027-03-05"
    done = here(
        "wallet", "payday", "--claim-day", "5", "--day", "2026-12-12", "--nation", "northern-ireland", "--second", "15"
    )
    assert "and the second part on Thursday 24 December 2026" in done.out


def test_the_days_of_the_plan_and_those_after_it(home: Path) -> None:
    (home / "nov.toml").write_text(PLAN)
    here("wallet", "plan", "nov.toml")
    assert paydays("--day", "2026-11-30")[0] == "2026-12-24"
    assert paydays("--day", "2027-06-30")[0] == "2027-07-23"


def test_what_is_not_published_yet_is_said() -> None:
    done = here("wallet", "payday", "--claim-day", "5", "--day", "2190-05-01")
    assert "are not published yet; there, only weekends count." in done.out
    assert "published" not in here("wallet", "payday", "--claim-day", "5", "--day", "2026-05-01").out
