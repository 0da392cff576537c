"""Five institutions' nodes and two relayers under a steady load and random faults; then the books must balance.

python -m benchmarks.network.soak [--minutes 30] [--rate 50] [--engine kaia] [--seed N] [--keep FOLDER]

Exit status: 0 only if accepted = recorded + rejected, none is there twice, and all nodes, the log and an audit agree.
"""

import argparse
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.network import log, services, tally
from benchmarks.network.faults import Faults
from benchmarks.network.load import Load, Sent
from benchmarks.network.nodes import LocalNodes, local_nodes
from benchmarks.network.soak_table import table
from benchmarks.network.watch import Watch
from jamjar.errors import JamjarError
from jamjar.ledger import deployment_file
from jamjar.sandbox.institutions import Institutions


def soak(at: Institutions, nodes: LocalNodes, options: argparse.Namespace) -> int:
    """Load and hurt the network, then compare; return the exit status."""
    engine = nodes.plan.engine
    relayers = [services.relayer(at, operator, engine) for operator in services.OPERATORS]
    witness, publisher = log.log_services(at, engine)
    all_services = [*relayers, witness, publisher]
    with ExitStack() as ending:
        for each in all_services:
            ending.callback(each.end)
            each.start()
        watch, load = Watch(nodes), Load(at.found(), [each.url for each in relayers])
        faults = Faults(nodes, all_services, options.seed, _say)
        faults.start()
        load.run(options.rate, options.minutes * 60)
        faults.over.set()
        faults.join()
        watch.close()
        _say("The load has ended; the relayers finish.")
        problems = [] if tally.settled(at) else ["A relayer has something left to do."]
        problems += [f"A fault was not repaired ({faults.error})."] if faults.error else []
        publisher.end()
        return _compared(at, nodes, (load.sent, faults, watch), problems)


def _compared(at: Institutions, nodes: LocalNodes, run: tuple[Sent, Faults, Watch], problems: list[str]) -> int:
    sent, faults, watch = run
    size = log.published(at)
    books = tally.read(at)
    print(table(sent, faults, watch, books, nodes.status()), flush=True)
    problems += tally.wrong(books, sent.accepted, size)
    problems += [f"Node {each} differs." for each in at.nodes if not log.agrees(at, each)]
    problems += nodes.status().problems
    problems += [] if audited(at) else ["The audit over all nodes is not sound."]
    for problem in problems:
        print(problem)
    print("FAIL" if problems else "PASS: accepted = recorded + rejected; none twice; all nodes, log and audit agree")
    return int(bool(problems))


def audited(at: Institutions) -> bool:
    """Return whether an audit over all nodes finds the record sound."""
    words = [word for url in at.nodes.values() for word in ("--node", url)]
    record = deployment_file.path_of(at.folder, at.found().chain_id)
    words += ["--deployment", str(record), "--state", f"sqlite:///{at.folder / 'audit.db'}"]
    return "Sound" in at.run("audit", *words, seconds=log.WHOLE_SECONDS)


def _say(sentence: str) -> None:
    print(f"{time.strftime('%H:%M:%S', time.gmtime())} {sentence}", file=sys.stderr, flush=True)


def main() -> int:
    """Run once; print a table."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.network.soak", description=__doc__, formatter_class=form
    )
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=50, help="messages a second")
    parser.add_argument("--engine", default="kaia")
    parser.add_argument("--seed", type=int, default=None, help="of the faults; a random one unless named")
    parser.add_argument("--keep", type=Path, default=None, help="a new folder for everything, which stays")
    options = parser.parse_args()
    if options.seed is None:
        options.seed = random.SystemRandom().randrange(10**6)
    print(f"Faults from seed {options.seed}: --seed {options.seed} makes the same again.", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary, "net")
        try:
            with local_nodes(folder, options.engine, 5, _say) as nodes:
                urls = {number: nodes.url(number) for number in nodes.numbers}
                return soak(Institutions(folder / "consortium", urls, services.TWO_OPERATORS), nodes, options)
        except JamjarError as error:
            print(f"The soak could not go on: {error}", file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())
