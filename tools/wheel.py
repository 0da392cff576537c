"""Builds the sdist and the wheel, and installs wheels, with the pip of this environment and without an index."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
_OURS = ("PYTHON", "JAMJAR_", "PIP_")
_SDIST = "import sys; from setuptools.build_meta import build_sdist; build_sdist(sys.argv[1])"


def run(*command: object, at: Path, status: int = 0) -> str:
    """Run a command in a folder, without this checkout's variables, and return what it printed.

    Raises SystemExit with that when it ends with another exit status than it should.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    words = list(map(str, command))
    done = subprocess.run(words, cwd=at, env=kept, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != status:
        raise SystemExit(f"{' '.join(words)}: exit status {done.returncode}, not {status}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def pip(*words: object, at: Path) -> None:
    """Run pip in a folder."""
    run(sys.executable, "-m", "pip", "--disable-pip-version-check", *words, at=at)


def install(*words: object, into: Path, wheels: Path) -> None:
    """Install into an environment what lies in a folder of wheels."""
    pip("--python", into / "bin" / "python", "install", "--no-index", "--find-links", wheels, *words, at=wheels)


def build(place: Path) -> Path:
    """Build dist/: the sdist from a copy of what belongs into it, and the wheel, which is returned, from the sdist."""
    source = place / "source"
    shutil.copytree(ROOT / "jamjar", source / "jamjar", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.rmtree(DIST, ignore_errors=True)
    run(sys.executable, "-c", _SDIST, DIST, at=source)
    pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", DIST, *DIST.iterdir(), at=place)
    (wheel,) = DIST.glob("*.whl")
    return wheel


def check_contents(wheel: Path) -> None:
    """Print what a wheel holds; raises SystemExit unless that is jamjar/, all of it, and what describes the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    others = [name for name in sizes if not name.endswith(".py")]
    print(f"{wheel.name}: {wheel.stat().st_size} bytes, {len(sizes) - len(others)} modules, and")
    print(*(f"{sizes[name]:8} {name}" for name in others), sep="\n")
    packed = {name for name in sizes if ".dist-info/" not in name}
    there = {path for path in (ROOT / "jamjar").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    if wrong := packed ^ {path.relative_to(ROOT).as_posix() for path in there}:
        raise SystemExit(f"In the wheel or in the checkout, and not in both: {', '.join(sorted(wrong))}")
