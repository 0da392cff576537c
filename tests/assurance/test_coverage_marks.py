"""Marking: every place that can be reached gets its own mark, and the program stays the same.

Each function and modifier with a body    has one mark, first in the body
Each statement                            has one mark before it; a single statement as a body is put in braces
Each condition                            has two numbers, and keeps its value
Anything else, and every line's number    stays the same
"""

import json
import subprocess
from itertools import count
from pathlib import Path

import pytest

from assurance.coverage.instrumentation import IMPORT, Marking

ROOT = Path(__file__).parents[2]
MARKS = (ROOT / "tests/coverage/Marks.sol").read_text(encoding="utf-8")
BEFORE = """pragma solidity 0.8.30;
contract Sample { // à la carte
    bool constant SAME = 1 == 1;
    constructor() {}
    modifier only(bool b) { require(b, unicode"é"); _; }
    function f(uint256 a, bool b) external pure only(b) returns (uint256 c) {
        if (a == 1 && !b || (g(a, 2 < a))) return 1;
        else if (b) { c = 2; }
        for (uint256 i = 0; i < a; i++) c += b ? 1 : 2;
        unchecked { c--; }
        while (c != 0) { if (!!b) break; else c--; }
    }
    function g(uint256, bool yes) private pure returns (bool) { return yes; }
}
"""
AFTER = """pragma solidity 0.8.30;
contract Sample { // à la carte
    bool constant SAME = 1 == 1;
    constructor() { reached_(1);}
    modifier only(bool b) { reached_(2); reached_(3); require(decided_(4, b), unicode"é"); reached_(6); _; }
    function f(uint256 a, bool b) external pure only(b) returns (uint256 c) { reached_(7);
        reached_(8); if (decided_(9, a == 1) && !decided_(11, b) || (decided_(13, g(a, decided_(15, 2 < a))))) \
{ reached_(17); return 1; }
        else { reached_(18); if (decided_(19, b)) { reached_(21); c = 2; } }
        reached_(22); for (uint256 i = 0; decided_(23, i < a); i++) { reached_(25); c += decided_(26, b) ? 1 : 2; }
        unchecked { reached_(28); c--; }
        reached_(29); while (decided_(30, c != 0)) { reached_(32); if (!!decided_(33, b)) \
{ reached_(35); break; } else { reached_(36); c--; } }
    }
    function g(uint256, bool yes) private pure returns (bool) { reached_(37); reached_(38); return yes; }
}
"""


def compiled(source):
    asked = {
        "language": "Solidity",
        "sources": {"Sample.sol": {"content": source}, "Marks.sol": {"content": MARKS}},
        "settings": {"viaIR": True, "outputSelection": {"*": {"": ["ast"], "*": ["evm.bytecode.object"]}}},
    }
    answer = subprocess.run(
        [ROOT / "tools/solcx/solc-v0.8.30", "--standard-json"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


def marked(source):
    marking = Marking("Sample.sol", source.encode(), count(1))
    marking.mark(compiled(source)["sources"]["Sample.sol"]["ast"])
    return marking


@pytest.fixture(scope="module")
def sample():
    return marked(BEFORE)


def test_the_marked_source(sample):
    assert sample.marked("./Marks.sol") == IMPORT.format("./Marks.sol") + AFTER


def test_it_compiles(sample):
    answer = compiled(sample.marked("./Marks.sol"))
    assert [error["message"] for error in answer["errors"] if error["severity"] == "error"] == []
    assert answer["contracts"]["Sample.sol"]["Sample"]["evm"]["bytecode"]["object"]


def test_conditions_have_two_numbers_and_no_number_is_used_twice(sample):
    assert {(point.kind, len(point.marks)) for point in sample.points} == {
        ("function", 1),
        ("statement", 1),
        ("condition", 2),
    }
    numbers = [number for point in sample.points for number in point.marks]
    assert numbers == list(range(1, 39))


def test_places(sample):
    lines = BEFORE.split("\n")
    for point in sample.points:
        (line, column), (_, end) = point.start, point.end
        assert lines[line - 1][column : end if point.kind == "condition" else None].startswith(point.text)


def test_points_know_what_contains_them(sample):
    around = {
        point.text: sample.points[point.within].text if point.within is not None else None for point in sample.points
    }
    assert around["2 < a"].startswith("if (a == 1")
    assert around["break"] == "if (!!b) break; else c--"
    assert around["c = 2"].startswith("if (b)")
    assert around["i < a"].startswith("for")
    assert around["constructor() {}"] is None


@pytest.mark.parametrize("kind", ["TryStatement", "InlineAssembly"])
def test_an_unsupported_statement(kind):
    at = {"src": "0:1:0"}
    body = {"nodeType": "Block", "statements": [{"nodeType": kind, **at}], **at}
    function = {"nodeType": "FunctionDefinition", "name": "f", "body": body, **at}
    with pytest.raises(ValueError, match=f"{kind} is not supported"):
        Marking("Sample.sol", b"{", count(1)).mark({"nodes": [{"nodes": [function]}]})
