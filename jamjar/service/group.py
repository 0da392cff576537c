"""Work that several threads ask for at once, done together: one of them does it for all that wait."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST_TOGETHER: Final = 64


@dataclass(slots=True, eq=False)
class _Place(Generic[T, R]):
    """One thread's item. Its thread is woken when the item is done, or when it is the first that waits and works."""

    item: T
    woken: threading.Event = field(default_factory=threading.Event)
    outcome: R | BaseException | None = None
    is_done: bool = False


class GroupCommit(Generic[T, R]):
    """Does the work of several threads in one go, such as one commit to disk.

    work  takes items in the order in which they came, and returns for each its result, or the error to raise for it;
          what it raises is raised for every item of the go
    most  how many items one go takes
    """

    def __init__(self, work: Callable[[Sequence[T]], Sequence[R | BaseException]], most: int = MOST_TOGETHER) -> None:
        self._work, self._most = work, most
        self._waiting: list[_Place[T, R]] = []
        self._lock = threading.Lock()
        self._is_busy = False

    def do(self, item: T) -> R:
        """Return an item's result once the go that it is in has ended, or raise its error."""
        place = _Place[T, R](item)
        with self._lock:
            self._waiting.append(place)
            if not self._is_busy:
                self._is_busy = True
                place.woken.set()
        try:
            place.woken.wait()
        except BaseException:  # such as Ctrl-C: nobody would hear of its outcome
            self._leave(place)
            raise
        if not place.is_done:
            self._go()
        if isinstance(place.outcome, BaseException):
            raise place.outcome
        return place.outcome  # type: ignore[return-value]  # it is done

    def _go(self) -> None:
        with self._lock:
            places, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        outcomes: Sequence[R | BaseException] = ()
        try:
            outcomes = self._work([place.item for place in places])
            if len(outcomes) != len(places):
                raise ValueError(f"The work has {len(outcomes)} outcomes of {len(places)} items; return one for each.")
        except BaseException as error:
            outcomes = [error] * len(places)
        for place, outcome in zip(places, outcomes, strict=True):
            place.outcome, place.is_done = outcome, True
        with self._lock:
            self._hand_over()
        for place in places:
            place.woken.set()

    def _leave(self, place: _Place[T, R]) -> None:
        with self._lock:
            if place in self._waiting:
                self._waiting.remove(place)
                if place.woken.is_set():
                    self._hand_over()

    def _hand_over(self) -> None:
        self._is_busy = bool(self._waiting)
        if self._waiting:
            self._waiting[0].woken.set()
