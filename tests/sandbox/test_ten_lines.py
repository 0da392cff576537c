"""The ten lines of README.md, exactly as they stand there, in a process of their own outside of the checkout."""

import subprocess
import sys
from pathlib import Path

from tools.fences import ten_lines


def test_they_run_as_written(tmp_path: Path) -> None:
    assert len([line for line in ten_lines().splitlines() if line]) == 10
    command = [sys.executable, "-I", "-c", ten_lines()]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("52000\n", "")
