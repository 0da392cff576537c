"""Proves of the contracts what can be proven in minutes: runs the suites of docs/assurance.md, two at once.

python -m scripts.assure [--cores 2]

Each suite is a `make` target; what it prints is shown once it has ended. Exit status 1 when one fails, after all ran.
"""

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite: what `make` is told, and how many cores it keeps busy."""

    words: tuple[str, ...]
    cores: int = 1


@dataclass(frozen=True, slots=True)
class Ended:
    """How a suite ended: its exit status, after so many seconds, with what it printed."""

    suite: Suite
    status: int
    seconds: float
    printed: str


# The longest first, so that little is left alone at the end.
SUITES = (
    Suite(("forge",), cores=2),
    Suite(("prove-short",), cores=2),
    Suite(("mutate", "SAMPLE=12", "JUDGES=differential,forge", "JOBS=1")),
    Suite(("planted", "SAMPLE=4", "JUDGES=differential,forge,static,brownie", "JOBS=1")),
    Suite(("differential",)),
    Suite(("static",)),
    Suite(("griefing",)),
    Suite(("rebuild",)),
)


def run(suite: Suite) -> Ended:
    """Run one suite."""
    began = time.monotonic()
    command = ["make", "--no-print-directory", *suite.words]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603
    return Ended(suite, done.returncode, time.monotonic() - began, done.stdout)


def run_all(cores: int) -> list[Ended]:
    """Run them all, each as soon as there are cores for it, and show each as it ends."""
    waiting, ended = list(SUITES), list[Ended]()
    running: dict[Future[Ended], int] = {}
    with ThreadPoolExecutor(len(SUITES)) as pool:
        while waiting or running:
            free = cores - sum(running.values())
            fits = next((suite for suite in waiting if suite.cores <= free or not running), None)
            if fits:
                waiting.remove(fits)
                running[pool.submit(run, fits)] = fits.cores
                continue
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                del running[done]
                ended.append(done.result())
                print(f"== make {' '.join(ended[-1].suite.words)}\n{ended[-1].printed}", flush=True)
    return ended


def main() -> int:
    """Run the suites; print how each ended."""
    parser = argparse.ArgumentParser(prog="python -m scripts.assure", description=__doc__.splitlines()[0])
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1, help="how many to use (default: all)")
    began = time.monotonic()
    ended = run_all(parser.parse_args().cores)
    table = Table(title=f"All suites, {time.monotonic() - began:.0f} s in all", title_justify="left")
    for column in ("make", "seconds", "ended"):
        table.add_column(column, justify="right" if column == "seconds" else "left")
    for each in ended:
        table.add_row(" ".join(each.suite.words), f"{each.seconds:.0f}", "well" if each.status == 0 else "BADLY")
    Console(highlight=False, width=120).print(table)
    return int(any(each.status for each in ended))


if __name__ == "__main__":
    sys.exit(main())
