"""Epochs, and a clock that does not jump.

When an epoch is asked for    it is the first after, at, or the last before a time, at the offset
When the machine's clock jumps    the steady one goes on, and follows in its own time; it never goes back
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.errors import InvalidInput
from jamjar.relayer.epochs import Epochs
from jamjar.service.clock import SteadyClock

HOUR = 3600


@pytest.mark.parametrize("seconds", [0, -1, 86401, 1.5, True])
def test_an_epoch_that_is_none(seconds):
    with pytest.raises(InvalidInput):
        Epochs(seconds)


def test_epochs():
    epochs = Epochs(300, 20)
    assert [epochs.next_after(now) for now in (319, 320, 321)] == [320, 620, 620]
    assert [epochs.first_from(time) for time in (319, 320, 321)] == [320, 320, 620]
    assert [epochs.last_until(now) for now in (319, 320, 321)] == [20, 320, 320]


@given(st.integers(1, 86400), st.integers(-(10**6), 10**6), st.integers(0, 2**40))
def test_every_time_has_its_epoch(seconds, offset, now):
    following = Epochs(seconds, offset).next_after(now)
    assert (following - offset) % seconds == 0
    assert now < following <= now + seconds


class Machine:
    """A wall clock that can be set, and a beat that cannot."""

    def __init__(self):
        self.wall = self.beat = 1000.0
        self.clock = SteadyClock(lambda: self.wall, lambda: self.beat)

    def wait(self, seconds):
        self.wall += seconds
        self.beat += seconds
        return self.clock()


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_an_hour_takes_two_to_follow(jump):
    machine = Machine()
    assert machine.wait(10) == 1010
    machine.wall += jump
    assert machine.clock() == 1010
    assert machine.wait(60) == 1070 + (30 if jump > 0 else -30)
    assert machine.wait(2 * HOUR) == machine.wall


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(-HOUR, HOUR))))
def test_it_never_goes_back(moves):
    machine, before = Machine(), 0.0
    for seconds, jump in moves:
        machine.wall += jump
        now = machine.wait(seconds)
        assert now >= before
        before = now
