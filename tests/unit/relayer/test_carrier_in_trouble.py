"""carrier, when things go wrong: every accepted item ends once nevertheless.

Given a program that crashed                 the next sends the same bytes, and nothing else
When a block is taken back                   its items go on, with or without the transactions in the pool
When a transaction is stuck                  a dearer one, then an empty one takes its nonce
When something else uses the nonce           the items go with another; what another carried is recorded as it is
When the node boasts of its head             nothing is final for that
When the node is behind                      it gets nothing new
When a foreign transaction is taken back      an empty one takes its nonce, which holds ours up
Given an account may not carry               the others do
Given an account's key is not given again    what it sent is followed to its end
"""

import pytest

from jamjar.relayer.calldata import batch, load_of
from tests.unit.relayer.carrying import ACCOUNTS, HANDFUL


def test_a_crash_sends_the_same_bytes_again(at_work):
    at_work.node.refuses = True
    at_work.acknowledge(1)
    at_work.go()
    assert at_work.states() == ["CARRIED"]
    [under_way] = at_work.journal.unended({}).values()
    at_work.restart()
    at_work.node.refuses = False
    at_work.go()
    assert list(at_work.node.sent) == [under_way.attempts[0].transaction]
    at_work.finish()
    at_work.check()


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("depth", [1, 2])
def test_a_block_is_taken_back(at_work, lost, depth):
    for n in range(5):
        at_work.acknowledge(n)
    at_work.go()
    at_work.node.mine(depth)
    at_work.go()
    at_work.node.reorganise(depth, lost=lost)
    assert "CARRIED" in at_work.states()
    at_work.finish()
    at_work.check()


def test_something_else_uses_the_nonce(at_work):
    first = at_work.acknowledge(1)
    at_work.acknowledge(2)
    at_work.go()
    at_work.node.pool.clear()
    row = at_work.rows()[first - 1]
    ours = batch([load_of(row.number, row.kind, row.consent, 0, row.signed)])
    at_work.node.use_nonce(ACCOUNTS[1], ours)  # another program carried the first
    at_work.finish()
    at_work.check()
    assert at_work.states() == ["RECORDED"] * 2


def test_another_carried_it(at_work):
    at_work.commit(1, 5)
    at_work.go()
    row = at_work.rows()[0]
    held, at_work.node.pool = at_work.node.pool, {}
    at_work.node.use_nonce(ACCOUNTS[0], batch([load_of(row.number, row.kind, row.consent, 0, row.signed)]))
    at_work.node.pool = held
    at_work.finish()
    assert at_work.states() == ["RECORDED"]
    at_work.check()


def test_a_stuck_transaction_is_replaced_then_given_up(at_work):
    at_work.acknowledge(1)
    at_work.node.fee = 100
    for _ in range(40):
        at_work.go()
    [under_way] = at_work.journal.unended({}).values()
    prices = [attempt.price for attempt in under_way.attempts]
    assert prices == [100, 113, 128, 145]
    assert HANDFUL.most_attempts == 2
    at_work.node.mine(3)  # the empty transaction
    at_work.go()
    assert at_work.states() == ["WAITING"] or at_work.states() == ["CARRIED"]
    at_work.finish()
    at_work.check()


def test_a_node_that_is_behind_gets_nothing_new(at_work):
    at_work.acknowledge(1)
    at_work.finish()
    at_work.node.behind = 6
    at_work.acknowledge(2)
    sent = at_work.node.sent.total()
    at_work.go()
    assert "behind" in at_work.carrier.problem
    assert at_work.node.sent.total() == sent
    at_work.finish()
    at_work.check()


def test_a_node_that_boasts_of_its_head_makes_nothing_final(at_work):
    at_work.acknowledge(1)
    at_work.go()
    at_work.node.mine()
    at_work.node.boast = 50
    at_work.go()
    assert at_work.states() == ["CARRIED"]
    at_work.node.reorganise(1, lost=True)
    at_work.finish()
    at_work.check()


def test_an_account_that_may_not_carry(at_work):
    at_work.accounts = [ACCOUNTS[1], *ACCOUNTS]
    at_work.node.suspended = ACCOUNTS[1].address
    at_work.restart()
    for n in range(9):
        at_work.accept("Withdraw", n)
    at_work.go()
    assert "CarrierNotActiveMember" in at_work.carrier.problem
    at_work.finish()
    at_work.check()


def test_a_key_that_is_not_given_again(at_work):
    at_work.acknowledge(1)
    at_work.go()
    at_work.accounts = ACCOUNTS[:1]
    at_work.restart()
    at_work.node.pool.clear()
    at_work.acknowledge(2)
    at_work.finish()
    at_work.check()
    assert at_work.states() == ["RECORDED"] * 2


def test_the_gap_that_another_program_leaves(at_work):
    at_work.node.use_nonce(ACCOUNTS[0])
    at_work.accept("Withdraw", 1)
    at_work.go()
    at_work.node.reorganise(1, lost=True)
    at_work.finish()
    at_work.check()
    assert at_work.states() == ["RECORDED"]
