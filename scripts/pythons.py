"""Runs the unit tests once on the oldest and once on the newest Python at hand that Jamjar supports.

python -m scripts.pythons [--cores 2]

Each has an environment of its own, .venv-tests-X.Y, with the packages of requirements/tests.txt; Brownie is in none.
The Python that runs this is left out, as `make test-unit` uses it, and so are tests that other programs judge.
Both run at once, each with so many processes, as tests wait, too; what each prints is shown once it has ended.
Exit status 1 when a test fails, after all ran.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from scripts.interpreters import Version, candidates, chosen, name, supported

ROOT = Path(__file__).parents[1]
JUDGED_ELSEWHERE = (
    "audit/test_page_in_a_browser.py",
    "crypto/test_openzeppelin_merkle.py",
    "disclosure/test_export_reference.py",
    "explorer/test_pages_in_a_browser.py",
    "wallet/test_import_costs.py",
)
"""Of the unit tests, what Chromium or Node judge, or the machine's memory: the same on each Python."""
LOCKS = [ROOT / "requirements" / name for name in ("build.txt", "tests.txt")]


def environment(version: Version, interpreter: Path) -> Path:
    """Return the bin folder of a version's environment, made anew when a lock has changed."""
    folder = ROOT / f".venv-tests-{name(version)}"
    digest = hashlib.sha256(b"".join(lock.read_bytes() for lock in (*LOCKS, ROOT / "pyproject.toml"))).hexdigest()
    made = folder / "made-of"
    if not made.exists() or made.read_text(encoding="ascii") != digest:
        print(f"Installing packages for Python {name(version)} (about a minute) ...", flush=True)
        pip: tuple[str | Path, ...] = (folder / "bin" / "pip", "install", "-q", "--disable-pip-version-check")
        run(interpreter, "-m", "venv", "--clear", folder)
        run(*pip, "--require-hashes", "-r", LOCKS[0])
        run(*pip, "--require-hashes", "--no-build-isolation", "-r", LOCKS[1])
        run(*pip, "--no-deps", "--no-build-isolation", "-e", ROOT)
        made.write_text(digest, encoding="ascii")
    return folder / "bin"


def run(*command: str | Path) -> None:
    """Run a command; raises CalledProcessError when it fails."""
    subprocess.run(command, check=True)  # noqa: S603


def test(version: Version, interpreter: Path, cores: int) -> tuple[Version, subprocess.CompletedProcess[str]]:
    """Run the tests on one, with so many processes, and return how they ended, with what they printed."""
    folder = environment(version, interpreter)
    at_work = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    left_out = (f"--ignore=tests/unit/{each}" for each in JUDGED_ELSEWHERE)
    command = [str(folder / "python"), "-m", "pytest", "-q", "-n", str(cores), "tests/unit", *left_out]
    return version, subprocess.run(  # noqa: S603
        command, check=False, cwd=ROOT, env=at_work, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def main() -> int:
    """Run the tests on each; print how each ended."""
    parser = argparse.ArgumentParser(prog="python -m scripts.pythons", description=__doc__.splitlines()[0])
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1, help="how many to use (default: all)")
    cores, failed = parser.parse_args().cores, False
    ends, sentence = chosen(supported(candidates(os.environ["PATH"], Path.home())), sys.version_info[:2])
    print(sentence, flush=True)
    with ThreadPoolExecutor(max(1, len(ends))) as pool:
        for ended in as_completed([pool.submit(test, *each, cores) for each in ends.items()]):
            version, tested = ended.result()
            print(
                f"{tested.stdout}Python {name(version)} ended {'BADLY' if tested.returncode else 'well'}.", flush=True
            )
            failed |= tested.returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
