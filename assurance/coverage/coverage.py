"""Measures which lines and branches of the contracts the tests on a chain reach, and fails when one is missed.

python -m assurance.coverage.coverage [TESTS ...]     default: tests/contracts

The tests run in build/coverage, a copy of the project whose contracts are marked, on Anvil. The pages are in
reports/coverage. A condition has two branches, true and false; instrumentation.py defines what a condition is. What no
test can reach is explained in tests/coverage/explained.json. Exit status 1 means that something else was not reached,
that an explanation does not hold, or that the tests fail.
"""

import argparse
import json
import shutil
import subprocess
import sys
from typing import Any

from assurance.coverage.figures import complaints, gaps, istanbul, read_explained
from assurance.coverage.instrumented_copy import make_copy, program, run_tests
from tools.compilation import ROOT

COPY = ROOT / "build" / "coverage"
PAGES = ROOT / "reports" / "coverage"
EXPLAINED = ROOT / "tests" / "coverage" / "explained.json"


def report(figures: dict[str, Any]) -> None:
    """Print Istanbul's table, and write its pages; raises SystemExit when that fails."""
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    data = PAGES / "coverage.json"
    data.write_text(json.dumps(figures), encoding="utf-8")
    command = [program("node"), str(ROOT / "assurance" / "coverage" / "pages.mjs"), str(data), str(PAGES)]
    if subprocess.run(command, check=False).returncode != 0:  # noqa: S603
        raise SystemExit("Istanbul could not make the table (see above); run make build, which installs what it needs.")


def main() -> int:
    """Measure, print the table, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tests", nargs="*", default=["tests/contracts"], help="files or folders with tests")
    tests = parser.parse_args().tests
    explained = read_explained(EXPLAINED)
    print("Marking the contracts, and compiling them (about a minute) ...", flush=True)
    points = make_copy(COPY)
    print("Running the tests (about five minutes) ...", flush=True)
    counts = run_tests(COPY, tests)

    report({file: istanbul(points[file], counts, ROOT / file) for file in points})
    for each in explained:
        print(f"Explained: {each.gap}: {each.why}")
    wrong = complaints([gap for file in points for gap in gaps(points[file], counts)], explained)
    print("\n".join(wrong) or "Everything was reached, or is explained.")
    print(f"Line by line: {PAGES / 'index.html'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
