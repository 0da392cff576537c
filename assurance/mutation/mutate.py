"""Mutates the contracts in every way that slither-mutate knows, and shows which mutants the suites do not kill.

python -m assurance.mutation.mutate                every mutant; continues a stopped run, --fresh starts over
python -m assurance.mutation.mutate --sample 12    so many that compile and differ; --seed says which
"""

import argparse
import json
import sys
import time
from functools import partial
from operator import attrgetter
from pathlib import Path

from rich.console import Console

from assurance.mutation.mutants import generate
from assurance.mutation.results import Codes, Fate, MutationRunner, Results, drawn
from assurance.mutation.suites import named
from assurance.mutation.survivors import read_explained, summary, table, unexplained, verdict
from assurance.mutation.variant import ROOT, fingerprint
from assurance.mutation.worker_pool import WorkerPool, remaining

WORK = ROOT / "build" / "mutation"
RESULTS = ROOT / "reports" / "mutation.jsonl"


def parsed() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m assurance.mutation.mutate", description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, help="judge so many, drawn by the seed")
    parser.add_argument("--seed", default="jamjar", help="what the sample is drawn by, such as a commit")
    parser.add_argument("--judges", default="differential,forge,brownie", help="in order (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="how many are judged at once (default: %(default)s)")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs found")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts and the survivors there, too")
    return parser.parse_args()


def main() -> int:
    """Mutate, judge and show; exit status 1 below the least score, or when survivors and reasons do not match."""
    options, explained = parsed(), read_explained()
    say = partial(print, flush=True)
    with WorkerPool(WORK, named(options.judges), options.jobs, say) as court:
        made = generate(court.compiler.sources)
        say(f"slither-mutate's operators make {len(made)} mutants.")
        court.open()
        store = None if options.sample else Results(RESULTS, fresh=options.fresh)
        results = store.of(made) if store else []
        known = {result.mutant.key for result in results}
        todo = (
            drawn(court.compiler, made, options.sample, options.seed)
            if options.sample
            else [m for m in made if m.key not in known]
        )
        tribunal, began = MutationRunner(court.judges, fingerprint(court.compiler.original), results), time.monotonic()
        for count, (_, result) in enumerate(court.work(todo, tribunal.judged), 1):
            results.append(result)
            if store:
                store.add(result)
            if options.sample or result.fate is Fate.SURVIVED or count % 20 == 0:
                shown = f"{result.fate.value} {f'by {result.judge}' if result.judge else ''}: {result.mutant}"
                say(f"[{count}/{len(todo)}, {remaining(began, count, len(todo))}] {shown}")
        tribunal.close()
        codes = Codes(court.compiler, made, results)
        left, nobodys = unexplained(results, explained, codes.of, whole=not options.sample)
    for name, of in (("Operator", attrgetter("operator")), ("File", attrgetter("key.file"))):
        Console(highlight=False, width=120).print(table(name, results, of))
    if options.json:
        options.json.write_text(json.dumps(summary(results), indent=2) + "\n", encoding="utf-8")
    return verdict(results, left, nobodys, whole=not options.sample, explained=explained)


if __name__ == "__main__":
    sys.exit(main())
