"""The questions of a plan, when they are interrupted: no answer is lost, and none is taken that nobody gave.

When it ends at any question             what was answered before is kept, and the way on is said
When it goes on                          it asks what was not answered yet, and the plan is the same as without a break
When the plan or the rows have changed   what is asked otherwise is asked again
When the plan is not agreed to           the answers are kept, and can be changed
When it is stored, or begun anew         they are forgotten
"""

from pathlib import Path

import pytest

from tests.unit.cli.home import Done, here
from tests.unit.cli.test_imports import Answers
from tests.unit.cli.test_planning import HEAD, stored, typed

ANSWERS = [
    "5", "2026-11-05", "2026-12-04", "1",  # the day, the period, the nation
    "", "1", "424.90", "", "", "1", "120 48 weeks", *[""] * 11, "1", "20, carry over",  # income, outgoings, savings
    "Town Council", "p", "450", "10 weekly", "",  # debts
]  # fmt: skip
ASKED = len(ANSWERS)


@pytest.fixture(autouse=True)
def bare(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAMJAR_DEPLOYMENT", "nothere.json")


def interrupted(monkeypatch: pytest.MonkeyPatch, *answers: str) -> Done:
    done = typed(monkeypatch, *answers)
    assert done.status == 1
    assert "our answers are kept" in done.err
    assert "jamjar wallet plan." in done.err
    return done


@pytest.mark.parametrize("place", [1, 4, 12, ASKED - 3, ASKED - 1, ASKED])
def test_it_goes_on_after_any_question(home: Path, monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    interrupted(monkeypatch, *ANSWERS[:place])
    done = typed(monkeypatch, "g", *ANSWERS[place:], "y")
    assert done.status == 0, done
    assert ("a question" if place == 1 else f"{place} questions") in done.out
    plan = stored()
    assert plan["period"] == {"claim_day": 5, "start": "2026-11-05", "end": "2026-12-04"}
    assert plan["lines"] == [
        {"code": "income.benefits.universal-credit", "pence": 42490},
        {"code": "fixed.home.rent", "pence": 12000, "every": "48 weeks a year"},
        {"code": "savings", "pence": 2000, "carry": True},
    ]
    assert plan["debts"] == [
        {"kind": "priority", "creditor": "Town Council", "owed": 45000, "offer": 1000, "every": "weekly"}
    ]
    assert "You began" not in interrupted(monkeypatch).out


def test_twice_and_with_answers_that_are_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(monkeypatch, *ANSWERS[:3], "9")
    interrupted(monkeypatch, "g", *ANSWERS[3:9], "quid")
    done = typed(monkeypatch, "what", "g", *ANSWERS[9:], "y")
    assert "none of g, a and n" in done.out
    assert done.status == 0


def test_each_answer_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter leaves it as it was, 0 takes away what can be left out."""
    done = typed(monkeypatch, *ANSWERS, "n")
    assert (done.status, "your answers are kept" in done.err) == (1, True)
    again = [""] * ASKED
    again[6], again[-5] = "500", "0"
    done = typed(monkeypatch, "a", *again[:-4], "y")
    assert done.status == 0, done
    plan = stored()
    assert {line["code"]: line["pence"] for line in plan["lines"]} == {  # type: ignore[attr-defined]
        "income.benefits.universal-credit": 50000, "fixed.home.rent": 12000, "savings": 2000,
    }  # fmt: skip
    assert plan["debts"] == []


def test_it_begins_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(monkeypatch, *ANSWERS[:7])
    interrupted(monkeypatch, "n")
    assert "You began" not in interrupted(monkeypatch).out


def test_what_is_asked_otherwise_is_asked_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number of a list is never taken for the same number of another list."""
    interrupted(monkeypatch, *ANSWERS[:-5])
    (home / "s.csv").write_text(f"{HEAD}06/10/2026,Council,A,CARD,-90.00\n")
    here("wallet", "import", "s.csv")
    here("wallet", "rule", "council", "fixed.home.rent")
    done = typed(monkeypatch, "g", "", *ANSWERS[-5:], "y")
    assert done.status == 0, done
    lines = {line["code"] for line in stored()["lines"]}  # type: ignore[attr-defined]
    assert lines == {"income.benefits.universal-credit", "fixed.home.rent", "savings"}


def test_what_is_kept_is_in_the_vault_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {each.name for each in home.iterdir()}
    interrupted(monkeypatch, *ANSWERS[:7])
    assert {each.name for each in home.iterdir()} == before
    assert all(b"424.90" not in each.read_bytes() for each in home.iterdir() if each.is_file())
    monkeypatch.setattr("sys.stdin", Answers(""))
    assert here("wallet", "check").status == 0
