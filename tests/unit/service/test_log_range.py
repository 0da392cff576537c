"""Searches for logs in ranges that a node allows.

When the node allows a number of blocks   all is found, once, in order, in the fewest ranges that halving gives
When its answer is too large              it is asked for fewer blocks
When one block alone is refused           the node's refusal
When it does not answer                   NodeUnavailable at once
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import AnswerTooLarge, LedgerError, NodeUnavailable
from jamjar.service.log_range import LogRange


@given(st.integers(1, 40), st.integers(0, 100), st.integers(0, 100), st.sampled_from([LedgerError, AnswerTooLarge]))
def test_all_is_found_once(allowed: int, first: int, count: int, kind: type[LedgerError]) -> None:
    asked = list[int]()

    def search(start: int, end: int) -> list[int]:
        asked.append(end - start + 1)
        if asked[-1] > allowed:
            raise kind("too many")
        return list(range(start, end + 1))

    assert list(LogRange(64).over(first, first + count - 1, search)) == list(range(first, first + count))
    assert sum(size > allowed for size in asked) <= 6
    assert sum(size <= allowed for size in asked) <= 2 * count / allowed + 1 + (allowed == 1) * count


def test_what_was_allowed_is_remembered() -> None:
    asked = list[int]()

    def search(start: int, end: int) -> list[int]:
        asked.append(end - start + 1)
        if asked[-1] > 10:
            raise LedgerError("too many")
        return []

    searches = LogRange(16)
    for _ in range(2):
        assert list(searches.over(1, 16, search)) == []
    assert asked == [16, 8, 8, 8, 8]


@pytest.mark.parametrize(("kind", "calls"), [(LedgerError, 4), (NodeUnavailable, 1), (AnswerTooLarge, 4)])
def test_it_gives_up(kind: type[LedgerError], calls: int) -> None:
    asked = list[int]()

    def search(start: int, _: int) -> list[int]:
        asked.append(start)
        raise kind("no")

    with pytest.raises(kind):
        list(LogRange(8).over(1, 8, search))
    assert len(asked) == calls
