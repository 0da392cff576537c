"""The phone's page is the same bytes wherever it is built, and its core agrees with every vector."""

import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from jamjar.service.served_page import read_release

ROOT = Path(__file__).parents[2]
PHONE = ROOT / "phone"
NPM = shutil.which("npm")
MOST_CORE, MOST, WIDEST = 1000, 3500, 140
"""Lines of code without blank ones and comments, of the core and of all with its tests; a core line's characters."""

KINDS = {".ts", ".mjs", ".css", ".html", ".py"}

needs_packages = pytest.mark.skipif(
    not (PHONE / "node_modules").is_dir(), reason="the phone's packages are not installed: make phone-build"
)


def run(name: str, folder: Path = PHONE) -> str:
    done = subprocess.run([str(NPM), "run", "--silent", name], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def built(folder: Path) -> dict[str, bytes]:
    """Every file of a build, by its path."""
    dist = folder / "dist"
    return {path.relative_to(dist).as_posix(): path.read_bytes() for path in dist.rglob("*") if path.is_file()}


def code_lines(*folders: str) -> int:
    texts = [
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in KINDS
    ]
    lines = [line.strip() for text in texts for line in text.splitlines()]
    return sum(bool(line) and not line.startswith(("//", "/*", "*")) for line in lines)


@needs_packages
def test_every_vector_agrees_in_node() -> None:
    assert run("check").strip().endswith(" checks, 0 groups failed")


@needs_packages
def test_two_builds_are_the_same(tmp_path: Path) -> None:
    made = []
    for name in ("one", "another/folder"):
        folder = tmp_path / name / "phone"
        shutil.copytree(PHONE, folder, ignore=shutil.ignore_patterns("node_modules", "dist"))
        (folder / "node_modules").symlink_to(PHONE / "node_modules")
        shutil.copytree(ROOT / "vectors", folder.parent / "vectors")
        run("build", folder)
        made.append(built(folder))
    one, another = made
    assert one == another
    assert {"jamjar.html", "site/index.html", "site/app.js", "site/sw.js"} <= one.keys()
    assert one.pop("site/SHA256SUMS") == one["SHA256SUMS"]
    release = read_release(one["SHA256SUMS"].decode())
    assert release == {
        name.removeprefix("site/"): sha256(data).digest() for name, data in one.items() if name.startswith("site/")
    }


def test_the_page_asks_for_nothing_of_others() -> None:
    policy = (PHONE / "build.mjs").read_text(encoding="utf-8")
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    sources = [path.read_text(encoding="utf-8") for path in (PHONE / "src").rglob("*.ts")]
    assert not [text for text in sources for sink in ("innerHTML", "eval(", "document.write") if sink in text]


def test_it_stays_small() -> None:
    core = [path.read_text(encoding="utf-8") for path in (PHONE / "src" / "core").iterdir()]
    assert max(len(line) for text in core for line in text.splitlines()) <= WIDEST
    assert code_lines("phone/src/core") <= MOST_CORE
    assert code_lines("phone/src", "phone/test", "tests/phone") <= MOST
