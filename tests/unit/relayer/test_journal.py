"""journal: what is about to be sent is on disk first, and a killed program leaves nothing half done.

When a program is killed at any statement    an item waits, is under way with its signed transaction, or has ended
Given two carriers                           an item is in one carriage, a carriage ends once
Given items of one consent                   due one after the other, but for withdrawals
"""

import pytest

from jamjar.relayer.item import Place, Rejection
from jamjar.relayer.journal import Attempt, Journal
from tests.support.killing import dies
from tests.unit.relayer.carrying import Carrying

FOR_EVER = 2**40


@pytest.fixture
def kept(url) -> Carrying:
    return Carrying(url)


def attempt(n: int) -> Attempt:
    return Attempt(bytes([n]) * 32, b"raw", 5, 1000)


def begin(journal: Journal, nonce: int = 0):
    return journal.open("0xA", nonce, journal.due("Acknowledge", FOR_EVER, 9), attempt(nonce + 1))


def outcomes(carriage):
    first, second, *_ = [load.number for load in carriage.loads]
    return {first: Place(3, b"\7" * 32, 0), second: Rejection("HeadMismatch", "HeadMismatch(1): sign again")}


def ended(journal: Journal) -> bool:
    [carriage] = journal.unended({}).values()
    return journal.end(carriage, outcomes(carriage), 1009)


def test_from_waiting_to_the_end(kept):
    numbers = [kept.acknowledge(n) for n in range(3)]
    carriage = begin(kept.journal)
    assert sorted(load.number for load in carriage.loads) == numbers
    assert kept.journal.unended({}) == {carriage.number: carriage}
    assert kept.states() == ["CARRIED"] * 3
    another = kept.journal.attempt(carriage, attempt(8))
    assert kept.journal.unended({carriage.number: carriage}) == {carriage.number: another}
    assert kept.journal.used("0xA") == 0
    assert ended(kept.journal)
    assert sorted(kept.states()) == ["RECORDED", "REJECTED", "WAITING"]
    assert (kept.journal.used("0xA"), kept.journal.unended({}), kept.journal.unfinished()) == (1, {}, 1)
    place = next(row for row in kept.rows() if row.block is not None)
    assert (place.block, place.transaction_hash, place.log_index, place.ended_at) == (3, b"\7" * 32, 0, 1009)
    assert next(row.reason for row in kept.rows() if row.reason) == "HeadMismatch: HeadMismatch(1): sign again"


def test_an_item_is_in_one_carriage_and_ends_once(kept):
    for n in range(3):
        kept.acknowledge(n)
    loads = kept.journal.due("Acknowledge", FOR_EVER, 9)
    carriage = kept.journal.open("0xA", 0, loads, attempt(1))
    assert kept.journal.open("0xB", 0, loads[:1], attempt(2)) is None
    assert list(kept.journal.unended({})) == [carriage.number]
    assert kept.journal.end(carriage, {}, 1009)
    assert not kept.journal.end(carriage, outcomes(carriage), 1010)
    assert kept.states() == ["WAITING"] * 3
    kept.journal.settle(outcomes(carriage), 1011)
    assert sorted(kept.states()) == ["RECORDED", "REJECTED", "WAITING"]


def test_killed_while_it_begins(kept):
    for n in range(3):
        kept.acknowledge(n)
    statement, seen = 0, set()
    while True:
        statement += 1
        died = dies(statement, lambda: begin(kept.journal), beforehand=kept.restart)
        under_way = kept.journal.unended({})
        seen.add(tuple(kept.states()))
        assert kept.states() == (["CARRIED"] * 3 if under_way else ["WAITING"] * 3)
        for carriage in under_way.values():
            assert (len(carriage.loads), carriage.attempts) == (3, (attempt(1),))
        if under_way:
            break
        assert died
    assert len(seen) == 2


def test_killed_while_it_ends(kept):
    for n in range(3):
        kept.acknowledge(n)
    begin(kept.journal)
    statement = 0
    while kept.journal.unended({}):
        assert kept.states() == ["CARRIED"] * 3
        statement += 1
        dies(statement, lambda: ended(kept.journal), beforehand=kept.restart)
    assert statement > 4
    assert sorted(kept.states()) == ["RECORDED", "REJECTED", "WAITING"]


def due(kept: Carrying, kind: str, now: int = 1000) -> list[int]:
    return sorted(load.number for load in kept.journal.due(kind, now, 9))


def test_the_turn_of_an_item(kept):
    first, second = kept.commit(1, 5), kept.commit(1, 6, replaces=5)
    pause, withdrawal = kept.accept("Pause", 1, sequence=0), kept.accept("Withdraw", 1)
    later, sooner = kept.commit(2, 5, due=1500), kept.commit(2, 6, replaces=5)
    assert (due(kept, "Commit"), due(kept, "Commit", 1500)) == ([first, sooner], [first, sooner])
    assert (due(kept, "Pause"), due(kept, "Withdraw")) == ([pause], [withdrawal])
    resumption = kept.accept("Resume", 1, sequence=1)
    next_pause = kept.accept("Pause", 1, sequence=2)
    assert (due(kept, "Resume"), due(kept, "Pause")) == ([], [pause])
    kept.journal.settle({number: Rejection("x", "y") for number in (first, second, pause, withdrawal)}, 1001)
    assert (due(kept, "Resume"), due(kept, "Pause")) == ([resumption], [])
    kept.journal.settle({number: Rejection("x", "y") for number in (resumption, sooner)}, 1001)
    assert (due(kept, "Pause"), due(kept, "Commit", 1500)) == ([next_pause], [later])


def test_an_epoch_is_carried_in_no_order_of_acceptance(kept):
    numbers = [kept.acknowledge(n) for n in range(20)]
    read = [load.number for load in kept.journal.due("Acknowledge", FOR_EVER, 20)]
    assert sorted(read) == numbers != read
    assert len(kept.journal.due("Acknowledge", FOR_EVER, 7)) == 7
