"""A mutant is one change, identified by the text it changes."""

from dataclasses import replace

from assurance.mutation.mutants import Key, Mutant, mutants

FILE = "contracts/A.sol"
TEXT = """contract A {
    function f(uint256 a) external {
        require(a == 0 && a != 1);
        g(a);
    }
    function é() external {
        g(1);
        g(1);
    }
}
"""


def patch(old: str, new: str, function: str = "f", nth: int = 1, text: str = TEXT) -> dict[str, object]:
    source, start = text.encode(), -1
    for _ in range(nth):
        start = source.index(old.encode(), start + 1)
    end = start + len(old.encode())
    return {"file": FILE, "function": function, "operator": "X", "start": start, "end": end, "after": new}


def one(*patches: dict[str, object], text: str = TEXT) -> Mutant:
    (found,) = mutants(patches, {FILE: text})
    return found


def test_it_is_shown_by_its_line() -> None:
    found = one(patch("==", ">="))
    assert found.key == Key(FILE, "f", "require(a == 0 && a != 1);", "require(a >= 0 && a != 1);", 1)
    assert (found.line, found.operator) == (3, "X")
    assert str(found) == f"{FILE}:3 f: require(a == 0 && a != 1);  ->  require(a >= 0 && a != 1);"


def test_it_changes_its_bytes_and_no_others() -> None:
    found = one(patch("g(1)", "revert()", "é"))
    assert found.changed({FILE: TEXT, "contracts/B.sol": ""}) == {FILE: TEXT.replace("g(1)", "revert()", 1)}


def test_duplicates_of_two_operators_are_one() -> None:
    assert one(patch("==", ">="), patch("a == 0", "a >= 0")).text == ">="


def test_the_same_change_at_another_place_is_another() -> None:
    first, second = mutants([patch("g(1)", "{}", "é"), patch("g(1)", "{}", "é", nth=2)], {FILE: TEXT})
    assert (first.key.occurrence, second.key.occurrence) == (1, 2)
    assert replace(second.key, occurrence=1) == first.key
    assert (first.line, second.line) == (7, 8)


def test_it_stays_the_same_when_lines_move() -> None:
    moved = "// a comment\n\n" + TEXT.replace("        g(a);", "            g(a);")
    assert one(patch("g(a)", "{}")).key == one(patch("g(a)", "{}", text=moved), text=moved).key


def test_a_change_of_several_lines_shows_them_all() -> None:
    found = one(patch("require(a == 0 && a != 1);\n        g(a);", "{}"))
    assert (found.key.before, found.key.after) == ("require(a == 0 && a != 1); g(a);", "{}")
