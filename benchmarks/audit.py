"""Measure how many events a second an audit folds, and how many it reads from a local node, decodes and checks."""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jamjar.audit import built_code
from jamjar.audit.auditor import Auditor, rules_of
from jamjar.audit.history import LedgerHistory, beginning
from jamjar.audit.store import AuditStore
from jamjar.protocol import event_decoding
from jamjar.protocol.event import Event, Origin
from sandbox.local_chain import BATCH, LocalChain, checkout, local_chain, record

FOLDED, CHECKED = 20_000, 3_000
"""Events a second that must be reached: folded by one core, and checked by the clock, which also waits for the node."""


def checked(chain: LocalChain, file: Path) -> tuple[int, float, float]:
    """Return how many events an audit read, decoded, checked and kept; how many a second of its core, and of time."""
    store = AuditStore(f"sqlite:///{file}.db", chain.deployment)
    auditor = Auditor(chain.deployment, [chain.node], store, built_code.read(*checkout()), samples=3)
    core, began = time.process_time(), time.perf_counter()
    report = auditor.run()
    core, seconds = time.process_time() - core, time.perf_counter() - began
    assert report.sound, report.findings
    return report.figures.events, report.figures.events / core, report.figures.events / seconds


def folded_per_second(chain: LocalChain) -> float:
    """Return how many events a second of one core are asked of the rules and folded, once they are decoded."""
    names, last = {at.address for at in chain.deployment.contracts().values()}, chain.node.height()
    events: Sequence[tuple[Event, int]] = [
        (_event(block.number, sent.hash, log), block.time)
        for group in chain.node.blocks(chain.deployment.block, last)
        for block in group
        for sent in block.transactions
        for log in sent.logs
        if log.address in names
    ]
    settings = chain.deployment.settings
    history = LedgerHistory(
        beginning(rules_of(chain.deployment), settings.hand_over_delay), str(settings.administrator)
    )
    began = time.process_time()
    for event, at in events:
        history.add(event, at)
    return len(events) / (time.process_time() - began)


def _event(block: int, transaction: str, log: Any) -> Event:
    return event_decoding.decode(Origin(block, transaction, log.index, log.address), log.topics, log.data)


def main() -> int:
    """Print the figures; return 0 when the bounds are reached, 1 when they are not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=20, help=f"batches of {BATCH} of each kind (default: 20)")
    parser.add_argument("--singles", type=int, default=2000, help="events recorded one by one (default: 2000)")
    parser.add_argument("--tries", type=int, default=5, help="the best of how many tries counts (default: 5)")
    options = parser.parse_args()
    with local_chain() as chain, tempfile.TemporaryDirectory() as folder:
        record(chain, options.batches, options.singles)
        tries = [checked(chain, Path(folder, str(n))) for n in range(options.tries)]
        folded = max(folded_per_second(chain) for _ in range(options.tries))
    (count, *_), core, whole = tries[0], max(each[1] for each in tries), max(each[2] for each in tries)
    passed = folded >= FOLDED and whole >= CHECKED
    print(f"events of the sample, in batches and one by one                  {count:>8,}")
    print(f"folded, each asked of the rules, one core                        {folded:>8,.0f} /s")
    print(f"read from a local node, decoded, checked and kept, by the clock  {whole:>8,.0f} /s")
    print(f"the same by the time of the audit's own core                     {core:>8,.0f} /s")
    print(f"{'PASS' if passed else 'FAIL'}: the bounds are {FOLDED:,} folded and {CHECKED:,} checked a second")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
