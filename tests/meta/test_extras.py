"""What `pip install .` and its extras install is what the code imports: all of it, and nothing else."""

import sys
from collections.abc import Iterable
from importlib.metadata import packages_distributions, requires

import pytest

from jamjar.cli.extras import EXTRAS
from tests.meta.imports import modules, outside, reached, uses
from tests.meta.project import PROJECT, names

PACKAGE = modules("jamjar")
USES = uses(PACKAGE)
COME_WITH = {"h11": "uvicorn", "referencing": "jsonschema", "starlette": "fastapi", "urllib3": "requests"}
"""Packages that are imported, and are the dependency's own in whose terms they are used."""
IN_NEWER_PYTHONS = {"tomli"}
"""Packages that the standard library has under another name, from a version on: imported and installed before it."""
ALONE = {"postgresql": {"psycopg"}}
"""Extras without commands: what is imported by name of a database's address, and not by a line of ours."""
SANDBOX = {"pyrevm", "rlp"}
"""Packages that the sandbox imports where a chain in its process is asked for."""
WHO_STARTS_IT = {"pytest"}
"""A package that is there when it imports our plugin of it."""
WHEN_USED = {"pages": {"python-multipart"}}
"""Of extras, what another package imports when it first needs it: Starlette for a form with a file."""

OLDER = {"tomli"}
"""Packages that stand in for a part of the standard library in an older Python."""
DATA = {"tzdata"}
"""Packages that only hold data, which the standard library reads where the system has none."""

ENTRIES = {"jamjar.cli.main", "jamjar.__main__"}  # they start every command
COMMANDS = {name: extra for extra in EXTRAS for name in PACKAGE if f"{name}.".startswith(f"jamjar.cli.{extra}.")}
OTHERS = [module for module in PACKAGE if module.startswith("jamjar.cli.") and module not in {*COMMANDS, *ENTRIES}]
SERVING = reached(COMMANDS, USES) - reached(OTHERS, USES)
LIBRARY = set(PACKAGE) - SERVING - ENTRIES


def packages(found: Iterable[str]) -> set[str]:
    """The packages that modules import, as Python names them."""
    imported = {name for module in found for name in outside(PACKAGE[module], module)}
    return imported - sys.stdlib_module_names - {"jamjar"}


def distributions(found: Iterable[str]) -> set[str]:
    """The names these packages are installed by."""
    known = {name: [name] for name in IN_NEWER_PYTHONS} | dict(packages_distributions())
    return {known[COME_WITH.get(name, name)][0].lower().replace("_", "-") for name in found}


def library() -> set[str]:
    """The packages that the library imports, without what other programs or an extra bring to the sandbox."""
    return packages(LIBRARY) - SANDBOX - WHO_STARTS_IT


def test_the_library_s_packages_are_the_dependencies() -> None:
    assert {"fastapi", "uvicorn"}.isdisjoint(library())
    assert library() >= OLDER
    assert distributions(library() - OLDER) | OLDER | DATA == names(PROJECT["dependencies"])


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_s_packages_are_what_its_commands_need_more(extra: str) -> None:
    more = packages(reached([name for name, of in COMMANDS.items() if of == extra], USES)) - library()
    assert more == EXTRAS[extra]
    assert distributions(more) | WHEN_USED.get(extra, set()) == names(PROJECT["optional-dependencies"][extra])


def test_extras_are_no_others() -> None:
    listed = dict(PROJECT["optional-dependencies"])
    (everything,) = listed.pop("all")
    assert everything == f"jamjar[{','.join(sorted(listed))}]"
    assert listed.pop("audit") == []
    assert names(listed.pop("sandbox")) == SANDBOX
    assert {extra: names(listed.pop(extra)) for extra in ALONE} == ALONE
    assert listed.keys() == EXTRAS.keys()


def test_what_comes_with_another_is_required_by_it() -> None:
    for name, of in COME_WITH.items():
        assert name in names(requires(of) or [])
