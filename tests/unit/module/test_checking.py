"""jamjar module new and check.

When a module is new                                 it passes, and its hash is printed; its own test passes
When several things are wrong                        each is one sentence, and the exit status is 1
When the page of documents, a test or pages are not  they are asked for
When a page fetches from elsewhere                   it is found
When the folder has another name than the module     it is found
When a new module's name or place is taken or bad    it is refused, and nothing is made
Given the modules of this repository                 each passes
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from jamjar.cli.main import app
from jamjar.errors import InvalidInput
from jamjar.module.checking import CHECKED, HEADINGS, check
from tests.meta.imports import ROOT
from tests.unit.module.scene import NAME, checked, made, manifest, sentences


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["module", *map(str, words)])


def test_a_new_module_passes(tmp_path: Path) -> None:
    assert run("new", NAME, "--folder", tmp_path).exit_code == 0
    found = run("check", tmp_path / NAME)
    assert found.exit_code == 0
    assert all(promise in found.output for promise in CHECKED)
    assert re.search(r"^Code hash: 0x[0-9a-f]{64}$", found.output, re.MULTILINE)
    own = check(tmp_path / NAME)
    assert own.findings == ()
    assert {own.result(promise) for promise in CHECKED} == {"holds", "no contract", "no pages"}


def test_its_own_test_passes(tmp_path: Path) -> None:
    words = [
        "-q",
        "-p",
        "no:pytest-brownie",
        "-p",
        "no:cacheprovider",
        f"--rootdir={tmp_path}",
        made(tmp_path) / "test_values.py",
    ]
    done = subprocess.run(
        [sys.executable, "-B", "-m", "pytest", *words], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert b"4 passed" in done.stdout


def test_each_finding_is_a_sentence(tmp_path: Path) -> None:
    folder = made(tmp_path, {"values.py": "import jamjar.vault.vault as v\n", "README.md": None, "a.pyc": b""})
    found = run("check", folder)
    assert found.exit_code == 1
    assert found.output.count("jamjar: ") == 3
    assert "Code hash" not in found.output


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    found = checked(tmp_path, {"module.toml": None})
    assert sentences(found) == [f"{tmp_path / NAME} has no module.toml; make a module with jamjar module new NAME."]
    assert {found.result(promise) for promise in CHECKED} == {"1 wrong", "not checked"}


HALF = {
    "no page": ({"README.md": None}, "README.md is not there"),
    "page silent": ({"README.md": f"# A\n\n{HEADINGS[0]}\n"}, "has no heading 'What it cannot show'"),
    "no test": ({"test_values.py": None, "test_on_the_ledger.py": None}, "has no test"),
    "no pages": ({"module.toml": manifest('# pages = "pages"  ', 'pages = "pages"\n#')}, "pages is not there or empty"),
    "another name": ({"module.toml": manifest('"library_card"', '"library"')}, "is not named as its module"),
}


@pytest.mark.parametrize(("changes", "said"), HALF.values(), ids=HALF)
def test_what_is_half_written_is_found(tmp_path: Path, changes: dict[str, str | None], said: str) -> None:
    assert [said in each for each in sentences(checked(tmp_path, changes))] == [True]


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ('<script src="https://a.example/x.js"></script>', True),
        ("<img src=//a.example/x.png>", True),
        ('<form action = "http://a.example">', True),
        ("<script>fetch('https://a.example')</script>", True),
        ("<script>new WebSocket(`wss://a.example`)</script>", True),
        ("<style>@import 'x'</style>", True),
        ("<style>a {background: url( //a.example/x)}</style>", True),
        ('<img src="x.png"><a href="/there">there</a> https://a.example', False),
    ],
)
def test_a_page_fetches_nothing_from_elsewhere(tmp_path: Path, page: str, wrong: bool) -> None:
    text = manifest('# pages = "pages"  ', 'pages = "pages"\n#')
    found = checked(tmp_path, {"module.toml": text, "pages/index.html": page})
    assert [finding.promise for finding in found.findings] == ["P5"] * wrong


@pytest.mark.parametrize("name", ["../other", "a/b", "Library", "", "class", "json", "jamjar", "x" * 32, "test_a"])
def test_a_name_is_refused(tmp_path: Path, name: str) -> None:
    found = run("new", "--folder", tmp_path, "--", name)
    assert isinstance(found.exception, InvalidInput)
    assert list(tmp_path.iterdir()) == []


def test_a_taken_place_is_refused(tmp_path: Path) -> None:
    (made(tmp_path) / "values.py").write_text("mine")
    assert isinstance(run("new", NAME, "--folder", tmp_path).exception, InvalidInput)
    assert (tmp_path / NAME / "values.py").read_text() == "mine"


def test_the_modules_here_pass() -> None:
    folders = [path.parent for path in sorted((ROOT / "modules").glob("*/*.py")) if path.name == "__init__.py"]
    assert {folder.name: sentences(check(folder)) for folder in folders} == {folder.name: [] for folder in folders}
