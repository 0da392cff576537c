"""Builds the package, installs it as its users do, and looks at what is there; `make package` runs it.

dist/ gets the sdist, built from this checkout, and the wheel, built from that sdist. What the package needs is then
downloaded as requirements/runtime.txt says, hash by hash; everything after that happens without an index, outside of
the checkout, in three environments that are empty at first:

all       the whole lock is installed: commands start, and the files that the package carries can be read
library   what the wheel asks for is installed: the same, or a command says which extra it needs, and starts with that
trial     what docs/tutorial.md installs: the ten lines of README.md and the tutorial's first test run, without a node

Exit status: 0 if all this is so, 1 if it is not.
"""

import tempfile
import venv
from pathlib import Path

from jamjar import __version__
from tools.trial import check_trial, without_node
from tools.wheel import ROOT, build, check_contents, install, pip, run

LOCK = ROOT / "requirements" / "runtime.txt"
HELP = (["--help"], ["wallet", "--help"], ["mailbox", "serve", "--help"])
# For each extra, a command that needs it, and that fails all the same in an empty folder.
NEEDS = {
    "hop": ["hop", "serve", "--database", "none"],
    "mailbox": ["mailbox", "serve"],
    "pages": ["wallet", "open"],
    "relayer": ["relayer", "serve", "--account", "none"],
    "witness": ["witness", "serve", "--key-file", "none", "--log", "none"],
    "postgresql": ["relayer", "status", "--database", "postgresql://127.0.0.1:1/none"],
}


def environment(folder: Path) -> Path:
    """Make an environment with nothing in it, not even pip."""
    venv.create(folder, symlinks=True)
    return folder


def check_installed(where: Path, place: Path, *options: str) -> None:
    """Check that commands start, and that modules and files can be read: of the extras, too, if `options` say so."""
    pip("--python", where / "bin" / "python", "check", at=place)
    for words in HELP:
        run(where / "bin" / "jamjar", *words, at=place)
    if (printed := run(where / "bin" / "jamjar", "--version", at=place)) != f"jamjar {__version__}\n":
        raise SystemExit(f"jamjar --version: {printed}")
    print(run(where / "bin" / "python", "-I", ROOT / "tools" / "installed.py", *options, at=place), end="")


def check_extras(where: Path, wheel: Path, wheels: Path, place: Path) -> None:
    """Check that each command says which extra it needs, and no longer once that is installed as it says."""
    for extra, words in NEEDS.items():
        print(said := run(where / "bin" / "jamjar", *words, at=place, status=1), end="")
        if f"install them with Jamjar's wheel: pip install 'FILE.whl[{extra}]'." not in said:
            raise SystemExit(f"jamjar {' '.join(words)} does not name its extra.")
    print("With its extra:")
    for extra, words in NEEDS.items():
        install(f"{wheel}[{extra}]", into=where, wheels=wheels)
        print(said := run(where / "bin" / "jamjar", *words, at=place, status=1), end="")
        if "pip install" in said:
            raise SystemExit(f"jamjar {' '.join(words)} has its extra, and does not go on.")


def main() -> None:
    """Build, install, look."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        wheel, wheels = build(place), place / "wheels"
        check_contents(wheel)
        print("Downloading what it needs ...", flush=True)
        pip("download", "-q", "--require-hashes", "-r", LOCK, "-d", wheels, at=place)
        everything, library = environment(place / "all"), environment(place / "library")
        print("With the whole lock:", flush=True)
        install("--require-hashes", "-r", LOCK, into=everything, wheels=wheels)
        install("--no-deps", wheel, into=everything, wheels=wheels)
        check_installed(everything, place, "--complete")
        print("With no extra:", flush=True)
        install(wheel, into=library, wheels=wheels)
        check_installed(library, place)
        without_node(library, place)
        check_extras(library, wheel, wheels, place)
        print("As the tutorial installs it:", flush=True)
        check_trial(environment(place / "trial"), wheels, place)


if __name__ == "__main__":
    main()
