"""relayer.admission: messages that come together are admitted in one transaction, each as if it came alone.

Given one of a group is refused                   the others are admitted
Given two of a group are the same                 one item, and both hear of it
Given two of a group are for one consent          the later is decided on again
Given a group takes the last room, or share       those after that are refused
Given storing one fails                           the others are admitted, each in a transaction of its own
Given the commit fails                            each is tried alone
Given the database cannot be reached              each hears so, and nothing is admitted
When many come at once                            all are on disk before any hears of it
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError

from jamjar.protocol import typed_data
from jamjar.protocol.typed_data import Withdraw
from jamjar.relayer.acceptance import Acceptance, Accepted
from jamjar.relayer.admission import Admission, Candidate
from jamjar.relayer.item import Item
from jamjar.relayer.queue import Queue
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.service.database import DatabaseUnavailable
from jamjar.service.refusal import Refused
from tests.unit.relayer.world import DEPLOYMENT, NOW, SETTINGS, commit, key, signed

LATER = NOW + 100


def candidate(message=None, sender="anybody", *, due=LATER, is_known=True):
    message = message or commit(key())
    domain = DEPLOYMENT.domain_of(type(message.message))
    new = Accepted(typed_data.digest(domain, message.message), message, domain, NOW, due, LATER + 600)
    return Candidate(new, frozenset(), sender, is_known)


def admission(queue, **changes):
    return Admission(replace(SETTINGS, **changes), queue, lambda: NOW)


def codes(outcomes):
    return [each.refusal.code if isinstance(each, Refused) else type(each) for each in outcomes]


def stored(queue):
    return queue.open()


def test_one_that_is_refused_costs_the_others_nothing(queue):
    late = candidate(due=NOW)
    group = [candidate(), late, candidate()]
    first, refused, last = admission(queue)._admit_all(group)
    assert refused is None  # its epoch has passed: it is decided on again
    assert [first.id, last.id] == [group[0].new.id, group[2].new.id]
    assert stored(queue) == 2


def test_the_same_twice_is_one_item(queue):
    same = candidate()
    first, second, third = admission(queue)._admit_all([same, same, candidate()])
    assert first == second
    assert stored(queue) == 2 == third.number - first.number + 1


def test_another_for_the_same_consent_is_decided_on_again(queue):
    by = key()
    first, second = admission(queue)._admit_all([candidate(commit(by, 1)), candidate(commit(by, 2))])
    assert (type(first), second, stored(queue)) == (Item, None, 1)


def test_the_last_room_is_taken_once(queue):
    group = [candidate(sender=str(n)) for n in range(6)]
    outcomes = admission(queue, most=4, share=1.0)._admit_all(group)
    assert codes(outcomes) == [Item] * 4 + [Code.FULL] * 2
    assert stored(queue) == 4


def test_the_reserve_is_for_what_is_urgent_and_known(queue):
    door, by = admission(queue, most=1, reserve=1, share=1.0), [key() for _ in range(3)]
    urgent = [signed(each, Withdraw(each.address)) for each in by]
    group = [candidate(), candidate(urgent[0], "a", is_known=False), candidate(urgent[1], "b"), candidate(urgent[2])]
    assert codes(door._admit_all(group)) == [Item, Code.FULL, Item, Code.FULL]


def test_a_share_counts_those_of_the_same_group(queue):
    door = admission(queue, most=10, share=0.3)
    outcomes = door._admit_all([candidate(sender="flood") for _ in range(5)] + [candidate(sender="another")])
    assert codes(outcomes) == [Item] * 3 + [Code.TOO_MANY] * 2 + [Item]  # 3 of 7 that are free is over 0.3
    assert codes(door._admit_all([candidate(sender="flood")])) == [Code.TOO_MANY]
    assert stored(queue) == 4


def test_a_share_counts_one_that_comes_twice_once(queue):
    same = candidate(sender="flood")
    outcomes = admission(queue, most=10, share=0.2)._admit_all([same, same, candidate(sender="flood")])
    assert codes(outcomes) == [Item, Item, Item]


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
    assert stored(queue) == 2


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
    assert stored(queue) == 3


def test_a_database_that_cannot_be_reached(queue, monkeypatch):
    @contextmanager
    def unreachable(self):
        raise DatabaseUnavailable("down")
        yield

    monkeypatch.setattr(Queue, "accepting", unreachable)
    assert codes(admission(queue)._admit_all([candidate(), candidate()])) == [DatabaseUnavailable] * 2
    with pytest.raises(DatabaseUnavailable):
        admission(queue).admit(candidate())
    assert stored(queue) == 0


def test_many_at_once_are_all_on_disk_before_they_hear(url):
    queue = Queue(url)
    door, group = admission(queue, most=1000, share=1.0), [candidate(sender=str(n)) for n in range(60)]

    def admit(each):
        item, other = door.admit(each), Queue(url)
        found = other.item(each.new.id)
        other.close()
        return item, found

    with ThreadPoolExecutor(20) as pool:
        assert all(item is not None and item == found for item, found in pool.map(admit, group))
    queue.close()
