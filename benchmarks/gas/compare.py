"""Compares gas with the Ethereum Attestation Service, on one fresh Anvil in one run, and with the floor.

python -m benchmarks.gas.compare            print the table, write reports/compare-gas.json
python -m benchmarks.gas.compare --write    draw docs/pictures/gas.svg again, too

Both sides do the same: grant, commit, replace, use, withdraw, one or many to a transaction, with a key for each
claimant. eas_meter.py explains how EAS is used, floor.py what the floor is.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import brownie
from rich.console import Console
from rich.table import Table

from benchmarks.gas.chart import svg
from benchmarks.gas.comparison_rows import Row, over, rows
from benchmarks.gas.eas_meter import EasMeter
from benchmarks.gas.floor import floor, terms
from benchmarks.gas.meter import Meter
from benchmarks.gas.snapshot import BOUNDS, anvil

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "reports" / "compare-gas.json"
PICTURE = ROOT / "docs" / "pictures" / "gas.svg"


def table(found: list[Row]) -> Table:
    """Return the rows as a table."""
    columns = ("Each", "In one", "EAS", "Jamjar", "Floor", "EAS / Jamjar", "Jamjar / floor", "Bound")
    shown = Table(*columns, title="Gas an item, under a consent checked in that block", title_justify="left")
    for column in shown.columns[1:]:
        column.justify = "right"
    for row in found:
        gas = (f"{gas:,}" for gas in (row.eas, row.jamjar, row.floor))
        bound = f"{row.bound:,}" if row.bound else ""
        last = row is found[-1] or row.kind != found[found.index(row) + 1].kind
        shown.add_row(row.kind, str(row.size), *gas, f"{row.times:.1f}", f"{row.above:.2f}", bound, end_section=last)
    return shown


def unchecked_table(gas: dict[str, int]) -> Table:
    """Return the gas of EAS by itself as a table."""
    shown = Table("EAS by itself, no consent checked", "Gas each", title_justify="left")
    shown.columns[1].justify = "right"
    for name, used in gas.items():
        shown.add_row(name, f"{used:,}")
    return shown


def notes(unchecked: dict[str, int]) -> str:
    """Return the notes to the tables."""
    read = next(int(term.gas) for term in terms("commitment, first", 100) if term.name == "consent read")
    first, replacing = (floor(f"commitment, {which}", 100) - read for which in ("first", "replacing"))
    return (
        f"The cheapest honest alternative on EAS is one timestamp of a root over all commitments: "
        f"{unchecked['timestamp']:,} gas,\nhowever many it covers. It checks no consent and no signature: whoever "
        f"sends it says what was agreed.\nThe floor of a use counts no uses; Jamjar does, which takes 2,900 more. "
        f"Without the reading of the consent\nthe floor of a commitment is {first:,}, of one replacing "
        f"{replacing:,}. What the floor leaves out: benchmarks/gas/floor.py."
    )


def main() -> int:
    """Measure, print and write the report; exit status 1 when a bound is exceeded."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gas.compare", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="draw the picture for the README again")
    options = parser.parse_args()
    with anvil():
        jamjar = Meter().measure()
        meter = EasMeter(brownie.web3)
        eas, unchecked = meter.measure(), meter.measure_unchecked()
    found = rows(eas, jamjar, BOUNDS)
    console = Console(highlight=False, width=110)
    console.print(table(found), unchecked_table(unchecked), notes(unchecked), sep="\n")
    REPORT.parent.mkdir(exist_ok=True)
    floors = {row.kind: {term.name: float(term.gas) for term in terms(row.kind, row.size)} for row in found}
    report = {"rows": [asdict(row) for row in found], "easUnchecked": unchecked, "floorTerms": floors}
    REPORT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if options.write:
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_text(svg(found), encoding="utf-8")
    exceeded = over(found)
    print(*exceeded, sep="\n", file=sys.stderr)
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
