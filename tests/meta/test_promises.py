"""docs/promises.md: every sentence has an id of its own, a place that enforces it and tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in TEXT.splitlines() if re.match(r"\| P\d", line)]


def _places(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_every_family_has_sentences():
    assert {row[0].split(".")[0] for row in ROWS} == {f"P{number}" for number in range(1, 8)}


def test_ids_are_unique():
    ids = [row[0] for row in ROWS]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_places_exist(row):
    identifier, sentence, enforced, tested = row
    assert sentence.endswith("."), identifier
    assert _places(enforced), identifier
    assert _places(tested), identifier
    for place in _places(enforced):
        assert (ROOT / place).exists(), f"{identifier}: {place}"
    for place in _places(tested):
        assert "def test_" in (ROOT / "tests" / place).read_text(encoding="utf-8"), f"{identifier}: {place}"
