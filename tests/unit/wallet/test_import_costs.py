"""What reading a bank's file costs, counted: as much for each row of a long one as of a short one.

When four times as many rows are read   the statements of one more batch, and no more work a row
Given a file of any length              memory for its rows, and no more a row
"""

import io
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.bank_samples import files
from jamjar.vault.passphrase import Cost
from jamjar.vault.vault import Vault
from jamjar.wallet.jars import Jars
from tests.support.counting import counted

FEW, MANY = 1_000, 4_000
BATCH = 2_000
PASSPHRASE = "a passphrase for tests"  # noqa: S105
MOST = {"steps": 50, "calls": 400}
"""A row: steps of SQLite's machine, and calls of functions; 38, and 244 of the layout that has most."""
MOST_CALLS = {"CAMT.053": 650, "MT940": 600, "Starling as XLSX": 480}
"""Where a library takes each element or field; 577, 541, and 428."""
BYTES_A_ROW = 2_000
OF_A_LIBRARY = {"CAMT.053": 500_000, "MT940": 700_000, "Starling as XLSX": 700_000}
"""Bytes for any file of the kind: parts of a workbook, and what a library holds of a part."""


def import_costs(folder: Path, data: bytes) -> Counter[str]:
    where = str(folder / f"{len(data)}.vault")
    Vault.create(where, PASSPHRASE, cost=Cost(memory_kib=8, passes=1, lanes=1)).close()
    with counted() as counts, Vault.open(where, PASSPHRASE) as vault:
        Jars(vault).read(io.BytesIO(data))
    with Vault.open(where, PASSPHRASE) as vault:
        assert len(Jars(vault).transactions()) in (FEW, MANY)
    return counts


@pytest.mark.parametrize("bank", files(0))
def test_a_row_costs_no_more_in_a_long_file(tmp_path: Path, bank: str) -> None:
    few, many = (import_costs(tmp_path, files(rows)[bank]) for rows in (FEW, MANY))
    assert many["statements"] - few["statements"] == 2 * (MANY // BATCH - 1)
    for what, most in MOST.items():
        assert many[what] / MANY < 1.02 * few[what] / FEW, what
        assert few[what] / FEW < (MOST_CALLS.get(bank, most) if what == "calls" else most), what


@pytest.mark.parametrize("bank", files(0))
def test_memory_is_that_of_the_rows(bank: str) -> None:
    for rows in (FEW, FEW // 2, FEW * 2):  # the first loads and remembers what is the same for each
        data = files(rows)[bank]
        with Vault.create(":memory:", PASSPHRASE, cost=Cost(memory_kib=8, passes=1, lanes=1)) as vault:
            tracemalloc.start()
            Jars(vault).read(io.BytesIO(data))
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert rows == FEW or peak < BYTES_A_ROW * rows + OF_A_LIBRARY.get(bank, 0)
