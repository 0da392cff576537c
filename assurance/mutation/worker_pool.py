"""Runs suites on many variants, with several workers at once.

A suite first runs on the original contracts and must pass, or its failures on variants would mean nothing. The time it
takes there sets its time limit on variants. Each worker has its own compiler and its own folder.
"""

import itertools
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TypeVar

from assurance.mutation.suites import Outcome, Suite, SuiteResult, stop_all
from assurance.mutation.variant import Artifacts, Compiler

Task = TypeVar("Task")
Done = TypeVar("Done")

SLOWER = 5.0
SHORTEST, LONGEST = 60.0, 900.0
"""A suite's time limit: this many times its time on the original, within these bounds, in seconds."""


class Worker:
    """A compiler, and a folder in which suites run on one variant after another."""

    def __init__(self, folder: Path, limit: Callable[["Worker", Suite, tuple[str, ...]], float]) -> None:
        self.folder = folder
        self.compiler = Compiler()
        self._limit = limit

    def run(
        self, suite: Suite, artifacts: Artifacts, changed: Mapping[str, str], focus: Sequence[str] = ()
    ) -> SuiteResult:
        """Run a suite on what was compiled; raises SystemExit when the suite does not pass the original."""
        limit = self._limit(self, suite, tuple(focus))
        return self._run(suite, artifacts, changed, focus, limit)

    def run_on_original(self, suite: Suite, focus: Sequence[str]) -> SuiteResult:
        """Run a suite on the original contracts."""
        return self._run(suite, self.compiler.original, {}, focus, LONGEST)

    def _run(
        self, suite: Suite, artifacts: Artifacts, changed: Mapping[str, str], focus: Sequence[str], limit: float
    ) -> SuiteResult:
        variant = self.folder / "variant"
        self.compiler.write(variant, artifacts, changed)
        return suite.run(variant, self.folder, limit, focus)


class WorkerPool:
    """Workers that run suites, in a folder that is emptied first; a context manager."""

    def __init__(self, folder: Path, suites: Sequence[Suite], jobs: int, say: Callable[[str], None]) -> None:
        if jobs < 1:
            raise SystemExit(f"{jobs} jobs are too few; --jobs must be 1 or more.")
        shutil.rmtree(folder, ignore_errors=True)
        self.suites = suites
        self._say = say
        self._folder = folder
        self._jobs = jobs
        self._workers: list[Worker] = []
        self._limits: dict[tuple[str, tuple[str, ...]], float] = {}
        self._locks: defaultdict[tuple[str, tuple[str, ...]], Lock] = defaultdict(Lock)

    def __enter__(self) -> "WorkerPool":
        self._add_worker()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._workers:
            worker.compiler.close()

    @property
    def compiler(self) -> Compiler:
        """The first worker's compiler."""
        return self._workers[0].compiler

    def start(self) -> None:
        """Run the quick suites on the original, and start the other workers."""
        for suite in self.suites:
            if suite.quick:
                self._limit(self._workers[0], suite, ())
        while len(self._workers) < self._jobs:
            # What the suites have compiled in the first worker's folder is copied with it.
            shutil.copytree(self._workers[0].folder, self._folder / f"worker-{len(self._workers) + 1}", symlinks=True)
            self._add_worker()

    def work(self, tasks: Iterable[Task], do: Callable[[Worker, Task], Done]) -> Iterator[tuple[Task, Done]]:
        """Give each task to a free worker, and yield the tasks with their results as they finish."""
        free = list(self._workers)
        todo = iter(tasks)
        busy: dict[Future[Done], tuple[Worker, Task]] = {}
        with ThreadPoolExecutor(len(free)) as pool:
            try:
                while True:
                    for task in itertools.islice(todo, len(free)):
                        worker = free.pop()
                        busy[pool.submit(do, worker, task)] = worker, task
                    if not busy:
                        return
                    for future in wait(busy, return_when=FIRST_COMPLETED).done:
                        worker, task = busy.pop(future)
                        free.append(worker)
                        yield task, future.result()
            except BaseException:
                stop_all()
                raise

    def _limit(self, worker: Worker, suite: Suite, focus: tuple[str, ...]) -> float:
        key = suite.name, focus
        with self._locks[key]:
            if key not in self._limits:
                result = worker.run_on_original(suite, focus)
                name = " ".join([suite.name, *focus])
                if result.outcome is not Outcome.MISSED:
                    raise SystemExit(
                        f"{name} does not pass on the contracts as they are ({result.outcome.value}): "
                        f"{result.evidence}\nMake it pass first; until then its results on variants mean nothing."
                    )
                self._say(f"{name} passes on the contracts as they are in {result.seconds:.1f} s")
                self._limits[key] = min(max(SHORTEST, SLOWER * result.seconds), LONGEST)
        return self._limits[key]

    def _add_worker(self) -> None:
        self._workers.append(Worker(self._folder / f"worker-{len(self._workers) + 1}", self._limit))


def remaining(began: float, done: int, of: int) -> str:
    """Return an estimate of the remaining time, from what was done since `began` (time.monotonic)."""
    seconds = (time.monotonic() - began) / max(done, 1) * (of - done)
    return f"{seconds / 60:.0f} min left" if seconds >= 90 else f"{seconds:.0f} s left"
