"""relayer.admission: messages that come together are admitted in one transaction, each as if it came alone.

Given one of a group is refused                   the others are admitted
Given two of a group are the same                 one item, and both hear of it
Given two of a group are for one consent          the later is decided on again
Given a group takes the last room, or share       those after that are refused
"""

from jamjar.protocol.typed_data import Withdraw
from jamjar.relayer.item import Item
from jamjar.relayer.refusal import RelayerCode as Code
from tests.unit.relayer.admitting import admission, candidate, codes
from tests.unit.relayer.world import NOW, commit, key, signed


def test_one_that_is_refused_costs_the_others_nothing(queue):
    late = candidate(due=NOW)
    group = [candidate(), late, candidate()]
    first, refused, last = admission(queue)._admit_all(group)
    assert refused is None  # its epoch has passed: it is decided on again
    assert [first.id, last.id] == [group[0].new.id, group[2].new.id]
    assert queue.open() == 2


def test_the_same_twice_is_one_item(queue):
    same = candidate()
    first, second, third = admission(queue)._admit_all([same, same, candidate()])
    assert first == second
    assert queue.open() == 2 == third.number - first.number + 1


def test_another_for_the_same_consent_is_decided_on_again(queue):
    by = key()
    first, second = admission(queue)._admit_all([candidate(commit(by, 1)), candidate(commit(by, 2))])
    assert (type(first), second, queue.open()) == (Item, None, 1)


def test_the_last_room_is_taken_once(queue):
    group = [candidate(sender=str(n)) for n in range(6)]
    outcomes = admission(queue, most=4, share=1.0)._admit_all(group)
    assert codes(outcomes) == [Item] * 4 + [Code.FULL] * 2
    assert queue.open() == 4


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
    assert queue.open() == 4


def test_a_share_counts_one_that_comes_twice_once(queue):
    same = candidate(sender="flood")
    outcomes = admission(queue, most=10, share=0.2)._admit_all([same, same, candidate(sender="flood")])
    assert codes(outcomes) == [Item, Item, Item]
