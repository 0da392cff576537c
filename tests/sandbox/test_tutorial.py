"""docs/tutorial.md is run as it stands, in order, in an empty folder; it uses nothing but what is public.

When a block of Python or TOML begins with a file's name  it is saved there
When a block is a command of pytest or jamjar             it is run there, and prints what the next block of text says
When a block installs                                     `make package` runs it: here its words are looked at
"""

import ast
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from jamjar import __version__
from tests.meta.public_api import RECORD, modules
from tools.fences import Fence, fences, ten_lines

FENCES = fences("docs/tutorial.md")
PYTEST_OPTIONS = "-p no:pytest-brownie -p no:cacheprovider"
"""Of this environment, which has Brownie; pytest adds them to every run."""


def normal(printed: str) -> list[str]:
    """The lines of what pytest printed, without times and the spaces that fill lines."""
    return [" ".join(re.sub(r"in [\d.]+s", "in some time", line).split()) for line in printed.strip().splitlines()]


def play(blocks: list[Fence], folder: Path) -> int:
    """Do what the blocks say; return how many commands were run."""
    played, printed = 0, ""
    for block in blocks:
        if block.language in ("python", "toml"):
            name = block.text.partition("\n")[0].removeprefix("# ")
            assert re.fullmatch(r"(\w+/)?\w+\.(py|toml)", name), f"this block is not for a file: {block.text}"
            (folder / name).write_text(block.text, encoding="utf-8")
        elif block.language == "text":
            assert normal(printed) == normal(block.text)
        else:
            assert block.language == "sh"
            [words] = [shlex.split(line) for line in block.text.splitlines()]
            if words[:2] == ["pip", "install"]:
                assert words[2:] == [f"dist/jamjar-{__version__}-py3-none-any.whl[sandbox]", "pytest"]
                continue
            assert words[0] in ("pytest", "jamjar")
            command = [sys.executable, "-I", "-m", *words]
            around = {**os.environ, "PYTEST_ADDOPTS": PYTEST_OPTIONS}
            done = subprocess.run(command, cwd=folder, env=around, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            played, printed = played + 1, done.stdout
    return played


def not_public(source: str) -> list[str]:
    """The names of the package that a source imports, and that docs/api.md does not list, by module and name."""
    recorded = RECORD.read_text(encoding="utf-8")
    found = list[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [each.name for each in node.names if each.name.partition(".")[0] == "jamjar"]
        elif isinstance(node, ast.ImportFrom) and (of := node.module or "").partition(".")[0] == "jamjar":
            names = [f"{of}.{each.name}" for each in node.names]
            found += [
                name for name in names if of not in modules() or not re.search(rf"\b{re.escape(name)}\b", recorded)
            ]
    return found


def test_it_runs_as_written(tmp_path: Path) -> None:
    assert play(FENCES, tmp_path) >= 6


def test_it_uses_what_is_public() -> None:
    blocks = [each.text for each in FENCES if each.language == "python"]
    assert [name for block in (*blocks, ten_lines()) for name in not_public(block)] == []


def test_what_is_not_public_is_seen() -> None:
    assert not_public("from jamjar.sandbox.anvil import anvil") == ["jamjar.sandbox.anvil.anvil"]
    assert not_public("from jamjar.plan.lines import no_such") == ["jamjar.plan.lines.no_such"]
    assert not_public("import jamjar.wallet.stored") == ["jamjar.wallet.stored"]


def test_what_is_not_so_is_seen(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="1 failed"):
        play([Fence("python", "", "# test_it.py\ndef test_it(): assert 0\n"), Fence("sh", "", "pytest -q")], tmp_path)
