"""Ways round the check of a module, each of which an attacker could try, and that people would hardly see.

Given Python that runs as another text than it is read as        it is found: an encoding, or signs that are not shown
Given an import that is no import statement, or no Jamjar name   it is found
Given a file of the module that is named as a package elsewhere  it does not declare the package
Given pages that fetch in other spellings of an address          it is found
Given folders that differ in capitals                            they are found
Given a name of a value                                          a manifest takes it exactly where a set does
"""

from pathlib import Path

import pytest

from jamjar.consent.named import ValueKind
from jamjar.disclosure.named_set import NamedSet
from jamjar.errors import InvalidInput
from jamjar.module.manifest import parsed
from jamjar.module.python_rules import import_findings
from tests.unit.module.scene import checked, manifest, sentences
from tests.unit.module.test_python_rules import MANIFEST

READ_OTHERWISE = {
    "UTF-7": "# coding: utf-7\n# +AAo-import jamjar.vault.vault as v\n",
    "escapes": "#!/usr/bin/python\n# -*- coding: unicode_escape -*-\n# \\nimport jamjar.vault.vault as v\n",
    "raw escapes": "# vim: set fileencoding=raw_unicode_escape :\n# \\u000aimport jamjar.vault.vault as v\n",
    "turned round": 'LEVEL = "user\u202e \u2066# only for admins\u2069 \u2066"\n',
    "not shown": "a\u200b = 1\n",
    "a form feed hides a long line": "x = 1 #" + " " * 100 + "\f" + " " * 100 + "y\n",
}


@pytest.mark.parametrize("text", READ_OTHERWISE.values(), ids=READ_OTHERWISE)
def test_python_runs_as_it_is_read(tmp_path: Path, text: str) -> None:
    assert sentences(checked(tmp_path, {"values.py": text, "test_values.py": "A = 1\n"}))


def test_the_encoding_may_be_said(tmp_path: Path) -> None:
    assert sentences(checked(tmp_path, {"more.py": "# -*- coding: UTF-8 -*-\nA = 'caf\u00e9'\n"})) == []


@pytest.mark.parametrize(
    "source",
    [
        "import _frozen_importlib as f\nf._gcd_import('jamjar.vault.secret')",
        "from _frozen_importlib_external import SourceFileLoader",
        "import _imp",
        "import _pickle",
        "import _posixsubprocess",
        "from json import __loader__ as f\nf.load_module('jamjar.vault.vault')",
        "from json import __builtins__ as b",
        "import os\nmatch os:\n    case object(sys=s):\n        pass",
        "import pydoc\npydoc.locate('jamjar.vault.secret')",
        "from timeit import timeit\ntimeit('import jamjar.vault.secret')",
        "import cProfile",
        "import doctest",
        "from pdb import run",
        "\uff45\uff58\uff45\uff43('import jamjar.vault')",
    ],
)
def test_no_import_but_by_import(source: str) -> None:
    assert list(import_findings("values.py", source, MANIFEST))


@pytest.mark.parametrize("path", ["deep/web3.py", "web3.py", "web3/__init__.py"])
def test_a_file_declares_no_package(tmp_path: Path, path: str) -> None:
    said = sentences(checked(tmp_path, {path: "", "values.py": "import web3\n", "test_values.py": "A = 1\n"}))
    assert [each for each in said if "web3 is not declared" in each]


@pytest.mark.parametrize(
    "page",
    [
        '<img srcset="https://a.example/x.png 2x">',
        '<img src=" https://a.example/x.png">',
        '<img src="&#104;ttps://a.example/x.png">',
        '<img src="\\\\a.example/x.png">',
        '<img src="https:\\\\a.example/x.png">',
        '<object data="//a.example/x">',
        '<video poster="https://a.example/x">',
        '<meta http-equiv="refresh" content="0;url=https://a.example">',
        "<script type=module>import x from 'https://a.example/x.js'</script>",
        "<script>location = 'https://a.example/?' + secret</script>",
        "<style>a {background: image-set('https://a.example/x' 1x)}</style>",
        '<body background="//a.example/x">',
    ],
)
def test_pages_fetch_by_no_spelling(tmp_path: Path, page: str) -> None:
    text = manifest('# pages = "pages"  ', 'pages = "pages"\n#')
    found = checked(tmp_path, {"module.toml": text, "pages/index.html": page})
    assert [finding.promise for finding in found.findings] == ["P5"]


def test_folders_that_some_machines_confuse(tmp_path: Path) -> None:
    said = sentences(checked(tmp_path, {"Deep/one.txt": "1", "deep/two.txt": "2"}))
    assert said == ["deep and Deep differ in capitals alone, which some machines cannot keep apart; rename one."]


@pytest.mark.parametrize(
    "name",
    ["born", "a.b", "a-b", "a.1", "a_", "x" * 64, "x" * 65, "a..b", "a.", ".a", "1a", "A", "a:b", "\uff41", "a\n", ""],
)
def test_a_set_and_a_manifest_have_the_same_names(name: str) -> None:
    def is_taken(by: object) -> bool:
        try:
            return bool(by())  # type: ignore[operator]
        except InvalidInput:
            return False

    quoted = '"' + name.replace("\n", "\\n") + '" = "date"'
    in_set = is_taken(lambda: NamedSet("org.example", {name: ValueKind.DATE}))
    assert is_taken(lambda: parsed(manifest('opened = "date"', quoted).encode())) == in_set
