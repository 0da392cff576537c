"""An engine whose clock is off: built once more, with a package `time` of Go's that adds what the environment says.

Programs of Go ask the system for the time without the C library, so nothing that is loaded before them can change it.
The build takes the place of one file and adds one, for this program alone (`go help build`, -overlay).
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from jamjar.network.building import MODULES, built, program
from jamjar.network.engine import Engine

VARIABLE = "JAMJAR_TEST_CLOCK"
"""How many seconds the clock is ahead; negative when it is behind."""
ADDED = f"""package time

import "syscall"

var testClock = func() int64 {{
	value, _ := syscall.Getenv("{VARIABLE}")
	seconds, _ := atoi(value)
	return int64(seconds)
}}()
"""
NOW = re.compile(r"(func Now\(\) Time \{\n\tsec, nsec, mono := (?:runtimeNow|now)\(\)\n)")


def with_another_clock(engine: Engine) -> Path:
    """Return the program, which Go builds once, beside the other engines; skips where Go has another `time.Now`."""
    made = program(engine).parents[1] / f"{program(engine).parent.name}-clock" / engine.name
    if made.exists():
        return made
    built(engine, print)  # raises what is missing
    go = str(shutil.which("go"))
    folder = Path(subprocess.run([go, "env", "GOROOT"], capture_output=True, text=True, check=True).stdout.strip())
    now = folder / "src" / "time" / "time.go"
    changed, count = NOW.subn(r"\1\tsec += testClock\n", now.read_text(encoding="utf-8"))
    if count != 1:
        pytest.skip("This Go has another time.Now than is known here; install Go 1.24 to 1.26, from https://go.dev/dl.")
    made.parent.mkdir(exist_ok=True)
    places = {now: made.parent / "time.go", now.with_name("jamjar_clock.go"): made.parent / "added.go"}
    for place, text in zip(places.values(), (changed, ADDED), strict=True):
        place.write_text(text, encoding="utf-8")
    overlay = made.parent / "overlay.json"
    overlay.write_text(json.dumps({"Replace": {str(theirs): str(ours) for theirs, ours in places.items()}}))
    command = [go, "build", "-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags=-checklinkname=0"]
    unfinished = made.with_name(f".building-{os.getpid()}")
    subprocess.run(
        [*command, f"-overlay={overlay}", "-o", unfinished, engine.package], cwd=MODULES / engine.name, check=True,
        env={**os.environ, "CGO_ENABLED": str(int(engine.needs_c)), "GOFLAGS": ""},
    )  # fmt: skip
    unfinished.replace(made)
    return made
