"""Measures gas per function and per batch item, on a fresh Anvil at fixed times, so that every run gives the same.

python -m benchmarks.gas.snapshot            print the table, and compare it with the reviewed snapshot
python -m benchmarks.gas.snapshot --write    accept what was measured as the new snapshot
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from brownie._config import CONFIG
from brownie.network.main import connect, disconnect
from brownie.project.main import load
from rich.console import Console
from rich.table import Table

from benchmarks.gas.meter import Meter
from jamjar.service.ports import free_port
from tools.patience import be_patient

SNAPSHOT = Path(__file__).resolve().parents[2] / "tests" / "gas-snapshot.json"
BOUNDS = {
    "grant": 70_500,
    "grantBatch, each of 100": 36_000,
    "commitBatch, first, each of 100": 34_200,
    "commitBatch, replacing, each of 100": 17_500,
    "commitBatch, first, ten recipients in turn, each of 100": 35_000,
    "useBatch, each of 100": 9_800,
    "withdrawBatch, each of 100": 13_000,
}
"""What must not be exceeded: ADR 0028 says which are aims, and which what was reached short of one."""


@contextmanager
def anvil() -> Iterator[None]:
    """Run Anvil at a port of its own, with the project's contracts loaded in Brownie."""
    load(str(SNAPSHOT.parent.parent)).load_config()
    CONFIG.networks["anvil"]["cmd_settings"]["port"] = free_port()
    connect("anvil")
    be_patient()
    try:
        yield
    finally:
        disconnect(kill_rpc=True)


def table(measured: dict[str, int], reviewed: dict[str, int]) -> Table:
    """Return the measured gas with the snapshot and the bounds as a table."""
    shown = Table("What", "Gas", "Snapshot", "Bound", title="Gas used", title_justify="left")
    for column in shown.columns[1:]:
        column.justify = "right"
    for name, gas in measured.items():
        was, bound = reviewed.get(name), BOUNDS.get(name)
        change = "new" if was is None else f"{was:,}" if was == gas else f"{was:,} ({gas - was:+,})"
        shown.add_row(name, f"{gas:,}", change, f"{bound:,}" if bound else "")
    return shown


def main() -> int:
    """Measure, print, and compare or write; exit status 1 when a bound is exceeded or the snapshot differs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gas.snapshot", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="accept what was measured as the new snapshot")
    options = parser.parse_args()
    with anvil():
        measured = Meter().measure()
    reviewed = json.loads(SNAPSHOT.read_text(encoding="utf-8")) if SNAPSHOT.exists() else {}
    Console(highlight=False).print(table(measured, reviewed))
    over = [name for name, bound in BOUNDS.items() if measured[name] > bound]
    if over:
        print(f"Over their bounds: {', '.join(over)}.", file=sys.stderr)
        return 1
    if options.write:
        SNAPSHOT.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    elif measured != reviewed:
        print("The snapshot differs: review the changes, then run again with --write.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # a thread of Brownie's may still ask the node, which has ended
