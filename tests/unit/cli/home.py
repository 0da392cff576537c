"""Commands as the entry point runs them, in this process or in one of their own; there is no node."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from jamjar.cli.main import run
from jamjar.protocol.founding import FoundingMember
from jamjar.protocol.settings import Settings
from tests.unit.wallet.scene import DEPLOYMENT, asking

MEMBER = FoundingMember(1, "Northern Node Co-operative", ("OPERATOR",), "0x" + 40 * "2", "0x" + 32 * "33")
WHOLE = replace(DEPLOYMENT, settings=Settings(founders=("0x" + 40 * "1",), members=(MEMBER,)))


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.status in (0, 1), self.err
        return json.loads(self.out)

    @property
    def refusal(self) -> str:
        """The one line that says why; nothing else was printed."""
        assert (self.status, self.out, self.err.count("\n")) == (1, "", 1), self
        assert self.err.startswith("jamjar: ")
        return self.err


def write_request(file: Path, **changes: Any) -> Path:
    """Write a request, unlike any other, in place of the one in the file, and return the file."""
    file.write_text(asking(**changes).to_json())
    return file


def here(*words: object) -> Done:
    """Run the command in this process."""
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["jamjar", *map(str, words)]
    try:
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            run()
    finally:
        sys.argv = before
    return Done(int(str(ended.value.code)), out.getvalue(), err.getvalue())


def alone(folder: Path, *words: object, stdin: int = subprocess.DEVNULL) -> Done:
    """Run the command as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "jamjar", *map(str, words)],
        env={**os.environ, "COLUMNS": "80"}, cwd=folder, stdin=stdin,
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return Done(done.returncode, done.stdout, done.stderr)
