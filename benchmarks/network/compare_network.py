"""Measures records a second and latency across 3, 5 and 7 nodes, beside one node alone, and what a node costs a year.

python -m benchmarks.network.compare_network                 print, write reports/compare-network.json
python -m benchmarks.network.compare_network --write         also write docs/network.md and docs/capacity.md
python -m benchmarks.network.compare_network --if-built      say so and end where the engine is not built

All nodes share this machine, so that seven of them have a seventh of it each: on machines of their own they have more.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.network.network_tables import CAPACITY, NETWORK, cost_rows, pace_rows, table
from benchmarks.network.trial import Trial, on_nodes, on_one_node
from jamjar.errors import JamjarError
from jamjar.network.building import program
from jamjar.network.engines import engine_of

REPORT: Final = Path(__file__).resolve().parents[2] / "reports" / "compare-network.json"
SIZES: Final = [3, 5, 7]


def main() -> int:
    """Measure, print, and write the report; exit status 1 where something could not be measured."""
    form = argparse.RawDescriptionHelpFormatter
    name = "python -m benchmarks.network.compare_network"
    parser = argparse.ArgumentParser(prog=name, description=__doc__, formatter_class=form)
    parser.add_argument("--engine", default="kaia")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="validators: 3, 5, 7")
    parser.add_argument("--messages", type=int, default=2000, help="recorded three times (default: 2000)")
    parser.add_argument("--write", action="store_true", help="write the documents")
    parser.add_argument("--if-built", action="store_true", help="do nothing where the engine is not built")
    options = parser.parse_args()
    if options.if_built and not program(engine_of(options.engine)).exists():
        print(f"Networks are not compared: {options.engine} is not built here; make network builds it.")
        return 0
    found = list[Trial]()
    try:
        with tempfile.TemporaryDirectory() as folder:
            found.append(on_one_node(Path(folder, "one"), options.messages, _say))
            for size in options.sizes:
                found.append(on_nodes(Path(folder, str(size)), options.engine, size, options.messages, _say))
    except JamjarError as error:
        print(f"Not measured: {error}", file=sys.stderr)
        return 1
    pace, costs = table(pace_rows(found)), table(cost_rows(found[len(found) // 2]))
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps([each.to_fields() for each in found], indent=2) + "\n", encoding="utf-8")
    print(pace, costs, sep="\n", end="")
    if options.write:
        NETWORK.write(pace)
        CAPACITY.write(costs)
    return 0


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
