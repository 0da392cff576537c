"""What documents point at: a file of the project, or a function in one, as `path::function`."""

import itertools
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"


def rows(document: str) -> list[list[str]]:
    """The cells of every table row of a document in docs/, without heads and rules."""
    lines = (ROOT / "docs" / document).read_text(encoding="utf-8").splitlines()
    tables = [line for line in lines if line.startswith("|") and not line.startswith("|---")]
    heads = {before for before, line in itertools.pairwise(lines) if line.startswith("|---")}
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in tables if line not in heads]


def named(cell: str) -> list[str]:
    """The places a cell names, in backticks."""
    return re.findall(r"`([^`]+)`", cell)


def missing(place: str, folder: Path = TESTS) -> str:
    """Why a place is not there; empty when it is. In a file of tests there must be a test."""
    path, _, function = place.partition("::")
    file = folder / path
    if not file.exists():
        return f"there is no {file.relative_to(ROOT)}"
    if folder != TESTS:
        return ""
    wanted = rf"(def|function) {function}\b" if function else r"(def test_|function (check|invariant|test)\w*)"
    return "" if re.search(wanted, file.read_text(encoding="utf-8")) else f"{path} has no {function or 'test'}"
