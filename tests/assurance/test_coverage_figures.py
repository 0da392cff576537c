"""Coverage: gaps without an explanation are reported, and so are explanations without a gap."""

import json
from pathlib import Path

import pytest

from assurance.coverage.figures import Explained, Gap, complaints, gaps, istanbul, read_explained
from assurance.coverage.instrumentation import Point


def point(kind, text, marks, within=None):
    return Point(kind, "A.sol", "f", text, (len(text), 4), (len(text), 9), marks, within)


# function f { if (x) { y; } }
POINTS = [
    point("function", "f", (1,)),
    point("statement", "if", (2,), within=0),
    point("condition", "x==", (3, 4), within=1),
    point("statement", "y = 1", (5,), within=1),
]
NEVER_TRUE, NEVER_RUN = Gap("A.sol", "f", "x==", "was never true"), Gap("A.sol", "f", "y = 1", "was never run")


@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        ((), [Gap("A.sol", "f", "f", "was never called")]),
        ((1,), [Gap("A.sol", "f", "if", "was never run")]),
        ((1, 2, 4), [NEVER_TRUE, NEVER_RUN]),
        ((1, 2, 3, 5), [Gap("A.sol", "f", "x==", "was never false")]),
        ((1, 2, 5), [NEVER_TRUE, Gap("A.sol", "f", "x==", "was never false")]),
        ((1, 2, 3, 4, 5), []),
    ],
)
def test_gaps(reached, expected):
    assert gaps(POINTS, dict.fromkeys(reached, 7)) == expected


def test_a_count_of_zero_is_a_gap():
    assert gaps(POINTS, {1: 0}) == gaps(POINTS, {})


def test_no_complaint_when_each_gap_is_explained():
    assert complaints([NEVER_TRUE, NEVER_RUN], [Explained(NEVER_RUN, "why"), Explained(NEVER_TRUE, "why")]) == []


def test_a_gap_that_is_not_explained():
    assert complaints([NEVER_TRUE, NEVER_RUN], [Explained(NEVER_RUN, "why")]) == [
        "Not covered: A.sol, f: x== was never true; add a test, or explain it."
    ]


def test_one_explanation_does_not_cover_two_gaps():
    assert len(complaints([NEVER_TRUE, NEVER_TRUE], [Explained(NEVER_TRUE, "why")])) == 1


def test_an_explanation_that_does_not_hold():
    (complaint,) = complaints([], [Explained(NEVER_TRUE, "why")])
    assert complaint.startswith("Explained, but covered or absent: A.sol, f: x== was never true")


def test_istanbul_has_a_branch_of_two_ways_for_a_condition():
    figures = istanbul(POINTS, {1: 3, 2: 3, 4: 3}, Path("/A.sol"))
    assert (figures["f"], figures["s"], figures["b"]) == ({"0": 3}, {"0": 3, "1": 0}, {"0": [0, 3]})
    place = {"start": {"line": 3, "column": 4}, "end": {"line": 3, "column": 9}}
    assert figures["branchMap"]["0"]["locations"] == [place, place]
    assert figures["path"] == "/A.sol"


def entry(**changes):
    return {"file": "A.sol", "function": "f", "text": "x==", "missed": "was never true", "why": "cannot be"} | changes


def test_explanations(tmp_path):
    path = tmp_path / "explained.json"
    path.write_text(json.dumps([entry()]), encoding="utf-8")
    assert read_explained(path) == [Explained(NEVER_TRUE, "cannot be")]


@pytest.mark.parametrize("content", ["", "{", '["a"]', "[{}]", "1", json.dumps([entry(why=" ")])])
def test_invalid_explanations(content, tmp_path):
    path = tmp_path / "explained.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit, match=r"explained\.json (cannot be read|gives no reason)"):
        read_explained(path)
