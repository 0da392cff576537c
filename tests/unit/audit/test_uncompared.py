"""audit.uncompared: what a named node could not be asked is remembered, and asked again.

When a node is behind, or does not answer       the blocks that it was not asked about, and how many were
Given the node answers by then                  nodes-differ for other events, and it is forgotten either way
Given it is away still, or behind               it is kept, and the node is asked for its height alone
Given ranges that touch or overlap              joined, and each block counted once
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jamjar.audit.block import Block, BlockLog
from jamjar.audit.uncompared import Uncompared, ask_again, count_of, digest_of, joined, search_all
from jamjar.errors import NodeUnavailable
from tests.unit.audit.test_nodes import AT, BLOCK, LOGS

EMPTY = [Block(number, f"0x{number}", "0x", 0, b"", ()) for number in (8, 9)]
GROUP = [BLOCK, *EMPTY]
EVENTS = [(7, log) for log in LOGS]


class Made:
    """A node with this many blocks, whose search finds these events; it counts what it is asked."""

    def __init__(self, name, height=9, events=EVENTS, blocks=GROUP):
        self.name, self.last, self.events, self.held, self.asked = name, height, events, blocks, []

    def height(self):
        self.asked.append("height")
        if self.last is None:
            raise NodeUnavailable(f"{self.name} is gone")
        return self.last

    def logs(self, addresses, first, last):
        self.asked.append((first, last))
        if self.events is None:
            raise NodeUnavailable(f"{self.name} is gone")
        return [each for each in self.events if first <= each[0] <= last]

    def blocks(self, first, last):
        yield [block for block in self.held if first <= block.number <= last]


class Kept:
    """What was remembered, in memory."""

    def __init__(self, *rows):
        self.rows, self.found = list(rows), []

    def uncompared(self):
        return list(self.rows)

    def compared(self, blocks, findings):
        self.rows.remove(blocks)
        self.found += findings


@pytest.mark.parametrize(
    ("height", "events", "left"),
    [(9, EVENTS, None), (8, EVENTS, 9), (7, EVENTS, 8), (6, EVENTS, 7), (None, EVENTS, 7), (9, None, 7)],
)
def test_what_is_remembered(height, events, left):
    found, unasked = search_all([Made("one"), Made("other", height, events)], [AT], GROUP)
    digest = digest_of(EVENTS if left == 7 else [])
    assert unasked == ([] if left is None else [Uncompared("other", "one", left, 9, digest, 1)])
    assert [each.rule for each in found] == ["node-unreachable"] * (None in (height, events))


def test_how_many_were_asked():
    _, unasked = search_all([Made("one"), Made("two"), Made("three", 8)], [AT], GROUP)
    assert [(each.node, each.asked) for each in unasked] == [("three", 2)]
    assert search_all([Made("one")], [AT], GROUP) == ([], [])


ROW = Uncompared("other", "one", 7, 9, digest_of(EVENTS), 1)
LIES = replace(ROW, digest=digest_of(EVENTS[1:]))
HIDES = [Made("one", blocks=[replace(BLOCK, transactions=()), *EMPTY]), Made("other")]


@pytest.mark.parametrize(
    ("nodes", "row", "rules"),
    [
        ([Made("one"), Made("other")], ROW, []),
        ([Made("one"), Made("other")], LIES, [("nodes-differ", 7, None)]),  # it tells the truth by now
        (HIDES, LIES, [("nodes-differ", 7, 0)]),
        ([Made("other")], LIES, [("nodes-differ", 7, None)]),
        ([Made("one"), Made("third")], LIES, [("nodes-differ", 7, None)]),
        ([Made("one", None), Made("other")], LIES, [("nodes-differ", 7, None)]),
    ],
)
def test_asked_again(nodes, row, rules):
    kept = Kept(row)
    ask_again(nodes, [AT], kept)
    assert ([(each.rule, each.block, each.log) for each in kept.found], kept.rows) == (rules, [])


@pytest.mark.parametrize("nodes", [[], [Made("other", None)], [Made("other", 8)], [Made("other", 8), Made("third")]])
def test_it_is_kept(nodes):
    kept = Kept(ROW, replace(ROW, first=10, last=12))
    for node in nodes:
        node.asked.clear()
    ask_again([Made("one"), *nodes], [AT], kept)
    assert (len(kept.rows), kept.found) == (2, [])
    assert all(node.asked == ["height"] for node in nodes)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 30), st.integers(0, 9)), max_size=12))
def test_ranges(given):
    rows = [Uncompared(node, "one", first, first + more, "0x", 1) for node, first, more in given]
    blocks = {(row.node, number) for row in rows for number in range(row.first, row.last + 1)}
    made = joined(rows)
    assert {(row.node, number) for row in made for number in range(row.first, row.last + 1)} == blocks
    assert sum(row.last - row.first + 1 for row in made) == len(blocks)
    assert count_of(rows) == len({number for _, number in blocks})


def test_a_digest_is_of_every_part():
    other = BlockLog(AT, (b"\1" * 32,), b"\0", 0)
    changed = [replace(other, address="0x" + "22" * 20), replace(other, topics=()), replace(other, data=b""),
               replace(other, index=1)]  # fmt: skip
    digests = {digest_of([(7, each)]) for each in (other, *changed)} | {digest_of([(8, other)])}
    assert len(digests) == 6
    assert digest_of(EVENTS) == digest_of(reversed(EVENTS))
