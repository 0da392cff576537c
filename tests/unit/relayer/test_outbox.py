"""outbox: what is journalled goes to the node, several to a request, and again until it is told to be forgotten.

When fewer wait than go in a request     they go when told, once
When as many wait                        they go at once
When the node refuses one                that is kept until it takes it; all count as sent
Given a carriage has several             the dearest goes; after a refusal the next at once, and round again
When the node refuses the request        so it is
When the node does not answer            all count as sent, as it may have them
When a pass was cut off                  what was queued is due, and no longer queued
"""

import pytest

from jamjar.errors import LedgerError, NodeUnavailable
from jamjar.relayer.journal import Attempt, Carriage
from jamjar.relayer.outbox import AT_ONCE, FORGIVEN, Outbox


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
def outbox(node):
    return Outbox(node, 15)


def carriage(n, *prices):
    signed = (Attempt(b"%d at %d" % (n, price), b"%d" % (price or n), price, 0) for price in prices or (0,))
    return Carriage(n, "0x", n, (), tuple(signed))


def put(outbox, n, now=100):
    outbox.put(carriage(n), carriage(n).attempts[0], now)


def is_due(outbox, n, now):
    return outbox.due(carriage(n), carriage(n).attempts, now) is not None


def test_what_waits_goes_when_told(outbox, node):
    for n in (2, 1):
        put(outbox, n)
    assert node.requests == []
    outbox.send(100)
    outbox.send(100)
    assert node.requests == [[b"2", b"1"]]
    assert not is_due(outbox, 1, 114)
    assert is_due(outbox, 1, 115)
    outbox.forget(carriage(1))
    assert is_due(outbox, 1, 100)


def test_a_full_request_goes_at_once(outbox, node):
    for n in range(2 * AT_ONCE + 1):
        put(outbox, n)
    assert [len(request) for request in node.requests] == [AT_ONCE, AT_ONCE]


def test_one_is_refused(outbox, node):
    node.refuses[b"2"] = "nonce too low"
    for n in (1, 2, 3):
        put(outbox, n)
    outbox.send(100)
    assert outbox.refusals == ["nonce too low"]
    assert outbox.is_refused(carriage(2))
    assert not any(is_due(outbox, n, 101) for n in (1, 2, 3))


def test_the_request_is_refused(outbox, node):
    node.fails = LedgerError("no batches")
    put(outbox, 1)
    outbox.send(100)
    assert outbox.refusals == ["no batches"]
    assert not is_due(outbox, 1, 101)


def test_no_answer(outbox, node):
    node.fails = NodeUnavailable("no answer")
    put(outbox, 1)
    with pytest.raises(NodeUnavailable):
        outbox.send(100)
    assert outbox.refusals == []
    assert not is_due(outbox, 1, 101)


def test_a_pass_that_was_cut_off(outbox, node):
    put(outbox, 1)
    outbox.look_afresh([])
    assert is_due(outbox, 1, 100)
    outbox.send(100)
    assert node.requests == []


def handed_over(outbox, node, of, now):
    attempt = outbox.due(of, of.attempts, now)
    if attempt is None:
        return None
    outbox.put(of, attempt, now)
    outbox.send(now)
    return attempt.price


def test_after_a_refusal_the_others_go(outbox, node):
    of = carriage(1, 0, 7, 8)
    node.refuses = {b"8": "insufficient funds", b"7": "insufficient funds"}
    assert [handed_over(outbox, node, of, now) for now in (100, 101, 102, 103)] == [8, 7, 0, None]
    assert outbox.refusals == []
    assert handed_over(outbox, node, of, 117) == 0
    assert handed_over(outbox, node, of, 100 + FORGIVEN * 15) == 8


def test_when_all_are_refused_they_take_turns(outbox, node):
    of = carriage(1, 3, 4)
    node.refuses = {b"3": "no", b"4": "no"}
    assert [handed_over(outbox, node, of, now) for now in (100, 101, 102, 116, 131)] == [4, 3, None, 4, 3]
    assert outbox.refusals == ["no"]
    outbox.mined(of)
    assert outbox.refusals == []
