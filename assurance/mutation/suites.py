"""Lets suites judge variants of the contracts: does one of its tests fail, how soon, and which.

A *judge* is a suite that takes the code it judges from the folder that JAMJAR_BUILD names. It catches a variant when a
test of its fails; a suite that breaks down or runs out of time has caught nothing. Every worker judges at a desk, a
folder of its own, so that several can work side by side.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from threading import Event, Lock

from assurance.mutation.project_copy import ProjectCopy
from assurance.mutation.variant import ROOT

PROOFS = str(ROOT / ".venv-proofs" / "bin" / "python")
WITH_CODE = (sys.executable, "-m", "tools.creation_code")
FAILED_PYTEST = r"^(FAILED|ERROR) +\S+::.*"
_ALONE = Lock()


class Outcome(Enum):
    """What a judge says of a variant."""

    CAUGHT = "caught"
    MISSED = "missed"
    LATE = "out of time"
    BROKE = "broke down"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge said, after how long, and the line of its output that says why."""

    judge: str
    outcome: Outcome
    seconds: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite: its name, how it is run, and what its output shows only when a test fails.

    settings  environment variables; {desk} in them is the worker's folder
    scratch   folders below the desk that no run may leave to the next
    seeds     folders below the desk that begin as copies of the project's, where it has them: what was compiled before
    quick     whether it has seen everything in seconds
    alone     whether it cannot work at two desks at once, as it builds in a place of its own
    """

    name: str
    command: tuple[str, ...]
    failure: str
    settings: Mapping[str, str] = field(default_factory=dict)
    scratch: tuple[str, ...] = ()
    seeds: Mapping[str, str] = field(default_factory=dict)
    quick: bool = False
    alone: bool = False

    def judge(self, variant: Path, desk: Path, limit: float, focus: Sequence[str] = ()) -> Verdict:
        """Run the suite on a variant; `focus` is what its command line ends in, such as the test files to run."""
        for name in self.scratch:
            shutil.rmtree(desk / name, ignore_errors=True)
        for name, origin in self.seeds.items():
            if (ROOT / origin).is_dir() and not (desk / name).exists():
                shutil.copytree(ROOT / origin, desk / name)
        settings = {key: value.format(desk=desk) for key, value in self.settings.items()}
        environment = {**os.environ, "JAMJAR_BUILD": str(variant), **settings}
        with _ALONE if self.alone else contextlib.nullcontext():
            return self.run([*self.command, *focus], ROOT, environment, limit)

    def run(self, command: list[str], where: Path, environment: Mapping[str, str], limit: float) -> Verdict:
        """Run a command, and read what it says."""
        began = time.monotonic()
        status, output = run_within(command, where, environment, limit)
        seconds = time.monotonic() - began
        failed = re.search(self.failure, output, re.MULTILINE)
        if status is None:
            return Verdict(self.name, Outcome.LATE, seconds, f"no answer in {limit:.0f} s")
        if status == 0:
            return Verdict(self.name, Outcome.MISSED, seconds, "")
        if failed:
            return Verdict(self.name, Outcome.CAUGHT, seconds, " ".join(failed.group().split())[:200])
        return Verdict(self.name, Outcome.BROKE, seconds, " ".join(output.split())[-300:])


class Brownie(Suite):
    """Brownie's tests in a copy of the project, on a node of their own, which runs the variant's code as deployed."""

    __slots__ = ()

    def judge(self, variant: Path, desk: Path, limit: float, focus: Sequence[str] = ()) -> Verdict:
        """Run the named test files; raises ValueError without one, as the whole takes minutes."""
        if not focus:
            raise ValueError("Name the tests that Brownie is to run.")
        copy = ProjectCopy(desk / "project")
        copy.load(variant)
        environment = {key: value for key, value in os.environ.items() if key != "JAMJAR_BUILD"}
        return self.run([*self.command, *focus], copy.folder, environment, limit)


class Static(Suite):
    """Tables of who may do what, read from the variant's sources in a copy of the project."""

    __slots__ = ()

    def judge(self, variant: Path, desk: Path, limit: float, focus: Sequence[str] = ()) -> Verdict:
        """Compare the tables with those that were reviewed."""
        copy = ProjectCopy(desk / "sources")
        copy.load_sources(variant)
        return self.run([*self.command, *focus], copy.folder, os.environ, limit)


JUDGES: dict[str, Suite] = {
    judge.name: judge
    for judge in (
        Suite(
            "differential",
            (PROOFS, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests/differential"),
            FAILED_PYTEST,
            {"HYPOTHESIS_STORAGE_DIRECTORY": "{desk}/hypothesis", "JAMJAR_EXAMPLES": "20"},
            scratch=("hypothesis",),
            quick=True,
        ),
        Suite(
            "forge",
            (*WITH_CODE, "forge", "test", "--fail-fast", "--no-match-path", "tests/solidity/proofs/*"),
            r"^ *\[FAIL.*",
            {
                "FOUNDRY_PROFILE": "quick",
                "FOUNDRY_OUT": "{desk}/forge/out",
                "FOUNDRY_CACHE_PATH": "{desk}/forge/cache",
                # What failed once is tried first the next time: not here, where the next is another variant.
                "FOUNDRY_TEST_FAILURES_FILE": "{desk}/failures/tests",
                "FOUNDRY_FUZZ_FAILURE_PERSIST_DIR": "{desk}/failures/fuzz",
                "FOUNDRY_INVARIANT_FAILURE_PERSIST_DIR": "{desk}/failures/invariant",
            },
            scratch=("failures",),
            seeds={"forge/out": "build/forge", "forge/cache": "build/forge-cache"},
            quick=True,
        ),
        Static(
            "static", (PROOFS, "-m", "pytest", "-q", "-x", "tests/static/test_access.py"), FAILED_PYTEST, quick=True
        ),
        Suite(
            "halmos",
            (sys.executable, "-m", "assurance.proofs.prove", "--jobs", "1"),
            r"^.* counterexample$",
            alone=True,
        ),
        Brownie("brownie", (sys.executable, "-m", "pytest", "-q", "-x", "--network", "anvil"), FAILED_PYTEST),
    )
}
"""By name, which is their kind, the quickest first."""


def named(names: str) -> list[Suite]:
    """Return the judges named in a list with commas; raises SystemExit for another name."""
    unknown = [name for name in names.split(",") if name not in JUDGES]
    if unknown:
        raise SystemExit(f"There is no judge {', '.join(unknown)}: there are {', '.join(JUDGES)}.")
    return [JUDGES[name] for name in names.split(",")]


def run_within(command: list[str], where: Path, environment: Mapping[str, str], limit: float) -> tuple[int | None, str]:
    """Run a command, and return its exit status and all it printed; None when it was ended, with all it started."""
    if _STOPPED.is_set():
        raise KeyboardInterrupt
    with subprocess.Popen(  # noqa: S603 - the project's own suites
        command,
        cwd=where,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        _RUNNING.add(process.pid)
        try:
            output, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            _end(process.pid)
            output, _ = process.communicate()
            return None, output
        finally:
            _RUNNING.discard(process.pid)
        return process.returncode, output


_RUNNING: set[int] = set()
_STOPPED = Event()


def stop_all() -> None:
    """End every suite that is running, and what it started; none is started any more."""
    _STOPPED.set()
    for pid in tuple(_RUNNING):
        _end(pid)


def _end(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
