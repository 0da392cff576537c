"""audit.past_state: whether a consent was live, and why not; and how much is kept for it.

When it is asked why a consent was not live     what stood against it, or nothing
Given a long history of few consents            the memory of a short one
"""

import tracemalloc

import pytest

from jamjar.audit.past_state import why_not_live
from jamjar.model.replay import replay
from jamjar.model.state import Emitted
from jamjar.protocol.roles import Role
from jamjar.protocol.settings import DAY
from tests.unit.audit.made import CARRIER, DESK, GRANTED, USED, WITHDRAWN, C, event, history


@pytest.mark.parametrize(
    ("told", "now", "why"),
    [
        ([], 100, "It was not granted."),
        ([GRANTED], 99, "It begins at 100."),
        ([GRANTED], 100, None),
        ([GRANTED, USED], 100, None),
        ([GRANTED], 151, "It was not reconfirmed by 150."),
        ([GRANTED], 201, "It ended at 200."),
        ([GRANTED, Emitted("ConsentPaused", (C, CARRIER, 0))], 100, "Its claimant paused it."),
        ([GRANTED, Emitted("ConsentReleased", (C, 2, DESK))], 100, "Its recipient released it."),
        ([GRANTED, WITHDRAWN], 100, "Its claimant withdrew it."),
        ([GRANTED, Emitted("MemberSuspended", (2, 3, 100 + 14 * DAY, CARRIER))], 100,
         "Its recipient, member 2, is suspended."),
    ],
)  # fmt: skip
def test_why_it_was_not_live(told, now, why):
    state = history(*told).state
    assert why_not_live(state, C, now) == why
    assert (why is None) == state.is_live(C, now)


def test_a_recipient_that_is_no_adviser():
    revoked = Emitted("RoleRevoked", (Role.ADVISER.value, "0x" + 39 * "0" + "2", DESK))
    state = replay(history(GRANTED).state, [revoked])
    assert why_not_live(state, C, 100) == "Its recipient, member 2, is no adviser."


def test_memory_does_not_grow_with_history():
    made = history(GRANTED)
    tracemalloc.start()
    peaks = []
    for first in (0, 20_000):
        tracemalloc.reset_peak()
        for sequence in range(first, first + 20_000, 2):
            made.add(event(Emitted("ConsentPaused", (C, CARRIER, sequence)), 9), 100)
            made.add(event(Emitted("ConsentResumed", (C, CARRIER, sequence + 1)), 9), 100)
        peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert peaks[1] < peaks[0] + 20_000
