"""Mutates the contracts with the operators of slither-mutate, and shows which mutants the suites do not kill.

python -m assurance.mutation.mutate                every mutant; continues an interrupted run, --fresh starts over
python -m assurance.mutation.mutate --sample 12    a sample of those that compile and differ; --seed draws it
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
from assurance.mutation.results import Codes, MutantStatus, MutationRunner, Results, drawn
from assurance.mutation.suites import named
from assurance.mutation.survivors import read_explained, report, summary, table, unexplained
from assurance.mutation.variant import ROOT, fingerprint
from assurance.mutation.worker_pool import WorkerPool, remaining

WORK = ROOT / "build" / "mutation"
RESULTS = ROOT / "reports" / "mutation.jsonl"


def parsed() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m assurance.mutation.mutate", description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, help="the number of mutants to draw; without it all run")
    parser.add_argument("--seed", default="jamjar", help="what the sample is drawn with, such as a commit")
    parser.add_argument("--suites", default="differential,forge,brownie", help="in this order (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="mutants to run at once (default: %(default)s)")
    parser.add_argument("--fresh", action="store_true", help="discard the results of earlier runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the counts and the survivors to FILE")
    return parser.parse_args()


def main() -> int:
    """Run the suites on mutants; exit status 1 below the least score, or when survivors and reasons do not match."""
    options, explained = parsed(), read_explained()
    say = partial(print, flush=True)
    with WorkerPool(WORK, named(options.suites), options.jobs, say) as pool:
        made = generate(pool.compiler.sources)
        say(f"slither-mutate's operators make {len(made)} mutants.")
        pool.start()
        store = None if options.sample else Results(RESULTS, fresh=options.fresh)
        results = store.of(made) if store else []
        known = {result.mutant.key for result in results}
        todo = (
            drawn(pool.compiler, made, options.sample, options.seed)
            if options.sample
            else [m for m in made if m.key not in known]
        )
        runner, began = MutationRunner(pool.suites, fingerprint(pool.compiler.original), results), time.monotonic()
        for count, (_, result) in enumerate(pool.work(todo, runner.run), 1):
            results.append(result)
            if store:
                store.add(result)
            if options.sample or result.status is MutantStatus.SURVIVED or count % 20 == 0:
                status = f"{result.status.value} by {result.suite}" if result.suite else result.status.value
                say(f"[{count}/{len(todo)}, {remaining(began, count, len(todo))}] {status}: {result.mutant}")
        runner.close()
        codes = Codes(pool.compiler, made, results)
        without_reason, unused = unexplained(results, explained, codes.of, whole=not options.sample)
    for name, of in (("Operator", attrgetter("operator")), ("File", attrgetter("key.file"))):
        Console(highlight=False, width=120).print(table(name, results, of))
    if options.json:
        options.json.write_text(json.dumps(summary(results), indent=2) + "\n", encoding="utf-8")
    return report(results, without_reason, unused, whole=not options.sample, explained=explained)


if __name__ == "__main__":
    sys.exit(main())
