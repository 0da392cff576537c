"""What was accepted, on SQLite and on PostgreSQL: once each, bounded, in the order in which it is carried.

When it is accepted again, or by two at once      it is there once
When as much is open as may be                    it is refused, and nothing is kept
When others came to wait for its consent          it has to be decided on again
When it is final                                  it is out of the way, and what came of it is there
"""

import threading

import pytest
from sqlalchemy import update

from jamjar.errors import InvalidInput
from jamjar.protocol.typed_data import digest
from jamjar.relayer.item import ItemState, Place, Rejection
from jamjar.relayer.queue import Accepted, Ended, Queue
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.relayer.tables import ITEMS
from jamjar.service.database import DatabaseUnavailable, alone, transaction
from tests.unit.relayer.world import DEPLOYMENT, commit, grant, key

MOST = 10


def accepted(signed, due_at=20):
    domain = DEPLOYMENT.domain_of(type(signed.message))
    return Accepted(digest(domain, signed.message), signed, domain, 10, due_at, due_at + 600)


def put(queue, signed, due_at=20, seen=()):
    return queue.accept(accepted(signed, due_at), seen, MOST)


def end(queue, item, **values):
    """End an item, as the journal does."""
    with transaction(queue.engine) as connection:
        connection.execute(update(ITEMS).where(ITEMS.c.number == item.number).values(**values))


@pytest.mark.parametrize("url", ["relayer.db", "mysql://host/x", "", "sqlite"])
def test_what_is_no_database(url):
    with pytest.raises(InvalidInput):
        Queue(url)


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql://nobody@127.0.0.1:9/none"])
def test_a_database_that_is_not_there(url):
    with pytest.raises(DatabaseUnavailable) as error:
        Queue(url)
    assert "nobody" not in str(error.value)


def test_accepted_once(queue):
    signed = grant(key())
    item = put(queue, signed)
    assert (item.signed, item.accepted_at, item.due_at, item.carry_by) == (signed, 10, 20, 620)
    assert (item.state, item.outcome, item.ended_at) == (ItemState.WAITING, None, None)
    assert put(queue, signed, due_at=99) == item == queue.item(item.id)
    assert queue.item(b"\1" * 32) is None
    assert queue.counts() == {ItemState.WAITING: 1, ItemState.CARRIED: 0, ItemState.RECORDED: 0, ItemState.REJECTED: 0}


def test_two_at_once_are_one(queue):
    signed, found = grant(key()), []
    threads = [threading.Thread(target=lambda: found.append(put(queue, signed))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {item.number for item in found} == {queue.item(accepted(signed).id).number}


def test_no_more_than_may_be(queue, refuses):
    found = []

    def fill():
        for _ in range(4):
            try:
                found.append(put(queue, grant(key())))
            except Exception as error:
                found.append(error)

    threads = [threading.Thread(target=fill) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert queue.open() == MOST
    assert sum(isinstance(each, Exception) for each in found) == 16 - MOST
    with refuses(Code.FULL):
        put(queue, grant(key()))


def test_decided_again_when_others_wait_by_now(queue):
    by = key()
    first = put(queue, grant(by))
    assert put(queue, commit(by)) is None
    second = put(queue, commit(by), seen={first.number})
    assert queue.waiting(by.address) == (first, second)
    end(queue, first, state=ItemState.REJECTED, reason="X: y")
    assert put(queue, commit(by, 2), seen={first.number, second.number}) is not None


def test_the_order_in_which_they_are_carried(queue):
    by, seen = key(), set()
    for root, due_at in ((1, 30), (2, 20), (3, 30), (4, 10)):
        seen.add(put(queue, commit(by, root), due_at, set(seen)).number)
    assert [item.due_at for item in queue.waiting(by.address)] == [10, 20, 30, 30]
    assert [item.signed.message.root[-1] for item in queue.waiting(by.address)] == [4, 2, 1, 3]
    assert [item.number for item in queue.newest(ItemState.WAITING, 2)] == sorted(seen)[:1:-1]
    assert (queue.earliest(), queue.waiting(key().address)) == ((10, 610), ())


def test_what_came_of_it(queue):
    recorded, rejected, left = (put(queue, grant(key())) for _ in range(3))
    place = {"block": 7, "transaction_hash": b"\5" * 32, "log_index": 3}
    end(queue, recorded, state=ItemState.RECORDED, ended_at=50, **place)
    end(queue, rejected, state=ItemState.REJECTED, ended_at=51, reason="HeadMismatch: HeadMismatch(0x: 1): sign again")
    assert queue.item(recorded.id).outcome == Place(7, b"\5" * 32, 3)
    assert queue.item(rejected.id).outcome == Rejection("HeadMismatch", "HeadMismatch(0x: 1): sign again")
    assert queue.ended(50, 51) == [Ended(10, 50, ItemState.RECORDED)]
    assert queue.still_open([1, recorded.number, left.number]) == {left.number}
    assert (queue.open(), queue.open_carriages(), queue.earliest()) == (1, 0, (20, 620))


def test_one_program_works_on_it(queue, url):
    other = Queue(url)
    with alone(queue.engine):
        assert other.open() == 0
        with pytest.raises(DatabaseUnavailable, match="Another program"), alone(other.engine):
            pass
    with alone(other.engine):
        pass
    other.close()
