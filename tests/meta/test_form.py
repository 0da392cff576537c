"""Files are short, and what is public says what it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.meta.imports import GROUND as FOLDERS

ROOT = Path(__file__).parents[2]

# What is longer than its kind may be, by how much at most, and why.
LONGER: dict[str, tuple[int, str]] = {
    "jamjar/protocol/events.py": (360, "one list, of every event of the five contracts"),
    "jamjar/model/state.py": (265, "one state, of all five contracts"),
    "tools/verify_receipt.py": (265, "one file that anyone can take along, with both algorithms of cosignatures"),
    "assurance/verifier/abi.mjs": (300, "one list, of every function, event and error of the five contracts"),
    "assurance/privacy/attacker.py": (260, "one attacker, with everything that it tries"),
}
SOURCES = sorted(
    path
    for folder in ("contracts", *FOLDERS)
    for kind in ("py", "sol", "mjs")
    for path in (ROOT / folder).rglob(f"*.{kind}")
)

DECLARED = re.compile(r"^\s*(?:abstract )?(interface|library|function|event|error|struct|enum)\s+(\w+)")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def most(path: Path) -> int:
    """How long a file of its kind may be: a test, a script that is run, or a contract or module."""
    if path.name.startswith("test_"):
        return 150
    is_script = path.parent == ROOT / "scripts" and "\ndef main(" in path.read_text(encoding="utf-8")
    return 100 if is_script else 250


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_files_are_short(path: Path) -> None:
    excused, _ = LONGER.get(name(path), (0, ""))
    assert length(path) <= max(excused, most(path))


def test_only_what_is_longer_is_excused() -> None:
    for file, (excused, reason) in LONGER.items():
        assert reason
        assert most(ROOT / file) < length(ROOT / file) <= excused, file


def undocumented(node: ast.Module | ast.ClassDef) -> Iterator[str]:
    """The public functions, classes and methods in a module or class that have no docstring."""
    for child in node.body:
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and child.name[0] != "_":
            if not ast.get_docstring(child):
                yield child.name
            if isinstance(child, ast.ClassDef):
                yield from undocumented(child)


@pytest.mark.parametrize("path", sorted((ROOT / "jamjar").rglob("*.py")), ids=lambda path: path.stem)
def test_what_is_public_in_python_is_documented(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert list(undocumented(tree)) == []


def test_a_public_class_has_a_name_of_its_own() -> None:
    named: dict[str, list[str]] = {}
    for path in (ROOT / "jamjar").rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name[0] != "_":
                named.setdefault(node.name, []).append(name(path))
    assert {each: paths for each, paths in named.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("path", sorted((ROOT / "interfaces").glob("*.sol")), ids=lambda path: path.stem)
def test_what_an_interface_declares_is_documented(path: Path) -> None:
    silent, comment, declared = [], "", 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if found := DECLARED.match(line):
            declared += 1
            if "@notice" not in comment:
                silent.append(found.group(2))
        comment = comment + line if line.strip().startswith("///") else ""
    assert declared > 1
    assert silent == []
