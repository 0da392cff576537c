"""Plants faults in the contracts, one at a time, and shows which kinds of suite catch them; two must.

python -m assurance.mutation.seed                   every fault, until two kinds have caught it
python -m assurance.mutation.seed NAME ...          these faults
python -m assurance.mutation.seed --sample 4        so many of them; --seed says which
python -m assurance.mutation.seed --every           let every judge see every fault
python -m assurance.mutation.seed --list            only show what there is
"""

import argparse
import json
import sys
import time
from functools import partial
from pathlib import Path

from rich.console import Console

from assurance.mutation.seeded_faults import Fault, choose, read_faults
from assurance.mutation.seeding import ENOUGH, caught, judged, rows, table
from assurance.mutation.suites import JUDGES, Outcome, Verdict, named
from assurance.mutation.variant import ROOT
from assurance.mutation.worker_pool import WorkerPool, remaining

WORK = ROOT / "build" / "planted"


def main() -> int:
    """Plant, and show; exit status 1 when a fault is caught by fewer than two kinds of suite."""
    parser = argparse.ArgumentParser(prog="python -m assurance.mutation.seed", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="plant these only")
    parser.add_argument("--sample", type=int, help="plant so many, drawn by the seed")
    parser.add_argument("--seed", default="jamjar", help="what the sample is drawn by, such as a commit")
    parser.add_argument("--every", action="store_true", help="let every judge see every fault")
    parser.add_argument("--judges", default=",".join(JUDGES), help="who judges, in this order (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="how many faults are judged at once (default: %(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found there, too")
    parser.add_argument("--list", action="store_true", help="only show the faults")
    options = parser.parse_args()
    faults = choose(read_faults(), options.names, options.sample, options.seed)
    if options.list:
        print(*(f"{fault.name}: {fault.gain} ({' '.join(fault.breaks)})" for fault in faults), sep="\n")
        return 0
    judges = named(options.judges)
    found: dict[Fault, list[Verdict]] = {}
    say = partial(print, flush=True)
    with WorkerPool(WORK, judges, options.jobs, say) as court:
        court.open()
        names, began = [judge.name for judge in judges], time.monotonic()
        for fault, verdicts in court.work(faults, lambda w, f: judged(w, f, names, options.every)):
            found[fault] = verdicts
            by = ", ".join(f"{v.judge} {v.outcome.value} in {v.seconds:.0f} s" for v in verdicts)
            say(f"[{len(found)}/{len(faults)}, {remaining(began, len(found), len(faults))}] {fault.name}: {by}")
    Console(highlight=False, width=120).print(table({fault: found[fault] for fault in faults}, names))
    if options.json:
        options.json.write_text(json.dumps(rows(found), indent=2) + "\n", encoding="utf-8")
    missed = [fault for fault, verdicts in found.items() if caught(verdicts) < ENOUGH]
    print(f"{len(faults) - len(missed)} of {len(faults)} faults are caught by two kinds of suite or more.")
    for fault in missed:
        kinds = [v.judge for v in found[fault] if v.outcome is Outcome.CAUGHT]
        print(f"{fault.name} is caught by {' and '.join(kinds) or 'none'}: {fault.gain}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
