"""Measure how many events a second an audit folds, and how many it reads from a local node, decodes and checks.

Beside the one stands how many are decoded, beside the other how many are read as JSON, and no more, in the same run.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from jamjar.audit.auditor import Auditor, rules_of
from jamjar.audit.history import LedgerHistory
from jamjar.audit.node import BLOCKS_AT_ONCE
from jamjar.audit.store import AuditStore
from jamjar.model.state import LedgerState
from jamjar.protocol import event_decoding
from jamjar.protocol.events import Origin
from jamjar.sandbox.local_chain import BATCH, LocalChain, local_chain, record
from tools.creation_code import read_build

FOLDED, CHECKED = 0.12, 0.1
"""The share that must be reached: folded, of decoded, by one core; checked, of read as JSON, by the clock."""


def checked(chain: LocalChain, file: Path) -> tuple[int, float, float]:
    """Return how many events an audit read, decoded, checked and stored: in all, a second of CPU time, and a second."""
    store = AuditStore(f"sqlite:///{file}.db", chain.deployment)
    auditor = Auditor(chain.deployment, [chain.node], store, read_build(), samples=3)
    core, began = time.process_time(), time.perf_counter()
    report = auditor.run()
    core, seconds = time.process_time() - core, time.perf_counter() - began
    assert report.sound, report.findings
    return report.figures.events, report.figures.events / core, report.figures.events / seconds


def read_per_second(chain: LocalChain, events: int) -> float:
    """Return how many events a second are read from the node in the blocks and receipts that hold them, as JSON."""
    numbers = list(map(hex, range(chain.deployment.block, chain.node.height() + 1)))
    began = time.perf_counter()
    for start in range(0, len(numbers), BLOCKS_AT_ONCE):
        some = numbers[start : start + BLOCKS_AT_ONCE]
        chain.node.ask([("eth_getBlockByNumber", (number, True)) for number in some])
        chain.node.ask([("eth_getBlockReceipts", (number,)) for number in some])
    return events / (time.perf_counter() - began)


def folded_per_second(chain: LocalChain) -> tuple[float, float]:
    """Return how many events a second of one core are decoded, and how many are asked of the rules and folded then."""
    names, last = {at.address for at in chain.deployment.contracts().values()}, chain.node.height()
    logs = [
        (Origin(block.number, sent.hash, log.index, log.address), log, block.time)
        for group in chain.node.blocks(chain.deployment.block, last)
        for block in group
        for sent in block.transactions
        for log in sent.logs
        if log.address in names
    ]
    began = time.process_time()
    events = [(event_decoding.decode(origin, log.topics, log.data), at) for origin, log, at in logs]
    decoded = len(logs) / (time.process_time() - began)
    history = LedgerHistory(chain.deployment, LedgerState(rules_of(chain.deployment)))
    began = time.process_time()
    for event, at in events:
        history.add(event, at)
    return decoded, len(events) / (time.process_time() - began)


def main() -> int:
    """Print the figures; return 0 when the bounds are reached, 1 when they are not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batches", type=int, default=20, help=f"batches of {BATCH} of each kind (default: 20)")
    parser.add_argument("--singles", type=int, default=2000, help="events recorded one by one (default: 2000)")
    parser.add_argument("--tries", type=int, default=5, help="the best of how many tries counts (default: 5)")
    options = parser.parse_args()
    with local_chain() as chain, tempfile.TemporaryDirectory() as folder:
        record(chain, options.batches, options.singles)
        tries = [checked(chain, Path(folder, str(n))) for n in range(options.tries)]
        (count, *_), core, whole = tries[0], max(each[1] for each in tries), max(each[2] for each in tries)
        read = max(read_per_second(chain, count) for _ in range(options.tries))
        decoded, folded = map(max, zip(*(folded_per_second(chain) for _ in range(options.tries)), strict=True))
    passed = folded >= FOLDED * decoded and whole >= CHECKED * read
    print(f"events of the sample, in batches and one by one  {count:>8,}")
    print(f"decoded, one core                                {decoded:>8,.0f} /s")
    print(f"folded, each asked of the rules, one core        {folded:>8,.0f} /s, {folded / decoded:.0%}")
    print(f"read from a local node as JSON, by the clock     {read:>8,.0f} /s")
    print(f"read, decoded, checked and kept, by the clock    {whole:>8,.0f} /s  {whole / read:.0%}")
    print(f"the same by the time of the audit's own core     {core:>8,.0f} /s")
    print(f"{'PASS' if passed else 'FAIL'}: the bounds are {FOLDED:.0%} and {CHECKED:.0%} of what is above each")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
