"""The processes of a network's nodes on this machine: each is started, found and ended by its own id.

A node goes on when the command that started it ends. `process.json` in its folder has its id, and the moment at which
the system says that it began, so that another process with the same id later is never taken for it, nor ended.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from jamjar.network.engine import Command, NetworkError
from jamjar.service import private_file

RECORD, LOG = "process.json", "log"
END_SECONDS: Final = 30.0
"""How long a node may take to end before it is killed."""


def start(folder: Path, command: Command) -> int:
    """Start a node whose files are in this folder, and return its process id; its output is appended to `log`."""
    with private_file.appended(folder / LOG) as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            list(command.words), start_new_session=True, **_settings(command, log)
        )
    record = {"pid": process.pid, "began": _began(process.pid)}
    private_file.replace(folder / RECORD, json.dumps(record).encode())
    return process.pid


def once(folder: Path, command: Command) -> None:
    """Run a command that ends by itself; raises NetworkError when it fails."""
    with private_file.appended(folder / LOG) as log:
        done = subprocess.run(  # noqa: S603 - our own command
            list(command.words), check=False, **_settings(command, log)
        )
    if done.returncode:
        raise NetworkError(f"{command.words[0]} failed; the end of {folder / LOG} says why.")


def _settings(command: Command, log: BinaryIO) -> dict[str, Any]:
    environment = {**os.environ, **command.environment}
    return {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "env": environment}


def running(folder: Path) -> int:
    """Return the process id of a node that runs, 0 if it does not."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        pid, began = int(record["pid"]), str(record["began"])
    except (OSError, KeyError, TypeError, ValueError):
        return 0
    return pid if began and _began(pid) == began else 0


def end(folder: Path, number: signal.Signals = signal.SIGTERM) -> bool:
    """End a node, and return whether it ran; what does not end by itself is killed."""
    pid = running(folder)
    if not pid:
        return False
    os.kill(pid, number)
    deadline = time.monotonic() + END_SECONDS
    while running(folder):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            deadline += END_SECONDS
        time.sleep(0.05)
    return True


def _began(pid: int) -> str:
    """Return when a process began, as the system says it; "" for one that is not there, or has ended."""
    with suppress(OSError):
        os.waitpid(pid, os.WNOHANG)  # one of our own that has ended is no longer there
    asked = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    done = subprocess.run(  # noqa: S603 - a fixed command
        asked, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C", "TZ": "UTC"}
    )
    state, _, began = done.stdout.strip().partition(" ")
    return "" if state.startswith("Z") else began.strip()
