"""A suite catches a variant only when one of its tests fails."""

import os
import sys
from pathlib import Path

import pytest

from assurance.mutation.suites import SUITES, Outcome, Suite, named


def suite(program: str, failure: str = r"^FAILED \S+", **more: object) -> Suite:
    return Suite("s", (sys.executable, "-c", program), failure, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("program", "outcome", "evidence"),
    [
        ("print('FAILED does not count with exit status 0')", Outcome.MISSED, ""),
        ("print('1 failed'); print('FAILED a::b'); exit(1)", Outcome.CAUGHT, "FAILED a::b"),
        ("print('no module named x'); exit(1)", Outcome.ERROR, "no module named x"),
        ("print('FAILED'); exit(2)", Outcome.ERROR, "FAILED"),
        ("import os; os.kill(os.getpid(), 11)", Outcome.ERROR, ""),
        ("import time; time.sleep(60)", Outcome.TIMED_OUT, "no result within 1 s"),
    ],
)
def test_outcomes(tmp_path: Path, program: str, outcome: Outcome, evidence: str) -> None:
    result = suite(program).run(tmp_path, tmp_path, 1 if outcome is Outcome.TIMED_OUT else 30)
    assert (result.outcome, result.evidence) == (outcome, evidence)


def test_a_suite_that_times_out_leaves_no_process(tmp_path: Path) -> None:
    ended = tmp_path / "ended"
    grandchild = f"import time, pathlib; time.sleep(60); pathlib.Path({str(ended)!r}).touch()"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"
    assert suite(child).run(tmp_path, tmp_path, 1).outcome is Outcome.TIMED_OUT
    assert not ended.exists(), "a process that it started went on to its end"


def test_the_variant_is_in_the_environment_and_scratch_folders_are_emptied(tmp_path: Path) -> None:
    (tmp_path / "left").mkdir()
    program = "import os; print('FAILED', os.environ['JAMJAR_BUILD'], os.environ['AT'], os.listdir('.') != []); exit(1)"
    tested = suite(program, r"^FAILED .*", settings={"AT": "{folder}/x"}, scratch=("left",))
    result = tested.run(tmp_path / "variant", tmp_path, 30)
    assert result.evidence == f"FAILED {tmp_path / 'variant'} {tmp_path}/x True"
    assert not (tmp_path / "left").exists()
    assert "AT" not in os.environ


def test_caches_are_copied_once(tmp_path: Path) -> None:
    tested = suite("exit(0)", caches={"x": "interfaces", "y": "no such folder"})
    tested.run(tmp_path, tmp_path, 30)
    assert (tmp_path / "x" / "IAdviceLog.sol").exists()
    assert not (tmp_path / "y").exists()
    (tmp_path / "x" / "IAdviceLog.sol").unlink()
    tested.run(tmp_path, tmp_path, 30)
    assert not (tmp_path / "x" / "IAdviceLog.sol").exists(), "the suite's own changes are kept"


def test_suites_are_named() -> None:
    assert [suite.name for suite in named("forge,brownie")] == ["forge", "brownie"]
    with pytest.raises(SystemExit, match="There is no suite x; choose from differential, forge"):
        named("forge,x")


def test_brownie_needs_the_names_of_tests(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No test files are named"):
        SUITES["brownie"].run(tmp_path, tmp_path, 30)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("differential", "FAILED tests/differential/test_limits.py::test_x - AssertionError"),
        ("differential", "ERROR tests/differential/test_limits.py::test_x"),
        ("forge", "[FAIL: L2] invariant_L2() (runs: 1, calls: 1, reverts: 0)"),
        ("halmos", "Ended.check_withdrawn   L2 P3.2   12   3.4  counterexample"),
    ],
)
def test_the_line_of_a_failure(tmp_path: Path, name: str, line: str) -> None:
    tested = suite(f"print({line!r}); exit(1)", SUITES[name].failure)
    assert tested.run(tmp_path, tmp_path, 30).evidence == " ".join(line.split())
