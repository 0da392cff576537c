"""Runs suites on variants of the contracts: whether a test fails, which one, and after how long.

A *suite* takes the code that it tests from the folder that JAMJAR_BUILD names. It catches a variant when one of its
tests fails; a suite that cannot run or runs out of time has caught nothing. Each worker runs suites in a folder of its
own, so that several can work side by side.
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
_EXCLUSIVE = Lock()


class Outcome(Enum):
    """How a suite ended on a variant."""

    CAUGHT = "caught"
    MISSED = "missed"
    TIMED_OUT = "timed out"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """How a suite ended on a variant, after how many seconds, and the line of its output that shows it."""

    suite: str
    outcome: Outcome
    seconds: float
    evidence: str


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite: its name, its command, and the pattern of what it prints only when a test fails.

    settings   environment variables; {folder} in them is the worker's folder
    scratch    subfolders of the worker's folder that are emptied before each run
    caches     subfolders of the worker's folder that start as copies of the project's build, where it exists
    quick      whether the whole suite takes seconds
    exclusive  whether it cannot run twice at once, because it builds in a fixed place
    """

    name: str
    command: tuple[str, ...]
    failure: str
    settings: Mapping[str, str] = field(default_factory=dict)
    scratch: tuple[str, ...] = ()
    caches: Mapping[str, str] = field(default_factory=dict)
    quick: bool = False
    exclusive: bool = False

    def run(self, variant: Path, folder: Path, limit: float, focus: Sequence[str] = ()) -> SuiteResult:
        """Run the suite on a variant; `focus` is appended to its command line, such as the test files to run."""
        for name in self.scratch:
            shutil.rmtree(folder / name, ignore_errors=True)
        for name, origin in self.caches.items():
            if (ROOT / origin).is_dir() and not (folder / name).exists():
                shutil.copytree(ROOT / origin, folder / name)
        settings = {key: value.format(folder=folder) for key, value in self.settings.items()}
        environment = {**os.environ, "JAMJAR_BUILD": str(variant), **settings}
        with _EXCLUSIVE if self.exclusive else contextlib.nullcontext():
            return self._run([*self.command, *focus], ROOT, environment, limit)

    def _run(self, command: list[str], where: Path, environment: Mapping[str, str], limit: float) -> SuiteResult:
        began = time.monotonic()
        status, output = run_within(command, where, environment, limit)
        seconds = time.monotonic() - began
        failed = re.search(self.failure, output, re.MULTILINE)
        if status is None:
            return SuiteResult(self.name, Outcome.TIMED_OUT, seconds, f"no result within {limit:.0f} s")
        if status == 0:
            return SuiteResult(self.name, Outcome.MISSED, seconds, "")
        if failed:
            return SuiteResult(self.name, Outcome.CAUGHT, seconds, " ".join(failed.group().split())[:200])
        return SuiteResult(self.name, Outcome.ERROR, seconds, " ".join(output.split())[-300:])


class Brownie(Suite):
    """Brownie's tests in a copy of the project, on a node of their own, with the variant's code as the build."""

    __slots__ = ()

    def run(self, variant: Path, folder: Path, limit: float, focus: Sequence[str] = ()) -> SuiteResult:
        """Run the named test files; raises ValueError without any, because the whole suite takes minutes."""
        if not focus:
            raise ValueError("No test files are named; pass the files that Brownie is to run.")
        copy = ProjectCopy(folder / "project")
        copy.load(variant)
        environment = {key: value for key, value in os.environ.items() if key != "JAMJAR_BUILD"}
        return self._run([*self.command, *focus], copy.folder, environment, limit)


class Static(Suite):
    """The tables of who may do what, read from the variant's sources in a copy of the project."""

    __slots__ = ()

    def run(self, variant: Path, folder: Path, limit: float, focus: Sequence[str] = ()) -> SuiteResult:
        """Compare the tables with the reviewed ones."""
        copy = ProjectCopy(folder / "sources")
        copy.load_sources(variant)
        return self._run([*self.command, *focus], copy.folder, os.environ, limit)


SUITES: dict[str, Suite] = {
    suite.name: suite
    for suite in (
        Suite(
            "differential",
            (PROOFS, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests/differential"),
            FAILED_PYTEST,
            {"HYPOTHESIS_STORAGE_DIRECTORY": "{folder}/hypothesis", "JAMJAR_EXAMPLES": "20"},
            scratch=("hypothesis",),
            quick=True,
        ),
        Suite(
            "forge",
            (*WITH_CODE, "forge", "test", "--fail-fast", "--no-match-path", "tests/solidity/proofs/*"),
            r"^ *\[FAIL.*",
            {
                "FOUNDRY_PROFILE": "quick",
                "FOUNDRY_OUT": "{folder}/forge/out",
                "FOUNDRY_CACHE_PATH": "{folder}/forge/cache",
                # Forge retries first what failed in the last run, which here was the run of another variant.
                "FOUNDRY_TEST_FAILURES_FILE": "{folder}/failures/tests",
                "FOUNDRY_FUZZ_FAILURE_PERSIST_DIR": "{folder}/failures/fuzz",
                "FOUNDRY_INVARIANT_FAILURE_PERSIST_DIR": "{folder}/failures/invariant",
            },
            scratch=("failures",),
            caches={"forge/out": "build/forge", "forge/cache": "build/forge-cache"},
            quick=True,
        ),
        Static(
            "static", (PROOFS, "-m", "pytest", "-q", "-x", "tests/static/test_access.py"), FAILED_PYTEST, quick=True
        ),
        Suite(
            "halmos",
            (sys.executable, "-m", "assurance.proofs.prove", "--jobs", "1"),
            r"^.* counterexample$",
            exclusive=True,
        ),
        Brownie("brownie", (sys.executable, "-m", "pytest", "-q", "-x", "--network", "anvil"), FAILED_PYTEST),
    )
}
"""By name, the quickest first."""


def named(names: str) -> list[Suite]:
    """Return the suites in a comma-separated list of names; raises SystemExit for an unknown name."""
    unknown = [name for name in names.split(",") if name not in SUITES]
    if unknown:
        raise SystemExit(f"There is no suite {', '.join(unknown)}; choose from {', '.join(SUITES)}.")
    return [SUITES[name] for name in names.split(",")]


def run_within(command: list[str], where: Path, environment: Mapping[str, str], limit: float) -> tuple[int | None, str]:
    """Run a command and return its exit status and output; the status is None when the time limit ended it."""
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
            _kill(process.pid)
            output, _ = process.communicate()
            return None, output
        finally:
            _RUNNING.discard(process.pid)
        return process.returncode, output


_RUNNING: set[int] = set()
_STOPPED = Event()


def stop_all() -> None:
    """Kill every running suite with its process group, and let no other start."""
    _STOPPED.set()
    for pid in tuple(_RUNNING):
        _kill(pid)


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
