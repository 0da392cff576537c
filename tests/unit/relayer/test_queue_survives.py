"""What was accepted is on disk before its receipt leaves: whatever kills the program, it is there whole, or not at all.

Given it is killed at any statement     the message is there once, after it was sent again
Given the disk is full                  refused, and what was there before is there
"""

import sqlite3

import pytest
from sqlalchemy import event

from jamjar.relayer import refusal
from jamjar.relayer.queue import Queue
from tests.support.killing import dies
from tests.unit.relayer.world import World, commit, grant, key, text


def test_killed_at_each_statement(url):
    by = key()
    messages = [text(grant(by)), text(commit(by))]
    World(url).queue.close()
    worlds = []

    def take():
        for message in messages:
            worlds[0].intake.take(message, "anybody")

    statement = 1
    while dies(statement, take, beforehand=lambda: worlds.append(World(url))):
        statement += 1
    assert statement > 10
    found = World(url)
    take_again = [found.intake.take(message, "anybody") for message in messages]
    assert [answer.is_new for answer in take_again] == [False, False]
    assert [type(item.signed.message).__name__ for item in found.queue.waiting(by.address)] == ["Grant", "Commit"]
    found.queue.close()


def test_sqlite_waits_for_the_disk(tmp_path):
    queue = Queue(f"sqlite:///{tmp_path / 'relayer.db'}")
    with queue.engine.begin() as connection:
        for pragma, value in (("synchronous", 2), ("journal_mode", "wal")):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    queue.close()
    assert sqlite3.connect(tmp_path / "relayer.db").execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_full_disk(world, refuses):
    kept = world.take(grant(key()))

    def no_room(connection, _):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    world.queue.engine.dispose()
    event.listen(world.queue.engine, "connect", no_room)
    with refuses(refusal.RelayerCode.STORE_UNAVAILABLE):
        for _ in range(50):
            world.take(grant(key()))
    assert world.queue.item(kept.id).carry_by == kept.receipt.receipt.carry_by


@pytest.mark.parametrize("act", ["take", "look"])
def test_a_database_that_is_gone(world, refuses, act, tmp_path):
    world.queue.engine.dispose()
    (tmp_path / "relayer.db").unlink()
    (tmp_path / "relayer.db").mkdir()
    with refuses(refusal.RelayerCode.STORE_UNAVAILABLE):
        world.take(grant(key())) if act == "take" else world.intake.look(b"\1" * 32)
