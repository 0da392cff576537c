"""outbox: what is journalled goes to the node, several to a request, and again until it is told to be forgotten.

When fewer wait than go in a request     they go when told, once
When as many wait                        they go at once
When the node refuses one                it is told; all count as sent
When the node refuses the request        so it is
When the node does not answer            all count as sent, as it may have them
When a pass was cut off                  what was queued is due, and no longer queued
"""

import pytest

from jamjar.errors import LedgerError, NodeUnavailable
from jamjar.relayer.journal import Attempt, Carriage
from jamjar.relayer.outbox import AT_ONCE, Outbox


class Sent:
    def __init__(self) -> None:
        self.requests: list[list[bytes]] = []
        self.refuses: dict[bytes, str] = {}
        self.fails: Exception | None = None

    def send(self, raws):
        self.requests.append(list(raws))
        if self.fails:
            raise self.fails
        return [LedgerError(self.refuses[raw]) if raw in self.refuses else None for raw in raws]


@pytest.fixture
def node():
    return Sent()


@pytest.fixture
def told():
    return []


@pytest.fixture
def outbox(node, told):
    return Outbox(node, 15, told.append)


def carriage(n):
    return Carriage(n, "0x", n, (), (Attempt(b"", b"old", 0, 0), Attempt(b"", b"%d" % n, 0, 0)))


def test_what_waits_goes_when_told(outbox, node):
    for n in (2, 1):
        outbox.put(carriage(n), 100)
    assert node.requests == []
    outbox.send(100)
    outbox.send(100)
    assert node.requests == [[b"2", b"1"]]
    assert not outbox.is_due(carriage(1), 114)
    assert outbox.is_due(carriage(1), 115)
    outbox.forget(carriage(1))
    assert outbox.is_due(carriage(1), 100)


def test_a_full_request_goes_at_once(outbox, node):
    for n in range(2 * AT_ONCE + 1):
        outbox.put(carriage(n), 100)
    assert [len(request) for request in node.requests] == [AT_ONCE, AT_ONCE]


def test_one_is_refused(outbox, node, told):
    node.refuses[b"2"] = "nonce too low"
    for n in (1, 2, 3):
        outbox.put(carriage(n), 100)
    outbox.send(100)
    assert told == ["nonce too low"]
    assert not any(outbox.is_due(carriage(n), 101) for n in (1, 2, 3))


def test_the_request_is_refused(outbox, node, told):
    node.fails = LedgerError("no batches")
    outbox.put(carriage(1), 100)
    outbox.send(100)
    assert told == ["no batches"]
    assert not outbox.is_due(carriage(1), 101)


def test_no_answer(outbox, node, told):
    node.fails = NodeUnavailable("no answer")
    outbox.put(carriage(1), 100)
    with pytest.raises(NodeUnavailable):
        outbox.send(100)
    assert told == []
    assert not outbox.is_due(carriage(1), 101)


def test_a_pass_that_was_cut_off(outbox, node):
    outbox.put(carriage(1), 100)
    outbox.look_afresh()
    assert outbox.is_due(carriage(1), 100)
    outbox.send(100)
    assert node.requests == []
