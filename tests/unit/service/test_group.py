"""service.group: what several threads ask for at once is done in one go, and each gets its own outcome.

When one asks                            it is done alone, at once
When others ask meanwhile                they are done in the next go, in the order in which they came
Given one item fails                     its error is raised for it alone
Given the work fails                     its error is raised for each of its go, and the next go is done
Given a thread is ended while it waits   its item is left out, and the others are done
Given more ask than one go takes         several goes
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from jamjar.errors import InvalidInput
from jamjar.service.group import GroupCommit

PATIENCE = 120


class Work:
    """Doubles numbers; the first go waits until the test lets it go on."""

    def __init__(self, most: int = 64) -> None:
        self.goes: list[list[int]] = []
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.fails: Callable[[Sequence[int]], None] = lambda _: None
        self.group = GroupCommit(self, most)

    def __call__(self, items: Sequence[int]) -> Sequence[int | BaseException]:
        self.goes.append(list(items))
        self.begun.set()
        assert self.may_end.wait(PATIENCE)
        self.fails(items)
        return [InvalidInput("odd") if item % 2 else 2 * item for item in items]

    def queue(self, pool: ThreadPoolExecutor, items: Sequence[int]) -> list[Future[int]]:
        """Ask for items from a thread each, one after the other, while the first go is held up."""
        futures = []
        for count, item in enumerate(items):
            futures.append(pool.submit(self.group.do, item))
            if not count:
                assert self.begun.wait(PATIENCE)
            while len(self.goes[0]) + len(self.group._waiting) < count + 1:
                threading.Event().wait(0.001)
        return futures


def test_alone():
    work = Work()
    work.may_end.set()
    assert [work.group.do(item) for item in (2, 4)] == [4, 8]
    assert work.goes == [[2], [4]]


def test_those_who_come_meanwhile_go_together_in_order():
    work = Work()
    with ThreadPoolExecutor(20) as pool:
        futures = work.queue(pool, range(0, 40, 2))
        work.may_end.set()
        assert [future.result(PATIENCE) for future in futures] == list(range(0, 80, 4))
    assert work.goes == [[0], list(range(2, 40, 2))]


def test_one_that_fails_costs_the_others_nothing():
    work = Work()
    with ThreadPoolExecutor(4) as pool:
        futures = work.queue(pool, [2, 4, 5, 6])
        work.may_end.set()
        with pytest.raises(InvalidInput, match="odd"):
            futures[2].result(PATIENCE)
        assert [futures[place].result(PATIENCE) for place in (0, 1, 3)] == [4, 8, 12]


@pytest.mark.parametrize("error", [OSError("disk"), KeyboardInterrupt(), SystemExit(1)])
def test_work_that_fails_fails_for_its_go_alone(error):
    def fail(items: Sequence[int]) -> None:
        if items == [4, 6]:
            raise error

    work = Work(most=2)
    work.fails = fail
    with ThreadPoolExecutor(4) as pool:
        futures = work.queue(pool, [2, 4, 6, 8])
        work.may_end.set()
        for place in (1, 2):
            assert futures[place].exception(PATIENCE) is error
        assert [futures[place].result(PATIENCE) for place in (0, 3)] == [4, 16]
    assert work.goes == [[2], [4, 6], [8]]
    assert work.group.do(10) == 20


@pytest.mark.parametrize("outcomes", [[], [1, 2]])
def test_outcomes_that_do_not_fit_leave_nobody_waiting(outcomes):
    group = GroupCommit[int, int](lambda _: outcomes)
    for _ in range(2):
        with pytest.raises(ValueError, match="return one for each"):
            group.do(1)


class Ended(BaseException):
    """What ends a thread, as Ctrl-C does."""


@pytest.mark.parametrize("is_first", [True, False])
def test_a_thread_that_is_ended_while_it_waits(is_first, monkeypatch):
    """Also when it was just told to do the work of those behind it."""
    work, waits = Work(), threading.Event.wait
    ended = threading.Event()

    def wait(event, timeout=None):
        if threading.current_thread().name == "ended":
            if is_first:
                waits(event, PATIENCE)
            ended.set()
            raise Ended
        return waits(event, timeout)

    def ask() -> None:
        with pytest.raises(Ended):
            work.group.do(4)

    with ThreadPoolExecutor(2) as pool:
        first = work.queue(pool, [2])
        monkeypatch.setattr(threading.Event, "wait", wait)
        thread = threading.Thread(target=ask, name="ended")
        thread.start()
        while not (work.group._waiting or ended.is_set()):
            pass
        last = pool.submit(work.group.do, 6)
        while 6 not in [place.item for place in work.group._waiting]:
            pass
        work.may_end.set()
        assert (first[0].result(PATIENCE), last.result(PATIENCE)) == (4, 12)
        thread.join(PATIENCE)
    assert work.goes == [[2], [6]]


def test_many_threads_each_get_their_own():
    group = GroupCommit[int, int](lambda items: [2 * item for item in items], most=7)
    with ThreadPoolExecutor(40) as pool:
        assert list(pool.map(group.do, range(4000))) == list(range(0, 8000, 2))
