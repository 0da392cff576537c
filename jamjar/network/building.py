"""Engines built from the Go modules that come with this package, and kept outside of it by what they are built from.

Go verifies every module by the sums in `go.sum`. A built engine is kept in the user's cache folder, under a digest of
all files of its module, so that another checkout with the same files finds it, and a changed file builds it again.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from jamjar.network.engine import Engine, NetworkError
from jamjar.service import private_file

MODULES: Final = Path(__file__).resolve().parents[1] / "engines"
_NEEDED: Final = "1.24"
_SOURCE: Final = "https://go.dev/dl/ or by apt-get install golang-go where that is as new"
_PARTS: Final = ("go.mod", "go.sum", "main.go")


def program(engine: Engine) -> Path:
    """Return where an engine is kept once it is built."""
    return _cache() / f"{engine.name}-{_digest(engine)}" / engine.name


def built(engine: Engine, progress: Callable[[str], None]) -> Path:
    """Return an engine's program, which is built if it is not there; raises NetworkError where it cannot be.

    progress  is told before it is built, which takes minutes
    """
    made = program(engine)
    if made.exists():
        return made
    go = shutil.which("go")
    if go is None:
        raise NetworkError(
            f"There is no Go on PATH, which builds {engine.name}; install Go {_NEEDED} or newer, from {_SOURCE}."
        )
    if engine.needs_c and shutil.which("gcc") is None and shutil.which("clang") is None:
        raise NetworkError(f"There is no C compiler, which {engine.name} needs; install gcc, and start again.")
    progress(f"Building {engine.name}, once; this takes some minutes ...")
    private_file.make_folder(made.parent)
    unfinished = made.with_name(f".building-{os.getpid()}")
    command = [go, "build", "-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags=-checklinkname=0"]
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            [*command, "-o", str(unfinished), engine.package],
            cwd=MODULES / engine.name,
            env={**os.environ, "CGO_ENABLED": str(int(engine.needs_c)), "GOFLAGS": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            _check_version(go, engine)
            last = " ".join(done.stderr.strip().splitlines()[-1:])
            raise NetworkError(f"{engine.name} was not built ({last}); run go build in {MODULES / engine.name}.")
        unfinished.replace(made)
    finally:
        unfinished.unlink(missing_ok=True)
    return made


def _check_version(go: str, engine: Engine) -> None:
    """Raise NetworkError for a Go that is too old to build an engine, or to fetch a newer Go that can."""
    asked = subprocess.run([go, "version"], cwd="/", capture_output=True, text=True, check=False)  # noqa: S603 - as above
    found = re.search(r"go(\d+)\.(\d+)", asked.stdout)
    if found and tuple(map(int, found.groups())) < tuple(map(int, _NEEDED.split("."))):
        raise NetworkError(
            f"{engine.name} needs Go {_NEEDED}, and Go {'.'.join(found.groups())} is on PATH; install Go {_NEEDED} or "
            f"newer, from {_SOURCE}."
        )


def _digest(engine: Engine) -> str:
    digest = hashlib.sha256()
    for name in _PARTS:
        part = MODULES / engine.name / name
        if part.exists():
            digest.update(f"{name} {part.stat().st_size}\n".encode() + part.read_bytes())
    return digest.hexdigest()[:16]


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jamjar" / "engines"
