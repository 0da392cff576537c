"""Measures what a message costs a relayer, its database and the ledger, at 1,000, 10,000 and 100,000 messages.

python -m benchmarks.relayer.compare_growth                           print, write reports/compare-growth.json
python -m benchmarks.relayer.compare_growth --sizes 1000 3000         smaller sizes
python -m benchmarks.relayer.compare_growth --database URL            also in this empty PostgreSQL database

Each size has an empty database and its own claimants; the ledger keeps the records of the sizes before.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from itertools import accumulate, pairwise
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.relayer.growth import Growth, grown, measure
from benchmarks.relayer.workload import OPTIONS, Stage, rounded
from jamjar.sandbox.local_chain import local_chain

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "reports" / "compare-growth.json"
SIZES = [1_000, 10_000, 100_000]
MOST = 1.25
"""The most that a message may cost with the most messages, relative to its cost with the fewest."""


def table(rows: list[Growth]) -> Table:
    """Return the rows as a table."""
    columns = ("Database", "Messages", "Accept, CPU ms", "ms", "Carry, CPU ms", "ms", "In it", "On the ledger", "Gas")
    shown = Table(*columns, title="What one message costs; the last three in bytes, bytes, gas", title_justify="left")
    for column in shown.columns[1:]:
        column.justify = "right"
    for row in rows:
        times = (f"{each:.2f}" for each in (row.accept_cpu_ms, row.accept_ms, row.carry_cpu_ms, row.carry_ms))
        sizes = (f"{each:,.0f}" for each in (row.database_bytes, row.ledger_bytes, row.gas))
        shown.add_row(row.database, f"{row.messages:,}", *times, *sizes)
    return shown


def main() -> int:
    """Measure, print and write the report; exit status 1 when a message costs more the more there are."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.relayer.compare_growth", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="messages, the fewest first")
    parser.add_argument("--database", help="an empty PostgreSQL database, in addition to SQLite")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    options = parser.parse_args()
    progress = Console(stderr=True, highlight=False)
    with local_chain(*OPTIONS) as chain, tempfile.TemporaryDirectory() as folder:
        progress.print("Granting consents ...")
        stage, rows = Stage(chain, sum(options.sizes)), []
        for place in filter(None, (f"sqlite:///{folder}/{{}}.db", options.database)):
            for start, end in pairwise((0, *accumulate(options.sizes))):
                rows.append(measure(stage, place.format(end), slice(start, end), progress.print))
    report = {"most": MOST, "rows": [rounded(asdict(row)) for row in rows]}
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if options.json:
        print(json.dumps(report, indent=2))
    else:
        Console(highlight=False, width=110).print(table(rows))
    wrong = grown(rows, MOST)
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
