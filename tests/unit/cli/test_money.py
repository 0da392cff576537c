"""Money by commands: files taken in as a whole or not, rules and corrections; no deployment file, no node."""

from pathlib import Path

import pytest

from jamjar.plan.catalogue import LINES
from tests.unit.cli.home import here

FILES = Path(__file__).parents[1] / "bank" / "files"


@pytest.fixture(autouse=True)
def bare(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAMJAR_DEPLOYMENT", "nothere.json")


def test_what_is_taken_in_and_what_is_not(home: Path) -> None:
    lines = (FILES / "monzo.csv").read_text().splitlines(keepends=True)
    (home / "bad.csv").write_text("".join(lines) + "oops,not,a,row\n")
    done = here("wallet", "import", "bad.csv", FILES / "starling.csv", "nothere.csv", "--json")
    assert done.status == 1
    assert [(each["file"], each["new"]) for each in done.json["taken_in"]] == [("starling.csv", 4)]
    refused = done.err.splitlines()
    assert refused[0].startswith("jamjar: bad.csv was not imported. ")
    assert f"{len(lines) + 1}" in refused[0]
    assert refused[1].startswith("jamjar: nothere.csv cannot be read")
    again = here("wallet", "import", FILES / "starling.csv")
    assert (again.status, again.err) == (0, "")
    assert again.out == "starling.csv: known 4.\n"
    assert len(here("wallet", "transactions", "--json").json) == 4


def test_rules_and_corrections(home: Path) -> None:
    here("wallet", "import", FILES / "starling.csv")
    first = next(each for each in here("wallet", "transactions", "--json").json if each["payee"] == "First Bus")
    assert first["code"] is None
    assert "First Bus" in here("wallet", "unassigned").out
    assert here("wallet", "rule", "first  bus", "fixed.transport.public-transport").status == 0

    def code() -> object:
        return next(e["code"] for e in here("wallet", "transactions", "--json").json if e["name"] == first["name"])

    assert code() == "fixed.transport.public-transport"
    done = here("wallet", "correct", first["name"][:10] + "..", "flexible.leisure.gifts")
    assert LINES["flexible.leisure.gifts"].label in done.out
    for words in ("transactions", "rule"):
        assert "flexible.leisure" not in here("wallet", words).out  # words for people, codes for programs
    assert code() == "flexible.leisure.gifts"
    assert here("wallet", "correct", first["name"], "--undo").status == 0
    assert here("wallet", "rule", "--remove", "1", "--json").json == []
    assert [each["text"] for each in here("wallet", "rule", "--undo", "--json").json] == ["first bus"]
    assert "no change of the rules to take back" in here("wallet", "rule", "--undo").refusal
    assert here("wallet", "rule", "--remove", "1", "--json").json == []
    assert "No rules" in here("wallet", "rule").out
    assert code() is None
    assert "did you mean" in here("wallet", "correct", first["name"], "flexible.leisure.gift").refusal


def test_a_rule_that_is_copied_from_a_statement_fits_though_its_number_is_not_kept(home: Path) -> None:
    head = "Date,Counter Party,Reference,Type,Amount (GBP)\n"
    (home / "s.csv").write_text(f"{head}10/11/2026,DWP UC 12345678,REF,BACS,424.90\n")
    here("wallet", "import", "s.csv")
    done = here("wallet", "rule", "DWP UC 12345678", "income.benefits.universal-credit")
    assert (done.status, "not kept of bank files" in done.err) == (0, True)
    assert here("wallet", "unassigned", "--json").json == []


def test_a_plan_and_its_picture(home: Path) -> None:
    assert "Planned for 2026-05-31" in here("wallet", "plan", "plan.json").out
    shown = here("wallet", "jars", "--day", "2026-05-31", "--plain", "--picture", "jars.svg")
    assert (shown.status, max(map(len, shown.out.splitlines())) <= 80) == (0, True)
    assert (home / "jars.svg").read_text().startswith("<svg")
    assert "exists already" in here("wallet", "jars", "--day", "2026-05-31", "--picture", "jars.svg").refusal
    assert here("wallet", "jars", "--day", "2026-05-31", "--json").json["jars"]["fixed.home.rent"]["planned"] == 11914
    assert "transfer" in here("wallet", "codes", "--json").json
    assert here("wallet", "transactions", "--day", "2026-05-31", "--json").json == []


def test_a_new_vault_in_a_new_folder(home: Path) -> None:
    assert "The vault is created" in here("wallet", "--vault", "new/folder/my.vault", "create").out
    assert (home / "new/folder/my.vault").stat().st_mode & 0o77 == 0
    assert "All 0 records are intact" in here("wallet", "--vault", "new/folder/my.vault", "check").out
