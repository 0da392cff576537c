"""What tests, benchmarks and scripts import of the package, the tools and the sandbox is there, whatever suite runs."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.meta.places import ROOT

FROM = {"jamjar", "sandbox", "tools"}
INTO = ("tests", "benchmarks", "assurance", "scripts", "sandbox")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def defined(module: str) -> set[str]:
    """What a module may be asked for: all names that its source binds, and the modules of its folder."""
    at = ROOT.joinpath(*module.split("."))
    names = {path.stem for path in at.iterdir()} if at.is_dir() else set[str]()
    source = at / "__init__.py" if at.is_dir() else at.with_suffix(".py")
    if source.exists():
        for node in ast.walk(tree(source)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
            elif isinstance(node, ast.alias):
                names.add((node.asname or node.name).partition(".")[0])
    return names


def missing(source: ast.Module) -> list[str]:
    """The names that the source imports of these folders, and that are not there."""
    return [
        f"{node.module}.{each.name}"
        for node in ast.walk(source)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] in FROM
        for each in node.names
        if each.name not in defined(node.module)
    ]


@pytest.mark.parametrize("folder", INTO)
def test_what_is_imported_exists(folder: str) -> None:
    found = {path: missing(tree(path)) for path in (ROOT / folder).rglob("*.py")}
    assert {path: names for path, names in found.items() if names} == {}


def test_a_name_that_moved_is_seen() -> None:
    assert missing(ast.parse("from sandbox.anvil import no_such_name, anvil")) == ["sandbox.anvil.no_such_name"]
