"""Brings many variants before the judges, by as many workers as asked for.

No judge is heard about variants before it has passed the original: what it says would mean nothing. How long it took
then is also what it is given: some times as long. Every worker has a compiler and a desk of its own.
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

from assurance.mutation.suites import Outcome, Suite, Verdict, stop_all
from assurance.mutation.variant import Artifacts, Compiler

Task = TypeVar("Task")
Done = TypeVar("Done")

SLOWER = 5.0
SHORTEST, LONGEST = 60.0, 900.0
"""A judge may take so many times as long as over the original, and between so many and so many seconds."""


class Worker:
    """A compiler, and a desk at which variants are judged one after another."""

    def __init__(self, desk: Path, limit: Callable[["Worker", Suite, tuple[str, ...]], float]) -> None:
        self.desk = desk
        self.compiler = Compiler()
        self._limit = limit

    def judge(
        self, judge: Suite, artifacts: Artifacts, changed: Mapping[str, str], focus: Sequence[str] = ()
    ) -> Verdict:
        """Let one judge say what it finds in what was compiled; raises SystemExit when it faults the original."""
        limit = self._limit(self, judge, tuple(focus))
        return self._judged(judge, artifacts, changed, focus, limit)

    def original(self, judge: Suite, focus: Sequence[str]) -> Verdict:
        """Let one judge say what it finds in the original."""
        return self._judged(judge, self.compiler.original, {}, focus, LONGEST)

    def _judged(
        self, judge: Suite, artifacts: Artifacts, changed: Mapping[str, str], focus: Sequence[str], limit: float
    ) -> Verdict:
        variant = self.desk / "variant"
        self.compiler.write(variant, artifacts, changed)
        return judge.judge(variant, self.desk, limit, focus)


class WorkerPool:
    """The judges and the workers, in a folder of their own, which is made anew; use it as a context."""

    def __init__(self, folder: Path, judges: Sequence[Suite], jobs: int, say: Callable[[str], None]) -> None:
        if jobs < 1:
            raise SystemExit("There must be one job at least.")
        shutil.rmtree(folder, ignore_errors=True)
        self.judges = judges
        self._say = say
        self._folder = folder
        self._jobs = jobs
        self._workers: list[Worker] = []
        self._limits: dict[tuple[str, tuple[str, ...]], float] = {}
        self._locks: defaultdict[tuple[str, tuple[str, ...]], Lock] = defaultdict(Lock)

    def __enter__(self) -> "WorkerPool":
        self._hire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._workers:
            worker.compiler.close()

    @property
    def compiler(self) -> Compiler:
        """The first worker's compiler."""
        return self._workers[0].compiler

    def open(self) -> None:
        """Let the quick judges see the original, and hire the other workers."""
        for judge in self.judges:
            if judge.quick:
                self._limit(self._workers[0], judge, ())
        while len(self._workers) < self._jobs:
            # What the judges have compiled for themselves goes with the desk.
            shutil.copytree(self._workers[0].desk, self._folder / f"desk-{len(self._workers) + 1}", symlinks=True)
            self._hire()

    def work(self, tasks: Iterable[Task], do: Callable[[Worker, Task], Done]) -> Iterator[tuple[Task, Done]]:
        """Do each task with a free worker, and yield what came of it, as soon as it is done."""
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

    def _limit(self, worker: Worker, judge: Suite, focus: tuple[str, ...]) -> float:
        what = judge.name, focus
        with self._locks[what]:
            if what not in self._limits:
                verdict = worker.original(judge, focus)
                name = " ".join([judge.name, *focus])
                if verdict.outcome is not Outcome.MISSED:
                    raise SystemExit(
                        f"{name} finds fault with the contracts as they are ({verdict.outcome.value}): "
                        f"{verdict.evidence}\nMake it pass first; what it says of variants would mean nothing."
                    )
                self._say(f"{name} passes the contracts as they are in {verdict.seconds:.1f} s")
                self._limits[what] = min(max(SHORTEST, SLOWER * verdict.seconds), LONGEST)
        return self._limits[what]

    def _hire(self) -> None:
        self._workers.append(Worker(self._folder / f"desk-{len(self._workers) + 1}", self._limit))


def remaining(began: float, done: int, of: int) -> str:
    """Return about how long the rest will take, judging by what was done since `began` (time.monotonic)."""
    seconds = (time.monotonic() - began) / max(done, 1) * (of - done)
    return f"{seconds / 60:.0f} min left" if seconds >= 90 else f"{seconds:.0f} s left"
