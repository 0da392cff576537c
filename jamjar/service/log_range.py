"""Searches for logs over many blocks, in ranges that the node allows."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from jamjar.errors import AnswerTooLarge, LedgerError, NodeUnavailable

T = TypeVar("T")
MOST_BLOCKS: Final = 5000
"""Blocks of one search to begin with; Besu refuses more."""


class LogRange:
    """How many blocks one search covers: half as many each time that the node refuses, or answers too much."""

    def __init__(self, blocks: int = MOST_BLOCKS) -> None:
        self._blocks = blocks

    def over(self, first: int, last: int, search: Callable[[int, int], Iterable[T]]) -> Iterator[T]:
        """Yield what a search finds from block `first` to `last`, in order.

        Raises what the search raises of one block alone, and NodeUnavailable at once.
        """
        while first <= last:
            end = min(first + self._blocks - 1, last)
            try:
                found = search(first, end)
            except LedgerError as error:
                if end == first or (isinstance(error, NodeUnavailable) and not isinstance(error, AnswerTooLarge)):
                    raise
                self._blocks = (end - first + 1) // 2
                continue
            yield from found
            first = end + 1
