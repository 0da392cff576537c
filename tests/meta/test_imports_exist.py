"""What tests, benchmarks and scripts import of the package and the tools is there, whatever suite runs."""

import ast
from functools import cache

import pytest

from tests.meta.imports import ROOT, imported, modules

FROM = {"jamjar", "tools"}
INTO = ("tests", "benchmarks", "assurance", "scripts")


@cache
def defined(module: str) -> set[str]:
    """What a module may be asked for: all names that its source binds, and the modules of its folder."""
    at = ROOT.joinpath(*module.split("."))
    names = {path.stem for path in at.iterdir()} if at.is_dir() else set[str]()
    source = at / "__init__.py" if at.is_dir() else at.with_suffix(".py")
    if source.exists():
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
            elif isinstance(node, ast.alias):
                names.add((node.asname or node.name).partition(".")[0])
    return names


def missing(source: str, module: str) -> list[str]:
    """The names that a module imports of these folders, and that are not there."""
    found = (name.rpartition(".") for name in imported(source, module) if name.partition(".")[0] in FROM)
    return [f"{of}.{name}" for of, _, name in found if of and name not in defined(of)]


@pytest.mark.parametrize("folder", INTO)
def test_what_is_imported_exists(folder: str) -> None:
    found = {name: missing(path.read_text(encoding="utf-8"), name) for name, path in modules(folder).items()}
    assert {name: names for name, names in found.items() if names} == {}


def test_a_name_that_moved_is_seen() -> None:
    assert missing("from jamjar.sandbox.anvil import no_such_name, anvil", "tests.x") == [
        "jamjar.sandbox.anvil.no_such_name"
    ]
