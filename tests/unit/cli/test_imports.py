"""The commands about imports: trials, taking back, hiding, the question about an account, layouts of one's own."""

import io
from pathlib import Path

import pytest

from tests.unit.cli.home import here

HEAD = "Date,Counter Party,Reference,Type,Amount (GBP)\n"
TABLE = "Kept by our union\nWhen,Whom,Gone,Come\n10-Nov-26,Shop,4.50,-\n11-Nov-26,DWP,-,424.90\n"


class Answers(io.StringIO):
    """What a person types on a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def statement(home: Path) -> Path:
    (home / "s.csv").write_text(f"{HEAD}10/11/2026,Shop,REF,CARD,-4.50\n10/11/2026,Bar,REF,CARD,-2.00\n")
    return home / "s.csv"


def held() -> list[int]:
    return [each["pence"] for each in here("wallet", "transactions", "--json").json]


def test_a_trial_stores_nothing(statement: Path) -> None:
    done = here("wallet", "import", statement, "--dry-run")
    assert (done.status, done.out) == (0, "s.csv: new 2.\nNothing was stored, as this was a dry run.\n")
    assert held() == []
    assert here("wallet", "import", statement, "--dry-run", "--json").json["dry_run"] is True


def test_an_import_is_taken_back(statement: Path) -> None:
    assert "no import to take back" in here("wallet", "undo").refusal
    here("wallet", "import", statement)
    assert here("wallet", "undo").out == "Taken back: the import of s.csv; 2 removed, 0 restored.\n"
    assert held() == []


def test_a_row_is_hidden_and_put_back(statement: Path) -> None:
    here("wallet", "import", statement)
    name = next(e["name"] for e in here("wallet", "transactions", "--json").json if e["payee"] == "Bar")
    assert "is now hidden" in here("wallet", "transactions", "--hide", f"{name[:10]}..").out
    assert here("wallet", "import", statement).out == "s.csv: known 2.\n"
    assert held() == [-450]
    assert [each["payee"] for each in here("wallet", "transactions", "--hidden", "--json").json] == ["Bar"]
    assert "shown and counted" in here("wallet", "transactions", "--unhide", name).out
    assert sorted(held()) == [-450, -200]
    assert "No names begin" in here("wallet", "transactions", "--hide", "0" * 32).refusal


@pytest.mark.parametrize(("typed", "more"), [("y\n", 0), ("n\n", 2)])
def test_an_account_that_looks_like_another_is_asked_about(
    monkeypatch: pytest.MonkeyPatch, statement: Path, typed: str, more: int
) -> None:
    here("wallet", "import", statement, "--account", "joint")
    monkeypatch.setattr("sys.stdin", Answers(typed))
    done = here("wallet", "import", statement)
    assert (done.status, "Is this the same account?" in done.out) == (0, True)
    assert len(held()) == 2 + more


def test_what_banks_have_is_listed() -> None:
    ways = here("wallet", "banks", "--json").json
    assert len(ways) > 10
    assert all(way.endswith(".") for way in ways.values())
    assert "Nationwide" in here("wallet", "banks").out


def test_a_layout_is_learned_and_used(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    (home / "t.csv").write_text(TABLE)
    assert "jamjar wallet layout" in here("wallet", "import", "t.csv").refusal
    monkeypatch.setattr("sys.stdin", Answers("9\n2\n1\n2\n0\n3\n4\n0\n0\n0\nOur union\n"))
    done = here("wallet", "layout", "learn", "t.csv", "--out", "mine.toml")
    assert (done.status, "Row 2: 1 When | 2 Whom | 3 Gone | 4 Come" in done.out) == (0, True)
    assert "Give a number from 0 to 4." in done.out
    assert here("wallet", "import", "t.csv", "--layout", "mine.toml").out == "t.csv: new 2.\n"
    assert held() == [-450, 42490]
    assert "cannot be read" in here("wallet", "layout", "learn", "nothere").refusal
    assert here("wallet", "import", "t.csv", "--layout", "t.csv").refusal.endswith(
        "see docs/banks.md for an example.\n"
    )
