"""Measures what calls cost by the size of their input, and what hostile items cost their carrier.

python -m benchmarks.gas.hostile_input     print both tables; exit status 1 when a bound is exceeded
"""

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from benchmarks.gas.hostile_input_meter import BLOCK_GAS, HostileMeter, Row
from benchmarks.gas.snapshot import anvil
from jamjar.protocol.settings import MOST_ITEMS

MOST_GROWTH = 1.02
"""The most that an item may cost in the largest batch, relative to a batch of 64: growth is linear at worst."""


def over(growth: list[Row], hostile: list[Row]) -> list[str]:
    """Return a sentence for each bound that is exceeded."""
    found = [
        f"{row.call} of {row.size} does not fit a block: {row.gas:,} gas." for row in growth if row.gas > BLOCK_GAS
    ]
    each = {(row.call, row.size): row.gas / row.items for row in growth if row.items}
    for name in sorted({name for name, _ in each}):
        if each[name, MOST_ITEMS] > each[name, 64] * MOST_GROWTH:
            found.append(f"{name}: an item costs more in a larger batch.")
    good = {row.call.partition(":")[0]: row.gas for row in hostile if row.call.endswith("a good item")}
    for row in hostile:
        if row.gas > good[row.call.partition(":")[0]]:
            found.append(f"{row.call} costs the carrier {row.gas:,} gas, more than a good item.")
    return found


def table(title: str, rows: Iterable[Row]) -> Table:
    """Return rows as a table."""
    shown = Table("Call", "Input", "Gas", "Each", "Of a block", title=title, title_justify="left")
    for column in shown.columns[1:]:
        column.justify = "right"
    for row in rows:
        size = f"{row.size} item{'s' if row.size > 1 else ''}" if row.items else f"{row.size} bytes"
        each = f"{row.gas // row.items:,}" if row.items else ""
        shown.add_row(row.call, size, f"{row.gas:,}", each, f"{row.gas / BLOCK_GAS:.1%}")
    return shown


def main() -> int:
    """Measure, print, and compare with the bounds."""
    with anvil():
        meter = HostileMeter()
        growth, hostile = meter.measure_growth(), meter.measure_hostile()
    console = Console(highlight=False, width=100)
    console.print(table("Gas by size of input", growth))
    console.print(table("What one more item adds to a batch", hostile))
    found = over(growth, hostile)
    print(*found, sep="\n", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
