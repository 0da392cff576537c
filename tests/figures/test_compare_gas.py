"""Gas is within its bounds, well below EAS's in the same run, and the picture shows it."""

import json
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from benchmarks.gas.chart import svg
from benchmarks.gas.compare import PICTURE, REPORT
from benchmarks.gas.comparison_rows import Row, over
from benchmarks.gas.floor import floor, terms

# Of batches, as docs/adr/0028-gas.md has them.
BOUNDS = {
    ("grant", 1): 70_500,
    ("commitment, first", 100): 34_200,
    ("commitment, replacing", 100): 17_500,
    ("use", 100): 9_800,
    ("withdrawal", 100): 13_000,
}
# EAS 1.9.0 as the project's owner measured it, with a program of their own.
MEASURED_BEFORE = {
    "attest": 200_272,
    "multiAttestByDelegation, first of each of 100 signers": 207_975,
    "multiAttestByDelegation, later of each of 100 signers": 190_877,
    "revoke": 59_878,
    "multiRevoke of 100": 25_906,
    "timestamp": 45_869,
}


@pytest.fixture(scope="module")
def report():
    run = subprocess.run([sys.executable, "-m", "benchmarks.gas.compare"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return json.loads(REPORT.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rows(report):
    return {(row["kind"], row["size"]): Row(**row) for row in report["rows"]}


@pytest.mark.parametrize("name", BOUNDS, ids=str)
def test_it_is_within_its_bounds(rows, name):
    assert rows[name].jamjar <= rows[name].bound == BOUNDS[name]


def test_it_is_well_below_eas(rows):
    for row in rows.values():
        assert row.times > (2 if row.kind == "withdrawal" else 3), row


def test_it_is_above_the_floor(rows):
    for row in rows.values():
        assert row.above > 1, row


@pytest.mark.parametrize("name", MEASURED_BEFORE)
def test_eas_uses_what_it_was_measured_to_use_before(report, name):
    assert report["easUnchecked"][name] == pytest.approx(MEASURED_BEFORE[name], rel=0.001)


def test_the_picture_shows_what_is_measured(rows):
    assert PICTURE.read_text(encoding="utf-8") == svg(list(rows.values())), "python -m benchmarks.gas.compare --write"


def test_the_picture_says_it_in_words(rows):
    title, description, *_ = ElementTree.fromstring(PICTURE.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    assert title.text == "Gas an item, beside EAS"
    for row in (rows[name] for name in BOUNDS):
        assert f"EAS {row.eas:,}, Jamjar {row.jamjar:,}, floor {row.floor:,}." in description.text


def test_what_exceeds_its_bound_is_said():
    found = [Row("use", 1, 9, 11, 1, None), Row("use", 10, 9, 10, 1, 10), Row("use", 100, 9, 11, 1, 10)]
    assert over(found) == ["use, 100 in one transaction: 11 gas each, more than 10."]


# The design's floors, which read no consent for a commitment: 41 above ours, whose terms have no hashing.
@pytest.mark.parametrize(
    ("kind", "size", "design", "near"),
    [
        ("commitment, first", 100, 28_631, 42),
        ("commitment, replacing", 100, 11_531, 42),
        ("use", 100, 4_825, 0),
        ("grant", 1, 50_000, 200),
    ],
)
def test_the_floor_is_the_designs(kind, size, design, near):
    read = sum(term.gas for term in terms(kind, size) if term.name == "consent read") if "commitment" in kind else 0
    assert floor(kind, size) - read == pytest.approx(design, abs=near)
