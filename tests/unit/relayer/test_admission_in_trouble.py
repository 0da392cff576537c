"""relayer.admission, when the database fails: who hears that a message is accepted has it on disk.

Given storing one fails              the others are admitted, each in a transaction of its own
Given the commit fails               each is tried alone
Given the database cannot be reached each hears so, and nothing is admitted
When many come at once               all are on disk before any hears of it
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy.exc import OperationalError

from jamjar.relayer.acceptance import Acceptance
from jamjar.relayer.item import Item
from jamjar.relayer.queue import Queue
from jamjar.service.database import DatabaseUnavailable
from tests.unit.relayer.admitting import admission, candidate, codes


def breaks(of):
    raise OperationalError("INSERT", {}, OSError(of))


def test_storing_that_fails_is_tried_one_by_one(queue, monkeypatch):
    bad, accept, tries = candidate(), Acceptance.accept, []

    def accepting(self, new, seen, most):
        tries.append(new.id)
        return breaks("disk") if new.id == bad.new.id else accept(self, new, seen, most)

    monkeypatch.setattr(Acceptance, "accept", accepting)
    group = [candidate(), bad, candidate()]
    outcomes = admission(queue)._admit_all(group)
    assert codes(outcomes) == [Item, DatabaseUnavailable, Item]
    ids = [each.new.id for each in group]
    assert tries == [*ids[:2], *ids]
    assert queue.open() == 2


def test_a_commit_that_fails_is_tried_one_by_one(queue, monkeypatch):
    accepting, failed = Queue.accepting, []

    @contextmanager
    def commits(self):
        with accepting(self) as acceptance:
            yield acceptance
            if not failed:
                failed.append(True)
                breaks("commit")

    monkeypatch.setattr(Queue, "accepting", commits)
    group = [candidate() for _ in range(3)]
    outcomes = admission(queue)._admit_all(group)
    assert [each.id for each in outcomes] == [each.new.id for each in group]
    assert queue.open() == 3


def test_a_database_that_cannot_be_reached(queue, monkeypatch):
    @contextmanager
    def unreachable(self):
        raise DatabaseUnavailable("down")
        yield

    monkeypatch.setattr(Queue, "accepting", unreachable)
    assert codes(admission(queue)._admit_all([candidate(), candidate()])) == [DatabaseUnavailable] * 2
    with pytest.raises(DatabaseUnavailable):
        admission(queue).admit(candidate())
    assert queue.open() == 0


def test_many_at_once_are_all_on_disk_before_they_hear(url):
    queue, other = Queue(url), Queue(url)
    door, group = admission(queue, most=1000, share=1.0), [candidate(sender=str(n)) for n in range(60)]

    def admit(each):
        return door.admit(each), other.item(each.new.id)

    with ThreadPoolExecutor(8) as pool:
        assert all(item is not None and item == found for item, found in pool.map(admit, group))
    queue.close()
    other.close()
