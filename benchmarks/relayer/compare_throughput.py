"""Measures how fast a relayer records, beside what the same node takes of prepared raw transactions in the same run.

python -m benchmarks.relayer.compare_throughput             print the table, write reports/compare-throughput.json
python -m benchmarks.relayer.compare_throughput --json      print what is written instead

The rows that count are those of blocks each second, as on a network: what a block's gas takes is the node's ceiling,
and a pass of the relayer has to keep the blocks full. Mining at once is beside it: there this node is idle otherwise.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from benchmarks.relayer.accepting import EPOCH, doors
from benchmarks.relayer.carrying import compared
from benchmarks.relayer.tables import tables
from benchmarks.relayer.workload import BATCH, DEPTH, GAS_LIMIT, OPTIONS, Stage, rounded
from sandbox.local_chain import local_chain

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "reports" / "compare-throughput.json"
SHARE = 0.8
"""The share of the ceiling that must be reached, where blocks come each second."""


def main() -> int:
    """Measure, print and write the report; exit status 1 when less than the share of the ceiling is reached."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.relayer.compare_throughput", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--messages", type=int, default=10_000, help="commitments of each kind (default: %(default)s)")
    parser.add_argument(
        "--accepted", type=int, default=1_000, help="messages given at the doors (default: %(default)s)"
    )
    parser.add_argument("--claimants", type=int, default=16, help="who send at once (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    options = parser.parse_args()
    progress = Console(stderr=True, highlight=False)
    with local_chain(*OPTIONS) as chain, tempfile.TemporaryDirectory() as folder:
        progress.print("Granting consents ...")
        stage = Stage(chain, 2 * options.messages)
        paces, profile = compared(stage, folder, options.messages, progress.print)
        given = min(options.accepted, 2 * options.messages)
        found = rounded(doors(stage, folder, given, options.claimants, progress.print))
    settings = {"messages": options.messages, "batch": BATCH, "gas_limit": GAS_LIMIT, "depth": DEPTH, "epoch": EPOCH}
    report = {**settings, "paces": [rounded(asdict(row)) for row in paces], "doors": found, "profile": rounded(profile)}
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        Console(highlight=False, width=110).print(*tables(report))
    return 0 if all(row.share >= SHARE for row in paces if row.counts) else 1


if __name__ == "__main__":
    sys.exit(main())
