"""The month by the command: sentences and a picture from the vault; no node, no mailbox, no deployment."""

from pathlib import Path

import pytest

from tests.unit.cli.home import here

PLAN = """from = 2026-11-19
[income.benefits]
universal-credit = 900
[fixed.home]
rent = "500, direct"
council-tax = 125
[flexible.food]
groceries = 200
"""
HEAD = "Date,Counter Party,Reference,Type,Amount (GBP)\n"
ROWS = "26/11/2026,DWP UC,A,BACS,400.00\n28/11/2026,\x1b[2JGrocer,A,CARD,-80.00\n30/11/2026,Shop,A,CARD,-5.00\n"


@pytest.fixture(autouse=True)
def planned(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAMJAR_DEPLOYMENT", "nothere.json")
    (home / "nov.toml").write_text(PLAN)
    (home / "s.csv").write_text(HEAD + ROWS)
    here("wallet", "plan", "nov.toml")
    here("wallet", "import", "s.csv")
    here("wallet", "rule", "grocer", "flexible.food.groceries")
    here("wallet", "rule", "dwp", "income.benefits.universal-credit")


def test_a_day_without_a_plan() -> None:
    assert "no plan for 2026-10-01" in here("wallet", "month", "--day", "2026-10-01").refusal


def test_the_sentences_and_the_pictures(home: Path) -> None:
    done = here("wallet", "month", "--day", "2026-12-01", "--picture", "month.svg")
    assert done.status == 0
    # Due on Christmas Day; the payday before was 25 November.
    assert (
        "£200.00 planned, £80.00 spent, £120.00 left: £5.21 a day for the 23 days until payday on 24 December."
        in done.out
    )
    assert "Still to come by 18 December: Council tax £125.00." in done.out
    assert "No jar has £5.00 paid and £0.00 received yet" in done.out
    assert "Money in less money out since 19 November: £315.00 on 1 December" in done.out
    assert "█" in done.out
    assert (home / "month.svg").read_text().startswith("<svg")
    assert "exists already" in here("wallet", "month", "--day", "2026-12-01", "--picture", "month.svg").refusal
    assert here("wallet", "month", "--day", "2026-12-01", "--plain").out.partition("Money")[0].isascii()


@pytest.mark.parametrize(
    ("day", "days"), [("2026-11-24", "1 day"), ("2026-11-25", "29 days"), ("2026-12-18", "6 days")]
)
def test_on_the_day_before_payday_on_payday_and_on_the_last_day(day: str, days: str) -> None:
    said = here("wallet", "month", "--day", day).out
    assert f"a day for the {days} until payday on " in said


def test_the_figures_for_programs() -> None:
    found = here("wallet", "month", "--day", "2026-12-01", "--json").json
    assert (found["payday"], found["left"], found["left_a_day"], found["balance"]) == ("2026-12-24", 12000, 521, 31500)
    assert (found["still_to_come"], found["to_set_aside"]) == ({"Council tax": 12500}, {})
    # £80 in 13 days: £200 in 33
    assert found["runs_out_first"] is None


def test_jars_say_what_is_paid_direct() -> None:
    done = here("wallet", "jars", "--day", "2026-12-01")
    assert "Rent: £500.00 is paid direct out of Universal Credit or tax credits" in done.out
    shown = here("wallet", "jars", "--day", "2026-12-01", "--json").json
    assert shown["income"] == {"income.benefits.universal-credit": {"planned": 90000, "received": 90000}}
    assert shown["jars"]["fixed.home.rent"] == {"planned": 50000, "spent": 50000}
