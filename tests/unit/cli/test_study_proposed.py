"""jamjar study propose: what is typed, and one sentence for what is wrong with it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jamjar.cli.study_folder import StudyFolder
from jamjar.study.study import Study
from tests.unit.cli.home import Done, here
from tests.unit.study.scene import MONTH, STUDY, closed

USUAL = {
    "--title": "Shortfalls", "--figure": "balance", "--most": "163.83", "--month": MONTH, "--region": "North",
    "--recipient": 9, "--threshold": 10,
}  # fmt: skip
MEMBERS = ("--member", 4, "--member", 2, "--member", 7)


def propose(*more: object, members: tuple[object, ...] = MEMBERS, **changes: object) -> Done:
    given = USUAL | {f"--{name}": value for name, value in changes.items()}
    return here("study", "propose", "may", *(word for pair in given.items() for word in pair), *members, *more)


def test_what_is_proposed(home: Path) -> None:
    done = propose("--minus", epsilon="0.5", least="-50", most="113.83")
    study = Study.from_json((home / "may/study.json").read_text())
    assert (study.members, study.sign, study.least, study.bits, study.most) == ((4, 2, 7), -1, -5000, 14, 11383)
    assert study.epsilon_hundredths == 50
    assert study.words in done.out
    assert len(study.words) <= 300  # what a request quotes
    assert "is there already" in propose().refusal


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"most": "200"}, "one of 163.83, 327.67, 655.35, 1310.71"),
        ({"most": "0"}, "one penny less than a power of two"),
        ({"epsilon": "0.001"}, "at most two decimals"),
        ({"epsilon": "much"}, "at most two decimals"),
        ({"epsilon": "0"}, "epsilon in hundredths"),
        ({"threshold": 9}, "least number of reports of a study is not a whole number from 10"),
        ({"openers": 1}, "number of members that open a sum"),
        ({"figure": "covers.outgoings"}, "a line, a total or the balance"),
        ({"month": "2026-13"}, "YYYY-MM"),
        ({"region": "a\nb"}, "one line"),
        ({"members": MEMBERS[:4]}, "not 3 different ones"),
        ({"members": (*MEMBERS[:4], "--member", 4)}, "not 3 different ones"),
    ],
)
def test_what_is_not(home: Path, changes: dict[str, Any], why: str) -> None:
    assert why in propose(**changes).refusal
    assert not (home / "may").exists()


def test_a_result_of_another_study_is_not_this_ones(home: Path) -> None:
    """As one who hands over a folder with a study that everybody knows, and a result of one that nobody does."""
    shared, result = StudyFolder(home / "may"), closed().result()
    shared.propose(replace(STUDY, title="Another"))
    shared.put_result(result)
    assert "of another study than the folder's" in here("study", "verify", "may", "--offline", "--sums-only").refusal
    (home / "may/study.json").unlink()
    (home / "may/study.json").write_text(STUDY.to_json())
    assert here("study", "verify", "may", "--offline", "--sums-only").status == 0
