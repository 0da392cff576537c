"""Measures a guess at a passphrase, and the import of 100,000 rows of each kind of file into a vault.

Beside it stands the least that any vault would do: parse the rows of CSV or JSON, seal each, and put them into a table.

python -m benchmarks.bank_import [--rows N]

Seconds are this program's own, on one core: what else the machine does meanwhile does not count.
Exit status 1 when a file takes longer than its bound, or so many times what the least takes in the same run.
"""

import argparse
import csv
import io
import json
import secrets
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from rich.console import Console
from rich.table import Table

from benchmarks.bank_samples import files
from jamjar.vault.vault import Vault
from jamjar.wallet.jars import Jars

ROWS = 100_000
MOST_TIMES = 10.0
MOST_SECONDS = 8.0
"""For 100,000 rows; fewer have less in proportion, and a second for what is done once."""
WITH_LEAST = ("Monzo", "Starling", "Barclays", "Open Banking")
PASSPHRASE = "a passphrase to measure with"  # noqa: S105


def measure(rows: int) -> tuple[float, dict[str, tuple[float, float | None]]]:
    """Return how many seconds it took to open a vault, and to read each file into one; beside the least it takes."""
    guess, took = 0.0, dict[str, tuple[float, float | None]]()
    with TemporaryDirectory() as folder:
        for name, data in files(rows).items():
            where = str(Path(folder) / name)
            Vault.create(where, PASSPHRASE).close()
            began = time.process_time()
            with Vault.open(where, PASSPHRASE) as vault:
                guess = time.process_time() - began
                began = time.process_time()
                counts = Jars(vault).read(io.BytesIO(data))
                took[name] = time.process_time() - began, (least(data, f"{where}.db") if name in WITH_LEAST else None)
            if counts.new != rows:
                raise SystemExit(
                    f"{name}: only {counts.new} of {rows} rows were imported; correct benchmarks/bank_samples.py."
                )
    return guess, took


def least(data: bytes, where: str) -> float:
    """Return how many seconds it takes to parse a file's rows, seal each and put it into a table."""
    cipher, began = ChaCha20Poly1305(secrets.token_bytes(32)), time.process_time()
    text = data.decode()
    rows = json.loads(text)["Data"]["Transaction"] if text.startswith("{") else csv.reader(io.StringIO(text))
    texts = (json.dumps(row).encode() for row in rows)
    sealed = ((secrets.token_bytes(16), cipher.encrypt(secrets.token_bytes(12), each, None)) for each in texts)
    with closing(sqlite3.connect(where)) as table:
        table.execute("CREATE TABLE rows (place BLOB PRIMARY KEY, sealed BLOB)")
        table.executemany("INSERT INTO rows VALUES (?, ?)", sealed)
        table.commit()
    return time.process_time() - began


def main() -> int:
    """Measure, and print a table; return 0 when the bound is kept, 1 when it is not."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bank_import", description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=ROWS, help="how many rows a file has (default: %(default)s)")
    rows = parser.parse_args().rows
    guess, took = measure(rows)
    columns = ("File", "Seconds", "Rows a second", "The least, seconds", "Times")
    table = Table(*columns, title=f"Files of {rows:,} rows, into a vault in a file", title_justify="left")
    for name, (seconds, floor) in took.items():
        beside = (f"{floor:.2f}", f"{seconds / floor:.1f}") if floor else ("", "")
        table.add_row(name, f"{seconds:.2f}", f"{rows / seconds:,.0f}", *beside)
    Console(highlight=False, width=100).print(table)
    most = MOST_SECONDS * rows / ROWS + (rows < ROWS)
    passed = all(seconds <= min(most, MOST_TIMES * (floor or most)) for seconds, floor in took.values())
    print(f"One guess at a passphrase takes {guess:.2f} s.")
    bound = f"{most:.1f} s of processor time, and {MOST_TIMES:.0f} times the least"
    print(f"{'PASS' if passed else 'FAIL'}: the bound is {bound}")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
