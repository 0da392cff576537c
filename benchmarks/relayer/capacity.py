"""Derives from the measurements what seven million claimants need.

python -m benchmarks.relayer.capacity            print it
python -m benchmarks.relayer.capacity --write    write it into docs/capacity.md, between the marks

Reads reports/compare-throughput.json and reports/compare-growth.json, which `make compare` writes.
"""

import argparse
import json
import sys
from math import ceil
from pathlib import Path
from typing import Any, Final

from tools.marked_page import MarkedPage

ROOT = Path(__file__).resolve().parents[2]
REPORTS = {name: ROOT / "reports" / f"compare-{name}.json" for name in ("throughput", "growth")}
PAGE = MarkedPage(
    ROOT / "docs" / "capacity.md", "<!-- produced by benchmarks/relayer/capacity.py -->\n", "<!-- end -->"
)

CLAIMANTS: Final = 7_000_000
DAYS: Final = 365.25
PEAK_DATES: Final = 5
"""The most paydays on one day: a Thursday's own, and those of Good Friday to Easter Monday, which move to it."""
PEAK_HOUR: Final = 0.5
"""The share of a day's commitments in its busiest hour; an assumption without a source."""
BLOCK_SECONDS: Final = (1, 5)
GIB: Final = 2**30


def rows(throughput: dict[str, Any], growth: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the needs as rows, from the two reports."""
    row = next(each for each in throughput["paces"] if each["commitments"] == "first" and each["counts"])
    largest = {each["database"]: each for each in growth["rows"]}  # the last row of each, with the most messages
    batch, limit, door = throughput["batch"], throughput["gas_limit"], throughput["doors"]
    year, day = CLAIMANTS * 12, CLAIMANTS * 12 * PEAK_DATES / DAYS
    second = day * PEAK_HOUR / 3600
    lines = [
        ("Commitments a month, a second on average", f"{CLAIMANTS:,}, {year / DAYS / 86400:.1f}"),
        ("On the busiest payday", f"{day:,.0f}"),
        ("In its busiest hour, a second", f"{second:,.0f}"),
        (f"Batches of {batch}, a month, in the busiest hour", f"{CLAIMANTS // batch:,}, {second * 3600 / batch:,.0f}"),
        ("Gas of one commitment, the first under its consent", f"{row['gas']:,.0f}"),
    ]
    for seconds in BLOCK_SECONDS:
        share = second * row["gas"] * seconds / limit
        of = f"Of the gas of blocks of {limit:,}, one each {'second' if seconds == 1 else f'{seconds} seconds'}"
        lines.append((f"{of}, in the busiest hour", f"{share:.0%}"))
    door_rate = 1000 / door["http_cpu_ms"]
    for name, rate, of in (("door", door_rate, " of one core"), ("carrier", row["relayer"], "")):
        needed = f"{ceil(second / rate):,} (one does {rate:,.0f} a second{of})"
        lines.append((f"Relayers for the busiest hour, by the {name}", needed))
    share = second * door["http_cpu_ms"] / 1000
    lines.append(("Of one core that one relayer's door takes in the busiest hour", f"{share:.0%}"))
    held = f"{CLAIMANTS * door['replay_consent_bytes'] / GIB:.1f} GiB ({door['replay_consent_bytes']:,.0f} bytes each)"
    lines.append(("Memory of a relayer that remembers every claimant's consent", held))
    hours = year * door["replay_event_us"] / 1e6 / 3600
    lines.append(("Processor time to replay a year's commitments when it starts", f"{hours:.1f} hours"))
    spread = [each["relayer"] / each["ceiling"] for each in throughput["paces"] if each["counts"]]
    lines.append(("Of the node's ceiling that one relayer reaches", f"{min(spread):.0%}"))
    for name, found in largest.items():
        size = f"{year * found['database_bytes'] / GIB:,.0f} GiB ({found['database_bytes']:,.0f} bytes each)"
        lines.append((f"Relayers' databases a year, {name}, if nothing is deleted", size))
    each = next(iter(largest.values()))["ledger_bytes"]
    lines.append(("Blocks and events a year, on every node", f"{year * each / GIB:,.0f} GiB ({each:,.0f} bytes each)"))
    return lines


def table(found: list[tuple[str, str]]) -> str:
    """Return the rows as a Markdown table."""
    return "\n".join(["| what | needed |", "|---|---:|", *(f"| {name} | {value} |" for name, value in found)]) + "\n"


def main() -> int:
    """Print the table, or write it into the page; exit status 1 where a report is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relayer.capacity", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write docs/capacity.md")
    options = parser.parse_args()
    if missing := [path.name for path in REPORTS.values() if not path.exists()]:
        print(f"{' and '.join(missing)} cannot be found; run `make compare` first.", file=sys.stderr)
        return 1
    throughput, growth = (json.loads(path.read_text(encoding="utf-8")) for path in REPORTS.values())
    found = table(rows(throughput, growth))
    if options.write:
        PAGE.write(found)
    else:
        print(found, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
