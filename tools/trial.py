"""Tries the wheel as docs/tutorial.md installs it: outside the checkout, without Anvil, Ganache or another node."""

import re
import shlex
import sys
from pathlib import Path

from tools.fences import fences, ten_lines
from tools.wheel import ROOT, install, pip, run

_NO_NODE = ("/usr/bin/env", "PATH=/usr/bin:/bin")
"""What starts a program that finds no node of npm's."""
_TUTORIAL = "docs/tutorial.md"
_PYTEST = re.compile(
    r"(?m)^(?:exceptiongroup|iniconfig|packaging|pluggy|pygments|pytest|tomli|typing-extensions)==(?:.*\n +--hash)+.*"
)
"""In the lock, pytest and what it needs."""


def without_node(where: Path, place: Path) -> None:
    """Check that the ten lines of README.md say what to install where neither a node nor the extra is."""
    said = run(*_NO_NODE, where / "bin" / "python", "-I", "-c", ten_lines(), at=place, status=1).splitlines()[-1]
    print(said)
    if "There is no development node; " not in said or "pip install 'FILE.whl[sandbox]'" not in said:
        raise SystemExit("The ten lines do not say what to install.")


def check_trial(where: Path, wheels: Path, place: Path) -> None:
    """Install what the tutorial says into an empty environment, and run the ten lines and the tutorial's first test."""
    if sys.version_info >= (3, 13):
        print("The chain in process, pyrevm, has no wheels for this Python; use 3.10 to 3.12 to try it.")
        return
    blocks = {each.heading: each.text for each in reversed(fences(_TUTORIAL)) if each.language in ("sh", "python")}
    words = shlex.split(blocks["Install"])
    assert words[:2] == ["pip", "install"]
    lock = (ROOT / "requirements" / "tests.txt").read_text(encoding="utf-8")
    (place / "pytest.txt").write_text("\n".join(_PYTEST.findall(lock)), encoding="utf-8")
    pip("download", "-q", "--require-hashes", "-r", "pytest.txt", "-d", wheels, at=place)
    install("-q", ROOT / words[2], *words[3:], into=where, wheels=wheels)
    if (printed := run(*_NO_NODE, where / "bin" / "python", "-I", "-c", ten_lines(), at=place)) != "52000\n":
        raise SystemExit(f"The ten lines print {printed}")
    tests = place / "tutorial"
    tests.mkdir()
    (tests / "test_members.py").write_text(blocks["A first test"], encoding="utf-8")
    print(run(*_NO_NODE, where / "bin" / "pytest", "-q", at=tests), end="")
