"""Seeds faults in the contracts, one at a time, and shows which suites catch each; two must.

python -m assurance.mutation.seed                   every fault, until two suites have caught it
python -m assurance.mutation.seed NAME ...          these faults
python -m assurance.mutation.seed --sample 4        a sample; --seed draws it
python -m assurance.mutation.seed --every           run every suite on every fault
python -m assurance.mutation.seed --list            only list the faults
"""

import argparse
import json
import sys
import time
from functools import partial
from pathlib import Path

from rich.console import Console

from assurance.mutation.seeded_faults import Fault, choose, read_faults
from assurance.mutation.seeding import ENOUGH, caught, rows, run_suites, table
from assurance.mutation.suites import SUITES, Outcome, SuiteResult, named
from assurance.mutation.variant import ROOT
from assurance.mutation.worker_pool import WorkerPool, remaining

WORK = ROOT / "build" / "seeded"


def main() -> int:
    """Seed faults and run suites; exit status 1 when a fault is caught by fewer than two suites."""
    parser = argparse.ArgumentParser(prog="python -m assurance.mutation.seed", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="seed only these faults")
    parser.add_argument("--sample", type=int, help="the number of faults to draw; without it all are seeded")
    parser.add_argument("--seed", default="jamjar", help="what the sample is drawn with, such as a commit")
    parser.add_argument("--every", action="store_true", help="run every suite on every fault")
    parser.add_argument("--suites", default=",".join(SUITES), help="in this order (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="faults to run at once (default: %(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the results to FILE")
    parser.add_argument("--list", action="store_true", help="only list the faults")
    options = parser.parse_args()
    faults = choose(read_faults(), options.names, options.sample, options.seed)
    if options.list:
        print(*(f"{fault.name}: {fault.gain} ({' '.join(fault.breaks)})" for fault in faults), sep="\n")
        return 0
    suites = named(options.suites)
    found: dict[Fault, list[SuiteResult]] = {}
    say = partial(print, flush=True)
    with WorkerPool(WORK, suites, options.jobs, say) as pool:
        pool.start()
        names, began = [suite.name for suite in suites], time.monotonic()
        for fault, results in pool.work(faults, lambda w, f: run_suites(w, f, names, options.every)):
            found[fault] = results
            by = ", ".join(f"{r.suite} {r.outcome.value} in {r.seconds:.0f} s" for r in results)
            say(f"[{len(found)}/{len(faults)}, {remaining(began, len(found), len(faults))}] {fault.name}: {by}")
    Console(highlight=False, width=120).print(table({fault: found[fault] for fault in faults}, names))
    if options.json:
        options.json.write_text(json.dumps(rows(found), indent=2) + "\n", encoding="utf-8")
    missed = [fault for fault, results in found.items() if caught(results) < ENOUGH]
    print(f"{len(faults) - len(missed)} of {len(faults)} faults are caught by two suites or more.")
    for fault in missed:
        by = " and ".join(r.suite for r in found[fault] if r.outcome is Outcome.CAUGHT) or "no suite"
        print(f"{fault.name} is caught by {by}: {fault.gain}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
