"""Plans as they come from the field, by the commands that people type: tests/unit/plan/cases, made after reports.

Given a period by the regulation, or by a letter   taken, both
When amounts are by the week                       a month's pence, by the rule that is named
Given more creditors than a commitment has leaves  stored
Given two periods that overlap                     said, and the later counts
Given money that never passes the account          no gap
"""

import json
import shutil
from pathlib import Path

import pytest

from tests.unit.cli.home import here
from tests.unit.cli.test_imports import Answers

FILES = Path(__file__).parents[1] / "plan" / "cases"


@pytest.fixture(autouse=True)
def bare(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAMJAR_DEPLOYMENT", "nothere.json")


def given(home: Path, name: str) -> None:
    shutil.copytree(FILES / name, home, dirs_exist_ok=True)


def planned(file: str) -> str:
    done = here("wallet", "plan", file)
    assert done.status == 0, done
    return done.out


@pytest.mark.parametrize(
    ("name", "file", "period"),
    [
        ("feb-period-claim-30th", "feb.json", "2027-02-27 to 2027-03-29"),
        ("feb-period-claim-30th", "feb-as-jamjar.json", "2027-02-28 to 2027-03-29"),
        ("period-claim-31st-leap", "p.json", "2028-02-29 to 2028-03-30"),
    ],
)
def test_periods_of_late_claim_days(home: Path, name: str, file: str, period: str) -> None:
    given(home, name)
    assert f"Planned for {period}: £" in planned(file)


def test_amounts_by_the_week(home: Path) -> None:
    given(home, "weekly-and-four-weekly-amounts")
    assert "Child Benefit: £103.00 four-weekly x 13/12 = £111.58 a month." in planned("w.json")
    assert here("wallet", "plan", "--show", "--day", "2026-11-20", "--json").json["income"] == 42490 + 11158


def test_a_plan_by_hand(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(home, "plan-by-hand")
    assert "lacks format, catalogue" in here("wallet", "plan", "empty.json").refusal
    assert "universal-credit" in here("wallet", "plan", "--template").out
    monkeypatch.setattr("sys.stdin", Answers("5\n\n\n\n"))
    assert "On which day of the month did you claim" in here("wallet", "plan", "--day", "2026-11-20").out


@pytest.mark.parametrize("file", ["debts.json", "few.json"])
def test_a_dozen_creditors_and_more(home: Path, file: str) -> None:
    given(home, "many-creditors")
    planned(file)
    record = json.loads((home / file).read_text())
    stored = here("wallet", "plan", "--show", "--day", "2026-11-20", "--json").json["plan"]
    assert {debt["creditor"] for debt in stored["debts"]} == {debt["creditor"] for debt in record["debts"]}
    assert len(stored["lines"]) == len(record["lines"])


def test_two_debts_to_one_creditor_are_told_how(home: Path) -> None:
    given(home, "plan-two-cards-one-creditor")
    assert "add them up, or name them apart" in here("wallet", "plan", "p.json").refusal


def month(home: Path, name: str, rule: str, code: str, day: str) -> tuple[int, int, str]:
    """What was planned and received of an income line, and the notes."""
    given(home, name)
    planned("n.json")
    here("wallet", "import", "m.csv")
    here("wallet", "rule", rule, code)
    shown = here("wallet", "jars", "--day", day, "--json").json
    return shown["income"][code]["planned"], shown["income"][code]["received"], " ".join(shown["notes"])


def test_child_benefit_twice_in_a_period(home: Path) -> None:
    code = "income.benefits.child-benefit"
    *figures, notes = month(home, "four-weekly-twice-in-a-period", "child benefit", code, "2026-11-10")
    assert figures == [11158, 20600]
    assert "2 payments came in this period, on 5 November and 3 December, £206.00 in all" in notes


def test_two_wages_in_one_period(home: Path) -> None:
    *figures, notes = month(home, "two-wages-one-period", "wages", "income.earnings.salary", "2026-12-01")
    assert figures == [60000, 120000]
    assert "Universal Credit counts pay in the period in which it comes." in notes


def test_rent_paid_to_the_landlord_and_an_advance(home: Path) -> None:
    given(home, "managed-payment-to-landlord")
    record = json.loads((home / "n.json").read_text())
    record["debts"][0]["direct"] = "income.benefits.universal-credit"
    (home / "n.json").write_text(json.dumps(record))
    planned("n.json")
    here("wallet", "import", "m.csv")
    here("wallet", "rule", "dwp uc", "income.benefits.universal-credit")
    here("wallet", "plan", "--set", "fixed.home.rent=500, direct", "--day", "2026-11-20")
    shown = here("wallet", "jars", "--day", "2026-11-20", "--json").json
    assert {code: (each["planned"], each["received"]) for code, each in shown["income"].items()} == {
        "income.benefits.universal-credit": (40000, 40000), "income.benefits.housing": (50000, 50000)
    }  # fmt: skip
    assert shown["jars"]["fixed.home.rent"] == {"planned": 50000, "spent": 50000}
    assert shown["jars"]["debts.priority"] == {"planned": 5000, "spent": 5000}


def test_what_is_left_is_carried_over_if_the_plan_says_so(home: Path) -> None:
    given(home, "jars-carry-over")
    planned("n.json")
    planned("d.json")
    jar = "fixed.transport.car-insurance"
    shown = here("wallet", "jars", "--day", "2026-12-10", "--json").json
    assert (shown["jars"][jar], "begin anew" in shown["notes"][0]) == ({"planned": 2000, "spent": 0}, True)
    here("wallet", "plan", "--set", f"{jar}=20, carry over", "--day", "2026-12-10")
    shown = here("wallet", "jars", "--day", "2026-12-10", "--json").json
    assert shown["jars"][jar] == {"planned": 2000, "carried": 2000, "spent": 0}
    assert "£40.00 left" in here("wallet", "jars", "--day", "2026-12-10").out


def test_a_new_claim_day(home: Path) -> None:
    given(home, "new-claim-day-overlap")
    planned("a.json")
    assert "The plan for 2026-10-28 to 2026-11-27 overlaps; from 2026-11-15 on, the later counts." in planned("b.json")
    shown = here("wallet", "jars", "--day", "2026-11-20", "--json").json
    assert shown["jars"] == {"fixed.home.rent": {"planned": 200, "spent": 0}}
    assert "counts until 14 November" in here("wallet", "jars", "--day", "2026-11-01").out


def test_pounds_in_json_and_newer_benefits_are_told_where_they_go(home: Path) -> None:
    record = json.loads((home / "plan.json").read_text())
    record["lines"][0]["pence"] = "424.90"
    (home / "pounds.json").write_text(json.dumps(record))
    assert "--template" in here("wallet", "plan", "pounds.json").refusal
    (home / "nov.toml").write_text('from = 2026-11-05\n[income.benefits]\nscottish-child-payment = "28.20 weekly"')
    assert "did you mean income.benefits.other?" in here("wallet", "plan", "nov.toml").refusal
