"""Mutants that survive are counted, and each has a reason by name."""

import json
from pathlib import Path

import pytest

from assurance.mutation.mutants import Key, Mutant
from assurance.mutation.results import MutantResult, MutantStatus
from assurance.mutation.survivors import read_explained, report, score, summary, unexplained


def key(after: str, file: str = "contracts/A.sol") -> Key:
    return Key(file, "f", "a", after, 1)


def result(after: str, status: MutantStatus, code: str = "", file: str = "contracts/A.sol") -> MutantResult:
    return MutantResult(Mutant(key(after, file), "ROR", 1, 0, 1, after), status, code or after)


KILLED, SURVIVED = result("k", MutantStatus.KILLED), result("s", MutantStatus.SURVIVED)


def test_only_killed_and_survived_count() -> None:
    uncounted = (MutantStatus.NOT_COMPILED, MutantStatus.EQUIVALENT, MutantStatus.DUPLICATE)
    others = [result(status.value, status) for status in uncounted]
    assert score([KILLED, KILLED, KILLED, SURVIVED, *others]) == 0.75
    assert score(others) == 1
    assert summary([KILLED, SURVIVED])["survivors"][0]["after"] == "s"


def test_what_is_explained_as_equivalent_does_not_count() -> None:
    other = result("o", MutantStatus.SURVIVED)
    reasons = {SURVIVED.mutant.key: "Equivalent: so.", other.mutant.key: "Nobody knows."}
    assert score([KILLED, SURVIVED, other], reasons) == 0.5
    assert report([KILLED] * 3 + [SURVIVED] * 2, [], [], whole=True, explained=reasons) == 0
    assert report([KILLED] * 3 + [other] * 2, [], [], whole=True, explained=reasons) == 1


@pytest.mark.parametrize("whole", [True, False])
def test_a_survivor_without_a_reason_is_returned(whole: bool) -> None:
    assert unexplained([KILLED, SURVIVED], {}, str, whole=whole) == ([SURVIVED], [])


@pytest.mark.parametrize("whole", [True, False])
def test_a_survivor_with_a_reason_is_not_returned(whole: bool) -> None:
    reasons = {SURVIVED.mutant.key: "because"}
    assert unexplained([KILLED, SURVIVED], reasons, lambda key: key.after, whole=whole) == ([], [])


def test_a_reason_holds_for_every_mutant_with_the_same_code() -> None:
    twin = result("t", MutantStatus.SURVIVED, code="s")
    reasons = {SURVIVED.mutant.key: "because"}
    assert unexplained([twin], reasons, lambda key: key.after, whole=False) == ([], [])


def test_a_reason_for_a_killed_mutant_is_unused() -> None:
    reasons = {KILLED.mutant.key: "because", key("gone"): "because"}
    codes = {KILLED.mutant.key: "k", key("gone"): ""}
    assert unexplained([KILLED], reasons, codes.__getitem__, whole=True) == ([], list(reasons))
    assert unexplained([KILLED], reasons, codes.__getitem__, whole=False) == ([], []), "a sample cannot know"


@pytest.mark.parametrize(
    ("killed", "without_reason", "unused", "whole", "status"),
    [
        (19, [], [], True, 0),
        (18, [], [], True, 1),
        (18, [], [], False, 0),
        (19, [SURVIVED], [], True, 1),
        (19, [SURVIVED], [], False, 1),
        (19, [], [key("gone")], True, 1),
    ],
)
def test_the_exit_status(
    killed: int, without_reason: list[MutantResult], unused: list[Key], whole: bool, status: int
) -> None:
    assert report([KILLED] * killed + [SURVIVED], without_reason, unused, whole=whole) == status


def test_an_incomplete_entry_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "survivors.json"
    good = {"file": "contracts/A.sol", "function": "f", "before": "a", "after": "b", "occurrence": 1, "reason": "R."}
    file.write_text(json.dumps([good]))
    assert read_explained(file) == {Key("contracts/A.sol", "f", "a", "b", 1): "R."}
    for bad in ({**good, "reason": ""}, {k: v for k, v in good.items() if k != "after"}, {**good, "line": 7}):
        file.write_text(json.dumps([bad]))
        with pytest.raises(SystemExit, match="has an incomplete entry"):
            read_explained(file)


def test_every_survivor_that_is_named_has_a_reason() -> None:
    assert all(reason.endswith(".") for reason in read_explained().values())
