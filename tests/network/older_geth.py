"""The version of go-ethereum before the one that the networks run, for an upgrade between two versions."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from jamjar.network.building import program
from jamjar.network.geth import GETH

VERSION = "1.13.14"


def older_geth() -> Path:
    """Return its program, which Go builds once, beside the other engines; skips where there is no Go."""
    made = program(GETH).parents[1] / f"geth-{VERSION}" / "geth"
    if not made.exists():
        go = shutil.which("go")
        if go is None:
            pytest.skip(
                "No Go is on PATH to build the older version; install Go 1.24 or newer, from https://go.dev/dl."
            )
        subprocess.run(
            [go, "install", "-ldflags=-checklinkname=0", f"{GETH.package}@v{VERSION}"],
            env={**os.environ, "GOBIN": str(made.parent), "CGO_ENABLED": "0", "GOFLAGS": ""}, check=True,
        )  # fmt: skip
    return made
