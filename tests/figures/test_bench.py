"""Budgets are committed, bank files are read, and events are audited fast enough."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "command",
    [["benchmarks.commitments", "--seconds", "2"], ["benchmarks.bank_import"], ["benchmarks.audit"]],
    ids=lambda c: c[0],
)
def test_the_benchmark_passes_its_bound(command):
    run = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
