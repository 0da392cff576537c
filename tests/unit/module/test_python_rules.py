"""What the Python of a module may import.

When a private room is imported, by whatever form of import   it is found, with its line
When a public name, an own file, a declared package is        nothing is found
When code could import what nobody reads                      it is found
When a file is no Python, or is too long to be read           it is found, and not parsed
"""

from pathlib import Path

import pytest

from jamjar.module.manifest import parsed
from jamjar.module.python_rules import import_findings, is_test, public_names
from tests.unit.module.scene import checked, manifest, sentences

REFUSED = [
    "import jamjar.ledger.rpc",
    "import jamjar.ledger.rpc as r",
    "import jamjar",
    "import jamjar.plan.money",
    "from jamjar import ledger",
    "from jamjar import *",
    "from jamjar.plan import *",
    "from jamjar.plan.money import *",
    "from jamjar.vault import secret",
    "from jamjar.vault.secret import LABEL",
    "from jamjar.plan.budget import strict_json",
    "from jamjar.plan.budget import _check",
    "from jamjar.plan import budget\nbudget.strict_json",
    "import jamjar.plan.budget as b\ngetattr(b, 'strict_json')",
    "import jamjar.plan.budget as b\nother = b",
    "def late():\n    from jamjar.mailbox import client",
    "if False:\n    import jamjar.vault.vault as v",
    "try:\n    pass\nfinally:\n    import jamjar.vault.vault as v",
    "import importlib",
    "from importlib import import_module as f",
    "import importlib.util",
    "__import__('jamjar.vault')",
    "import builtins",
    "getattr(__builtins__, '__imp' + 'ort__')",
    "import sys\nsys.modules['jamjar.vault']",
    "from sys import modules",
    "import sys as s\ns.argv",
    "import os\nos.sys.modules",
    "from os import sys",
    "import sys\nother = sys\nother.modules",
    "import sys\nsys.path.append('/tmp')",
    "import sys\nsys.meta_path.clear()",
    "from sys import *",
    "import runpy",
    "import pkgutil",
    "import subprocess",
    "import ctypes",
    "import pickle",
    "exec('import jamjar.vault')",
    "eval('1')",
    "compile('1', '', 'eval')",
    "f = eval",
    "().__class__.__base__.__subclasses__()",
    "(lambda: 0).__globals__",
    "__loader__.load_module('jamjar.vault')",
    "__spec__.loader",
    "from .. import other",
    "from ..other import thing",
    "from ...jamjar.vault import vault",
    "import modules.other.thing",
    "from modules.other import thing",
    "from modules import other",
    "import modules",
    "from modules.values import thing",
    "import numpy",
    "import pytest",
    "from .test_values import helper",
    "from . import test_values",
    "from library_card.test_values import helper",
    "from modules.library_card import conftest",
    "import web3",
    "import values",
    "import tests.support",
]
ALLOWED = [
    "from jamjar.errors import InvalidInput",
    "from jamjar.consent.purpose import check_purpose as cp",
    "from jamjar.plan import money\nmoney.pence(1, 'x')",
    "import jamjar.plan.money as m\nm.MAX_PENCE",
    "import json, hashlib, sys\nsys.argv",
    "from . import values",
    "from .values import checked",
    "from library_card.values import checked",
    "from modules.library_card.values import checked",
    "from modules.library_card import values",
    "from __future__ import annotations",
    "import declared_one.sub",
    "import re\nre.compile('a')",
    "import os\nos.path.join('a', 'b')",
]
MANIFEST = parsed(manifest("packages = []", 'packages = ["declared_one"]').encode())


def found(source: str, path: str = "values.py") -> list[str]:
    return list(import_findings(path, source, MANIFEST))


@pytest.mark.parametrize("source", REFUSED)
def test_it_is_found(source: str) -> None:
    said = found(source)
    assert said
    assert [each for each in said if not each.startswith("values.py, line ") or "; " not in each] == []


@pytest.mark.parametrize("source", ALLOWED)
def test_nothing_is_found(source: str) -> None:
    assert found(source) == []


def test_a_folder_in_it_may_import_the_one_above() -> None:
    assert found("from ..values import checked", "deep/more.py") == []
    assert found("from ...other import checked", "deep/more.py")


def test_a_test_may_import_what_tests_need() -> None:
    assert found("import pytest\nfrom .values import checked", "test_values.py") == []
    assert found("import jamjar.vault.vault", "test_values.py")
    assert [is_test(path) for path in ("test_a.py", "deep/test_a.py", "conftest.py", "latest_a.py")] == [1, 1, 1, 0]


@pytest.mark.parametrize(
    "source",
    ["def", "a = (", "\tx\n y", "(" * 100 * 50, "\n".join("(" * 100 for _ in range(390)), "x = 1 #" + "y" * 120],
)
def test_what_cannot_be_read_is_found(source: str) -> None:
    assert len(found(source)) == 1


def test_code_that_is_no_part_of_it_is_found_in_a_folder(tmp_path: Path) -> None:
    said = sentences(checked(tmp_path, {"values.py": "import jamjar.vault.vault as v\n" + "#\n" * 400}))
    assert any("no public module of Jamjar" in each for each in said)
    assert any("has 402 lines of Python" in each for each in said)


def test_public_names_are_those_of_the_document() -> None:
    assert "InvalidInput" in public_names()["jamjar.errors"]
    assert "jamjar.vault.vault" not in public_names()
