"""retention: what ended is deleted a stated time later, with its transactions, and is not carried again.

Given items that ended, and days later    they go, with carriages and attempts that no item needs
Given what has not ended, or not so long  it stays
Given an account's highest nonce          its carriage stays, and so does the highest number of each table
Given more than goes at once              some go in each sweep, and it goes on
When a message comes again                the ledger answers it, whatever its kind, and nothing is queued
"""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from jamjar.errors import InvalidInput
from jamjar.model.state import NOTHING, Stage
from jamjar.protocol.settings import DAY
from jamjar.protocol.typed_data import Acknowledge, Commit, Pause, Reconfirm, Resume, Withdraw
from jamjar.relayer import retention
from jamjar.relayer.item import ItemState
from jamjar.relayer.journal import Journal
from jamjar.relayer.retention import Retention
from jamjar.relayer.tables import ATTEMPTS, CARRIAGES, ITEMS
from tests.unit.relayer.carrying import ACCOUNTS, Carrying
from tests.unit.relayer.world import NOW, grant, key, signed

ROOT, ADVICE = b"\1" * 32, b"\2" * 32


@pytest.fixture
def kept(url):
    return Carrying(url)


def counts(at_work) -> list[int]:
    with at_work.engine.connect() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar()
            for table in (ITEMS, CARRIAGES, ATTEMPTS)
        ]


def ended(at_work, rounds: int) -> int:
    """Carry items, one carriage for each, and return when all had ended."""
    for _ in range(rounds):
        at_work.accept("Withdraw", at_work.wanted)
        at_work.finish()
    return at_work.now


def test_what_ended_goes_with_what_carried_it(kept):
    now = ended(kept, 4)
    keeper = Retention(kept.engine, 1)
    assert keeper.sweep(now + DAY // 2) == 0
    assert keeper.sweep(now + 2 * DAY) == 3
    assert counts(kept) == [1, 1, 1]
    assert keeper.deleted == 3
    assert Journal(kept.engine).used(ACCOUNTS[0].address) == 4
    kept.now = now + 2 * DAY
    kept.restart()
    ended(kept, 2)
    kept.check_places()


def test_what_has_not_ended_stays(kept):
    now = ended(kept, 1)
    kept.acknowledge(50)
    kept.acknowledge(51, due=now + 90 * DAY)
    kept.go()
    assert Retention(kept.engine, 1).sweep(now + 60 * DAY) == 1
    assert kept.states() == ["CARRIED", "WAITING"]
    assert counts(kept)[2] == 2
    kept.finish_due(now + 90 * DAY)


def test_a_batch_goes_with_its_last_item(kept):
    for n in range(3):
        kept.acknowledge(n)
    kept.finish()
    now = ended(kept, 1)
    with kept.engine.begin() as connection:
        connection.execute(ITEMS.update().where(ITEMS.c.number == 2).values(ended_at=now + 9 * DAY))
    Retention(kept.engine, 1).sweep(now + 2 * DAY)
    assert counts(kept)[:2] == [2, 2]
    kept.check_places()


def test_no_more_goes_at_once_than_is_said(kept, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    now, keeper = ended(kept, 6) + 2 * DAY, Retention(kept.engine, 1)
    assert [keeper.sweep(now + second) for second in range(5)] == [2, 2, 1, 0, 0]
    assert counts(kept) == [1, 1, 1]


@pytest.mark.parametrize("days", [0, -1, 1.5, True])
def test_what_is_no_time(kept, days):
    with pytest.raises(InvalidInput):
        Retention(kept.engine, days)


AGAIN = {
    "Grant": lambda by: (grant(by), {}),
    "Commit": lambda by: (signed(by, Commit(by.address, ROOT, NOTHING)), {}),
    "Pause": lambda by: (signed(by, Pause(by.address, 0)), {"sequence": 1, "stage": Stage.PAUSED}),
    "Resume": lambda by: (signed(by, Resume(by.address, 0)), {"sequence": 1}),
    "Reconfirm": lambda by: (signed(by, Reconfirm(by.address, 0, NOW + 40 * DAY)), {"sequence": 1}),
    "Withdraw": lambda by: (signed(by, Withdraw(by.address)), {"stage": Stage.WITHDRAWN}),
    "Acknowledge": lambda by: (signed(by, Acknowledge(by.address, ROOT, ADVICE)), {}),
}


@pytest.mark.parametrize("kind", AGAIN)
def test_what_comes_again_is_not_carried_again(world, kind):
    by = key()
    message, state = AGAIN[kind](by)
    if kind != "Grant":
        world.ledger.grant(by.address)
    if kind in {"Resume"}:
        world.ledger.grant(by.address, stage=Stage.PAUSED)
    world.ledger.advice.add((by.address, ROOT, ADVICE))
    assert world.take(message).is_new
    [item] = world.queue.waiting(by.address)
    outcome = {"state": int(ItemState.RECORDED), "block": 1, "transaction_hash": ROOT, "log_index": 0}
    with world.queue.engine.begin() as connection:
        connection.execute(ITEMS.update().values(ended_at=NOW, due_at=NOW, **outcome))
    other = key()
    world.ledger.grant(other.address)
    world.take(signed(other, Withdraw(other.address)))
    assert Retention(world.queue.engine, 1).sweep(NOW + 2 * DAY) == 1
    assert world.queue.item(item.id) is None
    world.ledger.grant(by.address, **state)
    world.ledger.heads[by.address] = ROOT
    world.ledger.advice.clear()
    world.ledger.carried.add(message.message)
    answer = world.take(message)
    assert (answer.state, answer.is_new, answer.outcome) == (ItemState.RECORDED, False, None)
    assert world.queue.waiting(by.address) == ()
    assert replace(answer, receipt=None) == answer
