"""carrier, whatever a node says of prices and balances, and whatever becomes of them: every accepted item ends once.

Given a ledger without fees, or with fees; accounts that are empty, or not; a node that tells balances, or not
When a node asks too much for gas, or a little for what is free    what was sent before, or costs less, still goes
When the pools are emptied                                         what was sent goes again at a price it can pay
When the node lags                                                 nothing new goes until it is there again
When the balance is gone                                           all goes once it is there, or if gas is free at once
Each at each stage: nothing sent; sent; mined; and while blocks go on, or none is made
Given a database from before, with prices that nobody can pay      what can be paid goes
"""

from dataclasses import replace

import pytest
from sqlalchemy import insert

from jamjar.relayer.tables import ATTEMPTS
from jamjar.relayer.transactions import fields_of, sign
from tests.unit.relayer.carrying import ACCOUNTS, HANDFUL

LEDGERS = {
    "free": {"fee": 0, "least": 0, "wealth": 0},
    "free, and rich": {"fee": 0, "least": 0, "wealth": 10**18},
    "free, no balances": {"fee": 0, "least": 0, "wealth": None},
    "with fees": {"fee": 10**9, "least": 10**9, "wealth": 10**16},
}
FAULTS = {
    "a price of 2^62": {"fee": 2**62},
    "a price of 2^300": {"fee": 2**300},
    "a price of 2^40": {"fee": 2**40},
    "a price of 1 wei": {"fee": 1},
    "emptied pools": {},
    "a lagging node": {"behind": 5},
    "the balance gone": {"wealth": 0},
    "the balance gone, and a price of 2^36": {"wealth": 0, "fee": 2**36},
}
STAGES = {"nothing sent": (), "sent": ("go",), "mined": ("go", "mine"), "confirming": ("go", "mine", "mine", "mine")}


def fill(at_work, ledger):
    vars(at_work.node).update(LEDGERS[ledger])
    for n in range(4):
        at_work.accept("Withdraw", n)
        at_work.acknowledge(10 + n)
    for n in (20, 21):
        at_work.accept("Pause", n, sequence=0)


@pytest.mark.parametrize("has_blocks", [True, False], ids=["blocks", "no blocks"])
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("ledger", LEDGERS)
def test_what_was_accepted_is_recorded_once(at_work, ledger, fault, stage, has_blocks):
    fill(at_work, ledger)
    for step in STAGES[stage]:
        at_work.go() if step == "go" else at_work.node.mine()
    vars(at_work.node).update(FAULTS[fault])
    for _ in range(8 if has_blocks else 50):
        at_work.node.pool.clear()
        at_work.go()
        if has_blocks:
            at_work.node.mine()
    at_work.node.pool.clear()
    vars(at_work.node).update(LEDGERS[ledger])
    at_work.restart()
    at_work.finish(150)
    at_work.check()
    assert at_work.states() == ["RECORDED"] * 10
    assert at_work.carrier.problem == ""


@pytest.mark.parametrize("ledger", ["free", "free, and rich"])
def test_on_a_ledger_without_fees_nothing_is_paid_while_no_block_is_made(at_work, ledger):
    fill(at_work, ledger)
    for _ in range(60):
        at_work.go()
        at_work.node.pool.clear()
    prices = {each.price for carriage in at_work.journal.unended({}).values() for each in carriage.attempts}
    assert prices == {0}
    at_work.finish()
    at_work.check()


def test_no_more_is_paid_than_the_operator_allows(at_work):
    at_work.settings = replace(HANDFUL, most_gas_price=500)
    at_work.restart()
    at_work.node.fee = 2**62
    at_work.accept("Withdraw", 1)
    for _ in range(60):
        at_work.go()
        at_work.node.pool.clear()
        assert "--most-gas-price" in at_work.carrier.problem
    [under_way] = at_work.journal.unended({}).values()
    assert {each.price for each in under_way.attempts} == {500}


def test_an_empty_account_is_named_until_it_has_ether(at_work):
    vars(at_work.node).update(LEDGERS["with fees"], wealth=0)
    at_work.accept("Withdraw", 1)
    for _ in range(9):
        at_work.go()
        at_work.node.mine()
    assert f"The account {ACCOUNTS[0].address} cannot pay" in at_work.carrier.problem
    at_work.node.wealth = 10**16
    at_work.finish()
    at_work.check()
    assert at_work.carrier.problem == ""


@pytest.mark.parametrize("dearest", [1, 2**40, 2**62])
def test_a_database_with_prices_that_cannot_be_paid(at_work, dearest):
    fill(at_work, "free")
    at_work.node.refuses = True
    at_work.go()
    for carriage in at_work.journal.unended({}).values():  # as an earlier version signed them
        [key] = [key for key in ACCOUNTS if key.address == carriage.account]
        longer = carriage
        for n in range(11):
            fields = {**fields_of(carriage.attempts[0], 1337), "gasPrice": dearest + n}
            longer = at_work.journal.attempt(longer, sign(key, fields, at_work.now))
    at_work.restart()
    at_work.finish()
    at_work.check()


def test_a_database_with_no_price_that_can_be_paid(at_work):
    fill(at_work, "free")
    at_work.node.refuses = True
    at_work.go()
    with at_work.engine.begin() as connection:
        connection.execute(ATTEMPTS.delete())
        for carriage in at_work.carrier._sender.under_way.values():
            [key] = [key for key in ACCOUNTS if key.address == carriage.account]
            signed = sign(key, {**fields_of(carriage.attempts[0], 1337), "gasPrice": 2**40}, at_work.now)
            row = {"transaction_hash": signed.transaction, "carriage": carriage.number, "attempt": 0}
            row |= {"raw": signed.raw, "gas_price": signed.price, "made_at": at_work.now}
            connection.execute(insert(ATTEMPTS), row)
    at_work.restart()
    at_work.finish()
    at_work.check()
