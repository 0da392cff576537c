"""Suites of tests, each a `make` target, run as many at once as there are cores."""

import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

ALONE = 1000
"""More cores than there are: what splits itself over all of them shares them with nothing."""


@dataclass(frozen=True, slots=True)
class MakeTarget:
    """A suite: what `make` is told, and how many cores it keeps busy; none for one that mostly waits."""

    words: tuple[str, ...]
    cores: int = 1


@dataclass(frozen=True, slots=True)
class Ended:
    """How a suite ended: its exit status, after so many seconds, with what it printed."""

    suite: MakeTarget
    status: int
    seconds: float
    printed: str


def run(suite: MakeTarget) -> Ended:
    """Run one suite."""
    print(f"== make {' '.join(suite.words)} begins", flush=True)
    began = time.monotonic()
    command = ["make", "--no-print-directory", *suite.words]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603
    return Ended(suite, done.returncode, time.monotonic() - began, done.stdout)


def run_all(suites: Sequence[MakeTarget], cores: int) -> list[Ended]:
    """Run them all, each as soon as there are cores for it, and show each as it ends."""
    waiting, ended = list(suites), list[Ended]()
    running: dict[Future[Ended], int] = {}
    with ThreadPoolExecutor(len(suites)) as pool:
        while waiting or running:
            free = cores - sum(running.values())
            fits = next((suite for suite in waiting if suite.cores <= free or not any(running.values())), None)
            if fits:
                waiting.remove(fits)
                running[pool.submit(run, fits)] = fits.cores
                continue
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                del running[done]
                ended.append(done.result())
                print(f"== make {' '.join(ended[-1].suite.words)}\n{ended[-1].printed}", flush=True)
    return ended
