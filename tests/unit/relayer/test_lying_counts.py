"""carrier, whatever a node says of how many transactions an account has: each item ends once, and nothing stays stuck.

When it counts too few, too many, far too many, or jumps   nothing is doubled, and all goes on once it is honest
Each at each stage: nothing sent; sent; mined; confirming; and before or after a restart; and with its pool emptied
When it says so of final blocks, too                       what it still has, or takes, is not carried a second time
When its answer contradicts the journal                    that is told
When it counted far too many                               no message waits for nonces that never come
"""

from itertools import cycle, repeat

import pytest

from jamjar.relayer.accounts import MOST_FILLED
from jamjar.relayer.item import CarriageState
from jamjar.relayer.tables import CARRIAGES
from tests.unit.relayer.carrying import ACCOUNTS

LIES = {
    "too few": [-1],
    "none": [-(2**40)],
    "one too many": [1],
    "too many": [5],
    "far too many": [2**40],
    "more than a database holds": [2**63],
    "back and forth": [3, -2, 0, 2**40, -1],
}
STAGES = {"nothing sent": (), "sent": ("go",), "mined": ("go", "mine"), "confirming": ("go", "mine", "mine", "mine")}
CONTRADICTS = "contradicts the journal"


def fill(at_work):
    for n in range(4):
        at_work.accept("Withdraw", n)
        at_work.acknowledge(10 + n)
    at_work.accept("Pause", 20, sequence=0)


@pytest.mark.parametrize("is_emptied", [False, True], ids=["pool", "emptied pool"])
@pytest.mark.parametrize("is_deep", [False, True], ids=["newest", "final too"])
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("lie", LIES)
def test_what_was_accepted_is_recorded_once(at_work, lie, stage, is_deep, is_emptied):
    at_work.acknowledge(30)
    at_work.finish()
    fill(at_work)
    for step in STAGES[stage]:
        at_work.go() if step == "go" else at_work.node.mine()
    at_work.node.lies, at_work.node.lies_deeply = cycle(LIES[lie]), is_deep
    for turn in range(12):
        if is_emptied:
            at_work.node.pool.clear()
        if turn == 6:
            at_work.restart()
        at_work.go()
        at_work.node.mine()
    at_work.acknowledge(31)
    at_work.finish(150)
    at_work.check()
    assert at_work.states() == ["RECORDED"] * 11
    assert at_work.carrier.problem == ""


@pytest.mark.parametrize("count", [5, MOST_FILLED, 2**40])
def test_a_new_relayer_is_told_too_many(at_work, count):
    at_work.node.lies = repeat(count)
    at_work.accept("Withdraw", 1)
    at_work.go()
    [under_way] = at_work.journal.unended({}).values()
    assert under_way.nonce == count
    at_work.finish(150)
    at_work.check()
    assert at_work.states() == ["RECORDED"]
    with at_work.engine.connect() as connection:
        states = [row.state for row in connection.execute(CARRIAGES.select())]
    assert states.count(CarriageState.STRUCK) == (count > MOST_FILLED)


@pytest.mark.parametrize("lie", [1, 2**40])
def test_too_many_contradict_the_journal(at_work, lie):
    at_work.accept("Withdraw", 1)
    at_work.finish()
    at_work.go()
    assert at_work.carrier.problem == ""
    at_work.node.lies = repeat(lie)
    at_work.go()
    assert f"counts {1 + lie} transactions of {ACCOUNTS[0].address}" in at_work.carrier.problem
    assert CONTRADICTS in at_work.carrier.problem
    at_work.accept("Withdraw", 2)
    at_work.go()
    at_work.node.lies = repeat(0)
    at_work.go()
    assert CONTRADICTS in at_work.carrier.problem  # what was sent waits for nonces that nobody used
    at_work.finish(150)
    at_work.go()
    assert at_work.carrier.problem == ""


def test_too_few_contradict_the_journal(at_work):
    at_work.accept("Withdraw", 1)
    at_work.finish()
    at_work.node.lies = repeat(-1)
    at_work.go()
    assert "it counts 0 transactions" in at_work.carrier.problem
    assert "and the journal 1" in at_work.carrier.problem


def test_a_nonce_that_the_node_takes_is_not_used(at_work):
    at_work.acknowledge(1)
    at_work.go()
    at_work.node.lies, at_work.node.lies_deeply = repeat(1), True
    for _ in range(9):
        at_work.go()
        at_work.node.blocks.append(type(at_work.node.blocks[0])(b"%032d" % len(at_work.node.blocks), []))
    assert "takes a transaction with it" in at_work.carrier.problem
    assert at_work.states() == ["CARRIED"]
    at_work.finish()
    at_work.check()
    assert at_work.states() == ["RECORDED"]
