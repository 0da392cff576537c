"""audit.nodes: other nodes beside the first, each of them made up.

When a node is on another chain, or does not answer     nodes-differ, node-unreachable
When its blocks are others from one on                  nodes-differ, and that block is named
When its search leaves out an event, or makes one up    log-hidden of the node that was read, nodes-differ of another
Given the same blocks, or fewer                         nothing, or node-behind
Given blocks, some of which it lacks                    the times of the others
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.audit.block import Block, BlockLog, BlockTransaction
from jamjar.audit.node import BlockHeader
from jamjar.audit.nodes import compare, first_difference, search, times_of
from jamjar.errors import NodeUnavailable

MOST = 40
AT = "0x" + "11" * 20
LOGS = [BlockLog(AT, (bytes(32),), bytes([index]), index) for index in range(3)]
SENT = BlockTransaction("0x22", AT, AT, 0, b"", 1, True, tuple(LOGS))
BLOCK = Block(7, "0x77", "0x66", 0, b"", (SENT,))


class Made:
    """A node with this many blocks, of which those from `other` on are no one else's."""

    name = "made"

    def __init__(self, other=MOST + 1, last=MOST, chain=1, logs=()):
        self.other, self.last, self.chain, self.found = other, last, chain, logs

    def chain_id(self):
        if self.chain is None:
            raise NodeUnavailable("it is gone")
        return self.chain

    def height(self):
        return self.last

    def header(self, number):
        assert number <= self.last
        return BlockHeader(number, f"{number} of {id(self) if number >= self.other else 'all'}", number)

    def logs(self, addresses, first, last):
        return [(7, log) for log in self.found]


def rules(other):
    return [(each.rule, each.block) for each in compare([Made(), other], 3, MOST, 1)]


@given(st.integers(3, MOST), st.integers(3, MOST))
def test_the_first_block_that_differs(split, last):
    found = first_difference(Made(), Made(split), 3, last)
    assert (found and found[0].number) == (split if split <= last else None)
    if found:
        assert found[0].hash != found[1].hash


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (Made(), []),
        (Made(other=9), [("nodes-differ", 9)]),
        (Made(chain=2), [("nodes-differ", None)]),
        (Made(chain=None), [("node-unreachable", None)]),
        (Made(last=30), [("node-behind", 30)]),
        (Made(last=30, other=31), [("node-behind", 30)]),
        (Made(last=30, other=9), [("node-behind", 30), ("nodes-differ", 9)]),
        (Made(last=2), [("node-behind", 2)]),
    ],
)
def test_beside_another(other, told):
    assert rules(other) == told


@pytest.mark.parametrize(("trusted", "rule"), [(True, "log-hidden"), (False, "nodes-differ")])
def test_a_search(trusted, rule):
    def found(*logs):
        told = search(Made(logs=logs), [AT], [BLOCK], trusted=trusted)
        return [(each.rule, each.log, "invents" in each.what) for each in told]

    assert found(*LOGS) == []
    assert found(LOGS[0], LOGS[2]) == [(rule, 1, False)]
    invented = BlockLog(AT, (), b"", 5)
    assert found(*LOGS, invented) == [(rule, 5, True)]
    assert found(*LOGS[1:], invented) == [(rule, 0, False), (rule, 5, True)]


def test_the_times_of_blocks():
    class Lags(Made):
        def header(self, number):
            if number > 5:
                raise NodeUnavailable("it has no such block")
            return BlockHeader(number, "0x", 100 + number)

    assert times_of(Lags(), [3, None, 5, 3, 6]) == {3: 103, 5: 105}
