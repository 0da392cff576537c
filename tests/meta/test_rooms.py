"""The rooms of the house, and its walls: who imports whom, compared with one table in both directions."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.meta.imports import GROUND as FOLDERS
from tests.meta.imports import ROOT, imported, modules, outside, reached, uses
from tests.meta.room_table import EDGES, FLOORS, GROUND, IO, ROOM_EDGES, ROOMS, WALLS, WITHOUT_IO

PACKAGE = modules("jamjar")
USES = uses(PACKAGE)
EVERYTHING = modules(*FOLDERS)


def room_of(module: str) -> str:
    return [*module.split("."), ""][1]


def within(module: str, named: str) -> bool:
    return f"{module}.".startswith(f"jamjar.{named}.")


def arrows() -> set[tuple[str, str]]:
    found = {(room_of(a), room_of(b)) for a, used in USES.items() for b in used}
    return {(a, b) for a, b in found if a and b and a != b}


def test_every_arrow_is_in_the_table_and_every_entry_is_used() -> None:
    assert arrows() == {(room, other) for room, may in ROOMS.items() for other in may}
    assert {room_of(module) for module in PACKAGE} - {""} == ROOMS.keys()


def test_arrows_go_down() -> None:
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    assert [(a, b) for a, b in arrows() if floor[a] <= floor[b]] == []


def test_no_import_goes_round() -> None:
    TopologicalSorter(
        {module: {used for used in of if PACKAGE[used].stem != "__init__"} for module, of in USES.items()}
    ).prepare()


def test_a_room_is_its_modules() -> None:
    for path in (path for folder in FOLDERS for path in (ROOT / folder).rglob("__init__.py")):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert path == ROOT / "jamjar" / "__init__.py" or len(body) == 1, f"{path} is more than a docstring"
        assert isinstance(body[0], ast.Expr), f"{path} has no docstring"


@pytest.mark.parametrize("folder", FOLDERS)
def test_folders_import_only_those_before_them(folder: str) -> None:
    found = {
        name
        for module, path in modules(folder).items()
        for name in outside(path, module)
        if name in FOLDERS and name != folder
    }
    assert found <= GROUND[folder]


@pytest.mark.parametrize(("inside", "forbidden"), WALLS.items(), ids=lambda value: "-".join(value)[:40])
def test_walls(inside: tuple[str, ...], forbidden: str) -> None:
    """What reads banks and plans reaches nothing that signs or connects (promise P4.3)."""
    start = [module for module in PACKAGE if any(within(module, each) for each in inside)]
    seen = reached(start, USES)
    assert {"jamjar.vault.vault", "jamjar.bank.book", "jamjar.plan.budget", "jamjar.wallet.jars"} <= seen
    assert [module for module in seen if any(within(module, room) for room in forbidden.split())] == []
    packages = {package for module in seen for package in outside(PACKAGE[module], module)}
    assert packages.isdisjoint({"web3", "requests", "socket", "http", "urllib3", "eth_account", "coincurve", "fastapi"})


FORMS = {
    "from jamjar import ledger, protocol": {"jamjar.ledger", "jamjar.protocol"},
    "from jamjar.protocol import signing": {"jamjar.protocol.signing"},
    "from ..protocol.signing import ConsentKey": {"jamjar.protocol.signing"},
    "from .. import ledger": {"jamjar.ledger"},
    "import jamjar.ledger.ledger as x": {"jamjar.ledger.ledger"},
    "def late():\n    from jamjar.mailbox import client": {"jamjar.mailbox.client"},
    "importlib.import_module('jamjar.ledger.rpc')": {"jamjar.ledger.rpc"},
    "__import__('jamjar.protocol.signing')": {"jamjar.protocol.signing"},
}


@pytest.mark.parametrize(("line", "found"), FORMS.items())
def test_the_walk_follows_every_form_of_import(line: str, found: set[str]) -> None:
    assert found <= imported(line, "jamjar.wallet.jars")


@pytest.mark.parametrize("line", [line for line in FORMS if "\n" not in line])
def test_a_hole_in_the_wall_is_seen(tmp_path: Path, line: str) -> None:
    """Each form of import, put into the jars module, is an arrow to a room beyond the wall."""
    copy = tmp_path / "jars.py"
    copy.write_text(f"{line}\n" + PACKAGE["jamjar.wallet.jars"].read_text(encoding="utf-8"), encoding="utf-8")
    seen = reached(["jamjar.wallet.jars"], uses({**PACKAGE, "jamjar.wallet.jars": copy}))
    assert any(within(module, room) for module in seen for room in ("ledger", "protocol", "mailbox"))


@pytest.mark.parametrize("package", EDGES)
def test_an_edge_is_its_modules(package: str) -> None:
    found = {module for module, path in PACKAGE.items() if package in outside(path, module)}
    found = {module for module in found if not within(module, "sandbox")}
    assert found == {f"jamjar.{each}" for each in EDGES[package].split()}


def test_no_other_package_is_imported() -> None:
    import sys

    known = {"jamjar", *EDGES, *ROOM_EDGES} | sys.stdlib_module_names
    assert {name for module, path in PACKAGE.items() for name in outside(path, module)} <= known


@pytest.mark.parametrize("package", ROOM_EDGES)
def test_an_edge_is_its_rooms(package: str) -> None:
    found = {room_of(module) for module, path in PACKAGE.items() if package in outside(path, module)}
    assert found == ROOM_EDGES[package]


@pytest.mark.parametrize("room", WITHOUT_IO)
def test_pure_rooms_touch_nothing_outside(room: str) -> None:
    found = {module: outside(path, module) & IO for module, path in PACKAGE.items() if within(module, room)}
    assert {module: names for module, names in found.items() if names} == {}


def test_the_suites_are_not_imported() -> None:
    plugin = "jamjar.sandbox.pytest_plugin"
    assert "pytest" in outside(EVERYTHING[plugin], plugin)
    for module, path in EVERYTHING.items():
        in_a_test = module.startswith("tests") or (
            module.startswith("modules") and path.name.startswith(("test_", "conftest."))
        )
        if not in_a_test and module != plugin:
            assert outside(path, module).isdisjoint({"tests", "pytest", "hypothesis"}), module
