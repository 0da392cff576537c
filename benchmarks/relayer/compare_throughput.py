"""Measures how fast a relayer records, and how fast the same node takes prepared raw transactions in the same run.

python -m benchmarks.relayer.compare_throughput             print the table, write reports/compare-throughput.json
python -m benchmarks.relayer.compare_throughput --json      print what is written instead

The rows with a block each second count, as on a network: the gas limit of a block is the node's ceiling, and the
relayer has to keep the blocks full. The rows that mine at once are for comparison, since there the node is idle.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.relayer.accepting import EPOCH
from benchmarks.relayer.carrying import compared
from benchmarks.relayer.doors import doors
from benchmarks.relayer.workload import BATCH, DEPTH, GAS_LIMIT, OPTIONS, Stage, rounded
from jamjar.sandbox.local_chain import local_chain

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "reports" / "compare-throughput.json"
SHARE = 0.8
"""The share of the ceiling that must be reached, where blocks come each second."""


def tables(report: dict[str, Any]) -> list[Table]:
    """Return the report as tables."""
    names = ("Blocks", "Commitments", "Ceiling / s", "Relayer / s", "Share", "Of the blocks' gas", "Python")
    pace = Table(*names, title="Recorded a second, in batches of 100, at depth", title_justify="left")
    for row in report["paces"]:
        share = f"{row['share']:.0%}", f"{row['block_share']:.0%}", f"{row['python_share']:.0%}"
        rates = f"{row['ceiling']:,.0f}", f"{row['relayer']:,.0f}"
        pace.add_row(row["blocks"], row["commitments"], *rates, *share)
    door = Table("Accepting a message", "", title="The door", title_justify="left")
    found = report["doors"]
    for name, key in (
        ("library, asking the node about each", "library_asking_cpu_ms"),
        ("library", "library_cpu_ms"),
        ("HTTP", "http_cpu_ms"),
    ):
        door.add_row(f"{name}: ms of processor time", f"{found[key]:.2f}")
        door.add_row(f"{name}: a second of one core", f"{1000 / found[key]:,.0f}")
    claimants = f"HTTP, {report['claimants']} claimants at once"
    door.add_row(f"{claimants}: accepted a second", f"{found['http_alone_per_second']:,.0f}")
    door.add_row(f"{claimants}: ms to an answer, median", f"{found['http_median_ms']:,.0f}")
    door.add_row(f"{claimants}: ms to an answer, 99th of 100", f"{found['http_99th_ms']:,.0f}")
    door.add_row("HTTP, while all else runs: accepted a second", f"{found['http_per_second']:,.0f}")
    door.add_row(f"seconds to recorded, median, epochs of {report['epoch']}", str(found["latency_median"]))
    door.add_row("seconds to recorded, 99th of 100", str(found["latency_99th"]))
    door.add_row("replaying: microseconds of processor time an event", f"{found['replay_event_us']:,.0f}")
    door.add_row("replaying: bytes of memory a consent", f"{found['replay_consent_bytes']:,.0f}")
    time_goes = Table("Where", "Seconds", title="The relayer's time, with a profiler at work", title_justify="left")
    for name, seconds in report["profile"].items():
        time_goes.add_row(name, f"{seconds:.2f}")
    return [pace, door, time_goes]


def main() -> int:
    """Measure, print and write the report; exit status 1 when less than the share of the ceiling is reached."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.relayer.compare_throughput", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--messages", type=int, default=10_000, help="commitments of each kind (default: %(default)s)")
    parser.add_argument("--accepted", type=int, default=8_000, help="messages to accept (default: %(default)s)")
    parser.add_argument("--claimants", type=int, default=20, help="claimants that send at once (default: %(default)s)")
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
    settings["claimants"] = options.claimants
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
