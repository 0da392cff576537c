"""Plans by the command: files of people, questions on a terminal, and what is only tried; nothing else is stored.

When there is no terminal            told to name a file, or to fill in a template
When an answer is no answer          asked again, with what is wrong; nothing is stored before the end
Given last month's plan, rows        suggested, and changed by nothing but an answer
When a file is TOML, or JSON         stored as typed, with the rule of each month's pence named
When an amount is tried              shown, and not stored
"""

from pathlib import Path

import pytest

from tests.unit.cli.home import Done, here
from tests.unit.cli.test_imports import Answers

PLAN = """from = 2026-11-05
[income.benefits]
universal-credit = "424.90"
child-benefit = "103 four-weekly"
[fixed.home]
rent = "120 48 weeks"
"""
HEAD = "Date,Counter Party,Reference,Type,Amount (GBP)\n"
SECTIONS = 17  # with savings


@pytest.fixture(autouse=True)
def bare(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAMJAR_DEPLOYMENT", "nothere.json")


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> Done:
    monkeypatch.setattr("sys.stdin", Answers("".join(f"{each}\n" for each in answers)))
    return here("wallet", "plan", "--day", "2026-11-20")


def stored(day: str = "2026-11-20") -> dict[str, object]:
    found: dict[str, object] = here("wallet", "plan", "--show", "--day", day, "--json").json["plan"]
    return found


def test_without_a_terminal_the_ways_that_exist_are_named(home: Path) -> None:
    assert "--template" in here("wallet", "plan").refusal


def test_a_template_is_written_filled_in_and_stored(home: Path) -> None:
    assert here("wallet", "plan", "--template").out.startswith("# A plan for one assessment period.")
    assert "Fill it in" in here("wallet", "plan", "nov.toml", "--template", "--day", "2026-11-20").out
    assert "exists already" in here("wallet", "plan", "nov.toml", "--template").refusal
    assert "no line" in here("wallet", "plan", "nov.toml").refusal
    text = (home / "nov.toml").read_text()
    (home / "nov.toml").write_text(text.replace('# rent = "0"', 'rent = "120 48 weeks"'))
    done = here("wallet", "plan", "nov.toml")
    assert "Planned for 2026-11-01 to 2026-11-30: £480.00." in done.out
    assert "Rent: £120.00 48 weeks a year x 48/12 = £480.00 a month." in done.out
    assert "Planned outgoings are £480.00 more than planned income." in done.out


def test_what_changed_against_the_plan_before(home: Path) -> None:
    (home / "nov.toml").write_text(PLAN)
    (home / "dec.toml").write_text(PLAN.replace("2026-11-05", "2026-12-05").replace("120 48 weeks", "520"))
    first = here("wallet", "plan", "nov.toml")
    assert "£56.48 of the income is not planned yet." in first.out
    assert "Changed" not in first.out
    done = here("wallet", "plan", "dec.toml")
    assert "Against the plan from 2026-11-05" in done.out
    assert " ".join(done.out.split()).count("│ Rent │ £480.00 │ £520.00 │ +£40.00 │") == 1
    assert "Nothing differs" in here("wallet", "plan", "dec.toml").out
    shown = here("wallet", "plan", "dec.toml", "--json").json
    assert (shown["income"], shown["outgoings"], shown["balance"]) == (53648, 52000, 1648)


def test_what_is_tried_is_not_stored(home: Path) -> None:
    (home / "nov.toml").write_text(PLAN)
    here("wallet", "plan", "nov.toml")
    before = stored()
    tried = here("wallet", "plan", "--try", "fixed.home.rent=520", "--day", "2026-11-20")
    assert "Nothing was stored." in tried.out
    assert "+£40.00" in tried.out
    assert stored() == before
    shown = here("wallet", "plan", "--try", "fixed.home.rent=0", "--day", "2026-11-20", "--json").json
    assert (shown["balance"], shown["changes"]) == (53648, [{"line": "Rent", "before": 48000, "after": 0}])
    for wrong, says in (
        ("rent=5", "did you mean"),
        ("fixed.home.rent", "write it as"),
        ("debts.priority=5", "No creditor is named"),
        ("debts.Gas=5", "There is no debt to Gas; add it"),
    ):
        assert says in here("wallet", "plan", "--try", wrong, "--day", "2026-11-20").refusal
    assert "both named" in here("wallet", "plan", "nov.toml", "--set", "savings=5").refusal
    assert here("wallet", "plan", "nov.toml", "--try", "savings=5", "--json").json["outgoings"] == 48500
    assert stored() == before


def test_a_first_plan_by_questions(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [
        "32", "5", "1066-10-14", "2026-11-05", "yesterday", "2026-12-04", "9", "1",  # the day, the period, the nation
        "", "1, 4, 77", "1 4", "quid", "424.90", "103 four-weekly", "", "",  # income
        "1", "500, direct", "120 48 weeks", *[""] * 11, "1", "20, carry over",  # outgoings
        "Town Council", "x", "p", "450", "10 weekly", "town council", "p", "1", "", "y",  # debts
    ]  # fmt: skip
    done = typed(monkeypatch, *answers)
    assert done.status == 0, done
    for says in (
        "a number from 1 to 31", "the years 2000 to 2199", "write it as 2026-11-05", "no number of the list",
        "such as 1 3", "is not an amount", "plan the whole award", "neither p nor n", "same creditor",
    ):  # fmt: skip
        assert says in done.out
    plan = stored()
    assert plan["period"] == {"claim_day": 5, "start": "2026-11-05", "end": "2026-12-04"}
    assert plan["lines"] == [
        {"code": "income.benefits.universal-credit", "pence": 42490},
        {"code": "income.benefits.child-benefit", "pence": 10300, "every": "four-weekly"},
        {"code": "fixed.home.rent", "pence": 12000, "every": "48 weeks a year"},
        {"code": "savings", "pence": 2000, "carry": True},
    ]
    assert plan["debts"] == [
        {"kind": "priority", "creditor": "Town Council", "owed": 45000, "offer": 1000, "every": "weekly"}
    ]


def test_the_next_plan_suggests_the_last_and_the_last_months(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "nov.toml").write_text(PLAN.replace("2026-11", "2026-10"))
    here("wallet", "plan", "nov.toml")
    (home / "s.csv").write_text(HEAD + "".join(f"{day},Grocer,A,CARD,-{n}0.00\n" for day, n in (
        ("04/09/2026", 0), ("10/09/2026", 4), ("10/10/2026", 5), ("01/11/2026", 1), ("06/11/2026", 9))))  # fmt: skip
    here("wallet", "import", "s.csv")
    here("wallet", "rule", "grocer", "flexible.food.groceries")
    done = typed(monkeypatch, *[""] * 24, "y")
    assert "Groceries: £60.00 paid in the last month, £50.00 a month on average of 2." in done.out
    assert "Nothing differs" not in done.out
    plan = stored()
    assert plan["period"] == {"claim_day": 5, "start": "2026-11-05", "end": "2026-12-04"}
    codes = {line["code"]: line["pence"] for line in plan["lines"]}  # type: ignore[attr-defined]
    assert codes == {
        "income.benefits.universal-credit": 42490, "income.benefits.child-benefit": 10300,
        "fixed.home.rent": 12000, "flexible.food.groceries": 5000,
    }  # fmt: skip


def test_what_is_not_agreed_to_is_not_stored(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "nov.toml").write_text(PLAN.replace("2026-11", "2026-10"))
    here("wallet", "plan", "nov.toml")
    done = typed(monkeypatch, *[""] * 23, "n")
    assert (done.status, "Nothing was stored" in done.err) == (1, True)
    assert "no plan for 2026-11-20" in here("wallet", "plan", "--show", "--day", "2026-11-20").refusal
