"""The Python interpreters at hand, and which of them the unit tests are run on."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

LEAST = (3, 10)
"""As requires-python in pyproject.toml; a test compares them."""
ASKED = "import sys, venv, ensurepip; i = sys.version_info; print(sys.implementation.name, i.releaselevel, *i[:2])"

Version = tuple[int, int]


def candidates(path: str, home: Path) -> list[Path]:
    """Return the interpreters on a PATH and of pyenv, whether they work or not."""
    folders = [Path(each) for each in path.split(os.pathsep) if each]
    folders += sorted((home / ".pyenv" / "versions").glob("*/bin"))
    return [found for folder in folders for found in sorted(folder.glob("python3.*")) if found.suffix[1:].isdigit()]


def version_of(interpreter: Path) -> Version | None:
    """Return the version of a CPython that is released and makes environments; None for any other."""
    try:
        asked = subprocess.run([interpreter, "-c", ASKED], capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = asked.stdout.split()
    return (int(words[2]), int(words[3])) if words[:2] == ["cpython", "final"] else None


def supported(interpreters: Iterable[Path]) -> dict[Version, Path]:
    """Return the first interpreter of each version that Jamjar supports."""
    found: dict[Version, Path] = {}
    for interpreter in interpreters:
        version = version_of(interpreter)
        if version and version >= LEAST:
            found.setdefault(version, interpreter)
    return found


def chosen(found: Mapping[Version, Path], own: Version) -> tuple[dict[Version, Path], str]:
    """Return the oldest and the newest but for our own version, and a sentence that says so."""
    ends = {min(found, default=own), max(found, default=own)}
    others = sorted(ends - {own})
    if not others:
        return {}, f"No other Python is at hand; make test-unit runs the unit tests on {name(own)}."
    sentence = f"The unit tests run on Python {' and '.join(map(name, others))}"
    own_words = f"; make test-unit runs them on {name(own)}" if own in ends else ""
    return {version: found[version] for version in others}, f"{sentence}{own_words}."


def name(version: Version) -> str:
    """Return a version as people write it."""
    return ".".join(map(str, version))
