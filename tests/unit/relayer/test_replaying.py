"""relayer.replaying: a thread that follows, whatever happens to it, and holds nothing up.

When there is more to read        it goes on at once
When following fails              it says why, once, and tries again
When it is stopped                it stops, also while its node hangs
Given nothing may be remembered   the node is asked nothing
"""

import logging
import threading

import pytest

from jamjar.errors import NodeUnavailable
from jamjar.relayer.replaying import ReplayThread, replaying

PATIENCE = 120


class Follows:
    """A view whose passes end as the test says, one after the other; then it tells that they are over."""

    def __init__(self, *outcomes: bool | Exception) -> None:
        self.outcomes, self.over = list(outcomes), threading.Event()

    def follow(self) -> bool:
        if not self.outcomes:
            self.over.set()
            return False
        found = self.outcomes.pop(0)
        if isinstance(found, Exception):
            raise found
        return found


def test_it_goes_on_at_once_while_there_is_more():
    view = Follows(True, True, True)
    thread = ReplayThread(view, pause=PATIENCE)
    thread.start()
    assert view.over.wait(PATIENCE)
    thread.stop()


def test_what_fails_is_said_once_and_tried_again(caplog):
    view = Follows(*[NodeUnavailable("The node is down.")] * 3, False, ZeroDivisionError("secret"), False)
    with caplog.at_level(logging.WARNING):
        thread = ReplayThread(view, pause=0.0)
        thread.start()
        assert view.over.wait(PATIENCE)
        thread.stop()
        thread._thread.join(PATIENCE)
    problems = ["The node is down.", "", "The ledger cannot be replayed (ZeroDivisionError); check the node.", ""]
    assert caplog.messages == [f'{{"event":"replay","problem":"{each}"}}' for each in problems]
    assert thread.problem == ""


def test_a_node_that_hangs_does_not_hold_up_the_end():
    hangs, asked = threading.Event(), threading.Event()

    class Hangs:
        def follow(self) -> bool:
            asked.set()
            hangs.wait(PATIENCE)
            return True

    thread = ReplayThread(Hangs())
    thread.start()
    assert asked.wait(PATIENCE)
    thread.stop()
    assert thread._thread.is_alive()
    assert thread._thread.daemon
    hangs.set()
    thread._thread.join(PATIENCE)
    assert not thread._thread.is_alive()


@pytest.mark.parametrize("most", [0, 5])
def test_with_nothing_to_remember_the_node_is_asked_nothing(node, deployment_of, most):
    with replaying(node.url, deployment_of(), "0x" + 40 * "9", most) as view:
        while most and not node.asked:
            threading.Event().wait(0.001)
        assert not view.is_sure()
    assert bool(node.asked) == bool(most)
