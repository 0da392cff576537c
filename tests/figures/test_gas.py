"""Gas is what was reviewed, and within the design's bounds, on a fresh Anvil."""

import subprocess
import sys


def test_gas_is_what_the_snapshot_says():
    run = subprocess.run([sys.executable, "-m", "benchmarks.gas.snapshot"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
