"""A judge catches only what one of its tests fails on."""

import os
import sys
from pathlib import Path

import pytest

from assurance.mutation.suites import JUDGES, Outcome, Suite, named


def judge(program: str, failure: str = r"^FAILED \S+", **more: object) -> Suite:
    return Suite("j", (sys.executable, "-c", program), failure, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("program", "outcome", "evidence"),
    [
        ("print('FAILED is not said by exit status 0')", Outcome.MISSED, ""),
        ("print('1 failed'); print('FAILED a::b'); exit(1)", Outcome.CAUGHT, "FAILED a::b"),
        ("print('no module named x'); exit(1)", Outcome.BROKE, "no module named x"),
        ("print('FAILED'); exit(2)", Outcome.BROKE, "FAILED"),
        ("import os; os.kill(os.getpid(), 11)", Outcome.BROKE, ""),
        ("import time; time.sleep(60)", Outcome.LATE, "no answer in 1 s"),
    ],
)
def test_what_is_caught(tmp_path: Path, program: str, outcome: Outcome, evidence: str) -> None:
    verdict = judge(program).judge(tmp_path, tmp_path, 1 if outcome is Outcome.LATE else 30)
    assert (verdict.outcome, verdict.evidence) == (outcome, evidence)


def test_what_is_late_leaves_nothing_running(tmp_path: Path) -> None:
    ended = tmp_path / "ended"
    grandchild = f"import time, pathlib; time.sleep(60); pathlib.Path({str(ended)!r}).touch()"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"
    assert judge(child).judge(tmp_path, tmp_path, 1).outcome is Outcome.LATE
    assert not ended.exists(), "what it started went on to its end"


def test_the_variant_is_in_the_environment_and_scratch_is_gone(tmp_path: Path) -> None:
    (tmp_path / "left").mkdir()
    program = "import os; print('FAILED', os.environ['JAMJAR_BUILD'], os.environ['AT'], os.listdir('.') != []); exit(1)"
    told = judge(program, r"^FAILED .*", settings={"AT": "{desk}/x"}, scratch=("left",))
    verdict = told.judge(tmp_path / "variant", tmp_path, 30)
    assert verdict.evidence == f"FAILED {tmp_path / 'variant'} {tmp_path}/x True"
    assert not (tmp_path / "left").exists()
    assert "AT" not in os.environ


def test_what_was_compiled_before_is_used_once(tmp_path: Path) -> None:
    told = judge("exit(0)", seeds={"x": "interfaces", "y": "no such folder"})
    told.judge(tmp_path, tmp_path, 30)
    assert (tmp_path / "x" / "IAdviceLog.sol").exists()
    assert not (tmp_path / "y").exists()
    (tmp_path / "x" / "IAdviceLog.sol").unlink()
    told.judge(tmp_path, tmp_path, 30)
    assert not (tmp_path / "x" / "IAdviceLog.sol").exists(), "what a judge has made since is kept"


def test_judges_are_named() -> None:
    assert [judge.name for judge in named("forge,brownie")] == ["forge", "brownie"]
    with pytest.raises(SystemExit, match="There is no judge x: there are differential, forge"):
        named("forge,x")


def test_brownie_is_told_which_tests(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Name the tests"):
        JUDGES["brownie"].judge(tmp_path, tmp_path, 30)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("differential", "FAILED tests/differential/test_limits.py::test_x - AssertionError"),
        ("differential", "ERROR tests/differential/test_limits.py::test_x"),
        ("forge", "[FAIL: L2] invariant_L2() (runs: 1, calls: 1, reverts: 0)"),
        ("halmos", "Ended.check_withdrawn   L2 P3.2   12   3.4  counterexample"),
    ],
)
def test_what_a_failure_looks_like(tmp_path: Path, name: str, line: str) -> None:
    assert judge(f"print({line!r}); exit(1)", JUDGES[name].failure).judge(tmp_path, tmp_path, 30).evidence == " ".join(
        line.split()
    )
