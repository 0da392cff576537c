"""Files as they come from the field, by the commands that people type: what is said, and what is held then."""

import shutil
from pathlib import Path

import pytest

from tests.unit.cli.bank_cases import CASES, Held, Step
from tests.unit.cli.home import here

FILES = Path(__file__).parents[1] / "bank" / "cases"


def held() -> Held:
    return [(each["day"], each["pence"]) for each in here("wallet", "transactions", "--json").json]


def test_every_case_is_there() -> None:
    assert {path.name for path in FILES.iterdir()} == CASES.keys()


@pytest.mark.parametrize("name", CASES)
def test_case(home: Path, name: str) -> None:
    steps, then = CASES[name]
    shutil.copytree(FILES / name, home, dirs_exist_ok=True)
    for words, says in steps:
        done = here("wallet", "import", *words.split())
        assert done.status == (1 if says.startswith("!") else 0), done
        assert says.removeprefix("!") in (done.err if says.startswith("!") else done.out)
    assert sorted(held()) == sorted(then)


@pytest.mark.parametrize("name", [name for name, (steps, _) in CASES.items() if not any("!" in s[1] for s in steps)])
def test_nothing_is_new_the_second_time(home: Path, name: str) -> None:
    steps, then = CASES[name]
    shutil.copytree(FILES / name, home, dirs_exist_ok=True)
    last: list[Step] = [*steps, steps[-1]]
    for words, _ in last:
        done = here("wallet", "import", *words.split(), "--json")
    assert sum(each["new"] for each in done.json["taken_in"]) == 0
    assert len(held()) == len(then)


def test_a_payment_of_nothing_and_a_payee_that_gave_back(home: Path) -> None:
    """A check of a card is no payee to ask about, and a hold that was given back is no spending."""
    here("wallet", "import", FILES / "monzo-card-check-zero" / "monzo.csv")
    assert here("wallet", "unassigned", "--json").json == []
    head = "Date,Counter Party,Reference,Type,Amount (GBP)\n"
    rows = "01/06/2026,Fuel,HOLD,CARD,-100.00\n03/06/2026,Fuel,HOLD,CARD,100.00\n03/06/2026,Fuel,PAID,CARD,-32.10\n"
    (home / "s.csv").write_text(head + rows)
    here("wallet", "import", "s.csv")
    here("wallet", "plan", "plan.json")
    shown = here("wallet", "jars", "--day", "2026-06-01", "--json").json
    assert (shown["unassigned_out"], shown["spent"]) == (3210, 3210)
