"""Work that several threads ask for at once, done together: one of them does it for all that wait."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST_TOGETHER: Final = 64


@dataclass(slots=True, eq=False)
class _Place(Generic[T, R]):
    item: T
    outcome: R | BaseException | None = None
    is_done: bool = False


class GroupCommit(Generic[T, R]):
    """Does the work of several threads in one go, such as one commit to disk.

    work  takes items in the order in which they came, and returns for each its result, or the error to raise for it;
          what it raises is raised for every item of the go
    """

    def __init__(self, work: Callable[[Sequence[T]], Sequence[R | BaseException]], most: int = MOST_TOGETHER) -> None:
        self._work, self._most = work, most
        self._waiting: list[_Place[T, R]] = []
        self._changed = threading.Condition()
        self._is_busy = False

    def do(self, item: T) -> R:
        """Return an item's result once the go that it is in has ended, or raise its error."""
        place = _Place[T, R](item)
        with self._changed:
            self._waiting.append(place)
        while not self._await(place):
            self._go()
        if isinstance(place.outcome, BaseException):
            raise place.outcome
        return place.outcome  # type: ignore[return-value]  # it is done

    def _await(self, place: _Place[T, R]) -> bool:
        """Wait until an item is done, or nobody works; return whether it is done."""
        with self._changed:
            while self._is_busy and not place.is_done:
                self._changed.wait()
            self._is_busy = self._is_busy or not place.is_done
            return place.is_done

    def _go(self) -> None:
        with self._changed:
            places, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        outcomes: Sequence[R | BaseException] = ()
        try:
            outcomes = self._work([place.item for place in places])
        except BaseException as error:
            outcomes = [error] * len(places)
            if not isinstance(error, Exception):
                raise
        finally:
            with self._changed:
                for place, outcome in zip(places, outcomes, strict=True):
                    place.outcome, place.is_done = outcome, True
                self._is_busy = False
                self._changed.notify_all()
