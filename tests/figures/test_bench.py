"""Budgets are committed fast enough, on one core."""

import subprocess
import sys


def test_the_benchmark_passes_its_bound():
    run = subprocess.run(
        [sys.executable, "-m", "scripts.bench", "--seconds", "2"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
