"""Measures a guess at a passphrase, and the import of 100,000 rows of each bank's file into a vault.

python -m benchmarks.bank_import [--rows N]

Seconds are CPU time of this program. Exit status 1 when a file takes longer than the bound.
"""

import argparse
import io
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from benchmarks.bank_samples import files
from jamjar.vault.vault import Vault
from jamjar.wallet.jars import Jars

ROWS = 100_000
MOST_SECONDS = 10.0
PASSPHRASE = "a passphrase to measure with"  # noqa: S105


def measure(rows: int) -> tuple[float, dict[str, float]]:
    """Return the seconds that it took to open a vault, and to import each file into a vault of its own."""
    guess, took = 0.0, dict[str, float]()
    with TemporaryDirectory() as folder:
        for name, data in files(rows).items():
            where = str(Path(folder) / name)
            Vault.create(where, PASSPHRASE).close()
            began = time.process_time()
            with Vault.open(where, PASSPHRASE) as vault:
                guess = time.process_time() - began
                began = time.process_time()
                counts = Jars(vault).read(io.BytesIO(data))
                took[name] = time.process_time() - began
            if counts.new != rows:
                raise SystemExit(
                    f"{name}: only {counts.new} of {rows} rows were imported; correct benchmarks/bank_samples.py."
                )
    return guess, took


def main() -> int:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bank_import", description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=ROWS, help="how many rows a file has (default: %(default)s)")
    rows = parser.parse_args().rows
    guess, took = measure(rows)
    table = Table("Bank", "Seconds", "Rows a second", title=f"Files of {rows:,} rows, into a vault in a file")
    for name, seconds in took.items():
        table.add_row(name, f"{seconds:.2f}", f"{rows / seconds:,.0f}")
    Console(highlight=False, width=100).print(table)
    passed = max(took.values()) <= MOST_SECONDS
    print(f"One guess at a passphrase takes {guess:.2f} s.")
    print(f"{'PASS' if passed else 'FAIL'}: the bound is {MOST_SECONDS:.0f} s a file")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
