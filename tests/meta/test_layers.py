"""Imports only go downwards, and each edge of the system is one module's.

A new module of jamjar is put into its layer in `layer_table`, one in a folder by its dotted name; one in none fails.
"""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.meta.layer_table import LAYERS, OUTSIDE, RESERVED

ROOT = Path(__file__).parents[2]

LAYER_OF = {module: layer for layer, modules in LAYERS.items() for module in modules.split()}
ORDER = list(LAYERS)


def imported(path: Path) -> set[str]:
    """The modules a file imports anywhere in it, absolute; of `from jamjar import a`, `jamjar.a`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(filter(None, ["jamjar" if node.level else "", node.module or ""]))
            found |= {f"{base}.{alias.name}" for alias in node.names} if base == "jamjar" else {base}
    return found


def roots(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


PACKAGE = ROOT / "jamjar"
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in PACKAGE.rglob("*.py")
    if path.stem != "__init__"
}


def module_of(name: str) -> str:
    """The module that an imported name, such as jamjar.bank.rules.Rule, is or is in; empty for what a folder holds."""
    parts = name.split(".")[1:]
    return next((m for end in range(len(parts), 0, -1) if (m := ".".join(parts[:end])) in MODULES), "")


USES = {
    module: {module_of(name) for name in imported(path) if name.startswith("jamjar.")} - {""}
    for module, path in MODULES.items()
}


def test_every_module_has_its_layer() -> None:
    assert MODULES.keys() == LAYER_OF.keys()


def test_folders_hold_nothing_of_their_own() -> None:
    for path in PACKAGE.glob("*/__init__.py"):
        assert len(ast.parse(path.read_text(encoding="utf-8")).body) == 1, f"{path} is more than a docstring"


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_downwards(module: str) -> None:
    reach = ORDER[: ORDER.index(LAYER_OF[module]) + 1]
    assert {used for used in USES[module] if LAYER_OF[used] not in reach} == set()


def test_no_import_goes_round() -> None:
    TopologicalSorter(USES).prepare()


@pytest.mark.parametrize("package", RESERVED)
def test_an_edge_is_one_modules(package: str) -> None:
    assert {module for module, path in MODULES.items() if package in roots(path)} <= RESERVED[package]


@pytest.mark.parametrize("module", LAYERS["pure"].split())
def test_pure_modules_touch_nothing_outside(module: str) -> None:
    assert roots(MODULES[module]) & OUTSIDE == set()


@pytest.mark.parametrize("path", sorted((ROOT / "scripts").glob("*.py")), ids=lambda path: path.stem)
def test_scripts_do_without_the_tests(path: Path) -> None:
    assert roots(path).isdisjoint({"tests", "pytest", "hypothesis"})
