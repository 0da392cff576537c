"""Which Pythons the unit tests are run on.

When there are several          the oldest and the newest, but for the one that is at work
When there is no other          none, and one sentence says so
When one is too old, not released, not CPython, or cannot make environments    it is passed over
"""

import sys
from pathlib import Path

import pytest

from scripts import interpreters
from scripts.interpreters import LEAST, candidates, chosen, name, supported
from tests.meta.project import PROJECT

OWN, OTHERS = (3, 11), {(3, minor): Path(f"python3.{minor}") for minor in (10, 11, 12, 13)}


def test_the_least_is_the_project_s() -> None:
    assert PROJECT["requires-python"] == f">={name(LEAST)}"


@pytest.mark.parametrize(
    ("minors", "own", "expected", "sentence"),
    [
        ((10, 11, 12, 13), 11, [10, 13], "The unit tests run on Python 3.10 and 3.13."),
        ((10, 11, 12), 10, [12], "The unit tests run on Python 3.12; make test-unit runs them on 3.10."),
        ((10, 11), 11, [10], "The unit tests run on Python 3.10; make test-unit runs them on 3.11."),
        ((11,), 11, [], "No other Python is at hand; make test-unit runs the unit tests on 3.11."),
        ((), 11, [], "No other Python is at hand; make test-unit runs the unit tests on 3.11."),
    ],
)
def test_the_oldest_and_the_newest(minors: tuple[int, ...], own: int, expected: list[int], sentence: str) -> None:
    ends, said = chosen({(3, minor): OTHERS[3, minor] for minor in minors}, (3, own))
    assert (list(ends), said) == ([(3, minor) for minor in expected], sentence)


def interpreter(folder: Path, file: str, printed: str, status: int = 0) -> Path:
    made = folder / file
    made.write_text(f"#!/bin/sh\necho '{printed}'\nexit {status}\n", encoding="ascii")
    made.chmod(0o755)
    return made


def test_what_cannot_be_used_is_passed_over(tmp_path: Path) -> None:
    interpreter(tmp_path, "python3.9", "cpython final 3 9")
    interpreter(tmp_path, "python3.14", "cpython beta 3 14")
    interpreter(tmp_path, "python3.13", "pypy final 3 13")
    interpreter(tmp_path, "python3.12", "No module named ensurepip", 1)
    interpreter(tmp_path, "python3.10-config", "cpython final 3 10")
    good = interpreter(tmp_path, "python3.11", "cpython final 3 11")
    (tmp_path / "python3.10").write_text("not a program", encoding="ascii")
    found = candidates(f"{tmp_path}:{tmp_path / 'missing'}", tmp_path)
    assert {path.name for path in found} == {f"python3.{minor}" for minor in range(9, 15)}
    assert supported(found) == {(3, 11): good}


def test_this_one_is_understood() -> None:
    assert interpreters.version_of(Path(sys.executable)) == sys.version_info[:2]
