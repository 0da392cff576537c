"""What a hostile node, or a hostile crowd, could do to what is carried: nothing that lasts.

When the node boasted once while it refused     the refused item ends nevertheless
When another carried it, in a block taken back  it is not final before that block is
When a batch ran out of gas inside a call       it is known for that, and gets more
When the price rose after the last attempt      one more is made at the new price
When it answers one question at a time only     everything ends nevertheless
Given a batch is stuck on one account           a withdrawal goes by the first, however busy it is
"""

from jamjar.errors import LedgerError
from jamjar.relayer.accounts import Accounts
from jamjar.relayer.calldata import load_of, single
from jamjar.relayer.gas_meter import Meter
from jamjar.relayer.journal import Carriage
from jamjar.relayer.node_port import Mined
from jamjar.relayer.pricing import Means
from jamjar.relayer.replacing import replacement
from jamjar.relayer.transactions import empty
from tests.unit.relayer.carrying import ACCOUNTS, HANDFUL

LAST = [ACCOUNTS[0].address, ACCOUNTS[1].address]


def test_a_refusal_under_a_boast_ends(at_work):
    at_work.accept("Pause", 1, sequence=7)
    at_work.node.boast = 1_000_000
    at_work.go()
    at_work.node.boast = 0
    at_work.finish(10)
    assert at_work.states() == ["REJECTED"]


def test_what_another_carried_is_recorded_only_once_it_is_deep(at_work):
    at_work.accept("Pause", 1, sequence=1)
    at_work.go()  # refused: it is not its turn
    at_work.node.mine(HANDFUL.depth)
    stranger = at_work.accept("Pause", 1, sequence=0)
    rows = at_work.rows()
    with at_work.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM items WHERE number = ?", (stranger,))
    for row in (rows[1], rows[0]):
        call = single(load_of(row.number, row.kind, row.consent, 0, row.signed))
        at_work.node.use_nonce(ACCOUNTS[1], call)
    at_work.go()
    assert at_work.states() == ["WAITING"]
    at_work.node.reorganise(1, lost=True)
    at_work.finish()
    assert at_work.states() == ["RECORDED"]
    row = at_work.rows()[0]
    assert any(row.transaction_hash in block.mined for block in at_work.node.blocks)


def test_a_batch_that_ran_out_inside_a_call():
    made, sent = Meter(), 3_000_000
    made.saw(900_000, 100)
    before = made.gas(100, 30_000_000)
    made.learn(Mined(1, b"", False, sent - sent // 64, ()), sent, 100)  # a call leaves its caller a 64th (EIP-150)
    assert made.is_known
    assert made.gas(100, 30_000_000) > before


def test_a_price_that_rose_after_the_last_attempt():
    key, most = ACCOUNTS[0], 2
    sent = [empty(key, 1337, 5, price, 0) for price in (100, 113, 128, 145)]
    rest = {"most": most, "is_refused": False, "now": 9}
    assert replacement(key, 1337, sent, sent, Means(145, 10**9, None), **rest) is None
    assert replacement(key, 1337, sent, sent, Means(1000, 10**9, None), **rest).price == 1000


def test_a_node_that_answers_one_question_at_a_time(at_work, monkeypatch):
    alone = at_work.node.mined

    def mined(transactions):
        if len(transactions) > 1:
            raise LedgerError("too many")
        return alone(transactions)

    monkeypatch.setattr(at_work.node, "mined", mined)
    for n in range(8):
        at_work.acknowledge(n)
    at_work.finish()
    at_work.check()


def test_a_withdrawal_goes_by_the_account_that_has_no_batches(at_work):
    accounts = Accounts(ACCOUNTS, at_work.journal, 4, print)
    under_way = [Carriage(n, LAST[0], n, (), ()) for n in range(3)] + [Carriage(9, LAST[1], 0, (), ())]
    assert accounts.with_room("Withdraw", under_way) == LAST[0]
    full = [Carriage(n, LAST[0], n, (), ()) for n in range(8)]
    assert accounts.with_room("Withdraw", full) == LAST[1]
