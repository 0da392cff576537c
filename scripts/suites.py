"""Runs a group of suites, as many at once as there are cores, and says how each ended.

python -m scripts.suites test|more|other|assure [--cores 2]

Each suite is a `make` target; what it prints is shown once it has ended. Exit status 1 when one fails, after all ran.
"""

import argparse
import os
import sys
import time

from rich.console import Console
from rich.table import Table

from scripts.suite import ALONE, MakeTarget, run_all

# The longest first, so that little is left alone at the end; what splits itself over the cores has them all.
GROUPS = {
    "test": (
        MakeTarget(("test-unit",), cores=ALONE),
        MakeTarget(("test-contracts",), cores=ALONE),
        MakeTarget(("test-stateful",)),
        MakeTarget(("test-readme",)),
    ),
    "more": (
        MakeTarget(("test-network", "SMALL=1"), cores=0),  # it waits far more than it works
        MakeTarget(("test-faults",)),
        MakeTarget(("test-journeys",)),
        MakeTarget(("test-nodes",)),
        MakeTarget(("test-integration",)),
        MakeTarget(("test-sandbox",)),
        MakeTarget(("test-modules",)),
        MakeTarget(("test-browser",)),
        MakeTarget(("test-figures",)),
        MakeTarget(("test-api",)),
    ),
    "other": (MakeTarget(("test-anvil",), cores=ALONE), MakeTarget(("coverage",), cores=ALONE)),
    "assure": (
        MakeTarget(("forge",), cores=2),
        MakeTarget(("prove-short",), cores=2),
        MakeTarget(("mutate", "SAMPLE=12", "SUITES=differential,forge", "JOBS=1")),
        MakeTarget(("planted", "SAMPLE=4", "SUITES=differential,forge,static,brownie", "JOBS=1")),
        MakeTarget(("differential",)),
        MakeTarget(("verifier",)),
        MakeTarget(("static",)),
        MakeTarget(("griefing",)),
        MakeTarget(("rebuild",)),
    ),
}


def main() -> int:
    """Run the suites; print how each ended."""
    parser = argparse.ArgumentParser(prog="python -m scripts.suites", description=__doc__.splitlines()[0])
    parser.add_argument("group", choices=GROUPS)
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1, help="how many to use (default: all)")
    asked = parser.parse_args()
    began = time.monotonic()
    ended = run_all(GROUPS[asked.group], asked.cores)
    table = Table(title=f"All suites, {time.monotonic() - began:.0f} s in all", title_justify="left")
    for column in ("make", "seconds", "ended"):
        table.add_column(column, justify="right" if column == "seconds" else "left")
    for each in ended:
        table.add_row(" ".join(each.suite.words), f"{each.seconds:.0f}", "well" if each.status == 0 else "BADLY")
    Console(highlight=False, width=120).print(table)
    return int(any(each.status for each in ended))


if __name__ == "__main__":
    sys.exit(main())
