"""Counting marks: every transaction and call is traced as soon as it can be, and a missing trace is an error."""

import pytest

from tests.coverage.plugin import MARKS, Counts

HASH = "0x12"


def reached(mark):
    return {"type": "STATICCALL", "to": MARKS, "input": hex(mark)}


TRACE = {
    "type": "CALL",
    "to": "0x01",
    "input": "0x99",
    "calls": [
        reached(1),
        {"type": "CALL", "to": "0x02", "calls": [reached(2), reached(1)], "error": "execution reverted"},
    ],
}


class Node:
    """A node that mines a transaction after some requests for its receipt, and does not trace it before."""

    def __init__(self, waits=0):
        self.waits = waits
        self.asked = []

    def __call__(self, provider, method, params):
        self.asked.append((method, params))
        if method == "eth_getTransactionReceipt":
            self.waits -= 1
            return {"result": {} if self.waits >= 0 else {"status": "0x0"}}
        if method == "debug_traceTransaction" and self.waits >= 0:
            return {"result": {"structLogs": []}}
        return {"result": TRACE if method.startswith("debug_") else HASH}


@pytest.fixture
def counts():
    return Counts()


def test_a_call_is_traced_as_it_was_made(counts):
    node = Node()
    assert counts.over(node)(None, "eth_call", [{"to": "0x01"}, "0x5"]) == {"result": HASH}
    assert node.asked[1] == ("debug_traceCall", [{"to": "0x01"}, "0x5", {"tracer": "callTracer"}])
    assert counts.marks == {1: 2, 2: 1}


@pytest.mark.parametrize("waits", [0, 3])
def test_a_transaction_is_traced_when_it_is_mined(waits, counts):
    node = Node(waits)
    assert counts.over(node)(None, "eth_sendTransaction", [{}]) == {"result": HASH}
    assert node.asked[-1] == ("debug_traceTransaction", [HASH, {"tracer": "callTracer"}])
    assert counts.marks == {1: 2, 2: 1}


def test_anything_else_is_left_alone(counts):
    node = Node()
    counts.over(node)(None, "eth_blockNumber", [])
    assert len(node.asked) == 1
    assert not counts.marks


def test_a_transaction_that_is_refused_is_not_traced(counts):
    assert counts.over(lambda *_: {"error": {"code": 1}})(None, "eth_sendTransaction", [{}]) == {"error": {"code": 1}}


@pytest.mark.parametrize("trace", [{"error": {"code": -32601}}, {"result": None}, {"result": {"structLogs": []}}])
def test_no_trace_is_an_error(trace, counts):
    with pytest.raises(RuntimeError, match="returned no trace"):
        counts.count(trace)
