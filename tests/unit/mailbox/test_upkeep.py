"""What a mailbox does of itself: it deletes what ended, and logs what became of each request, and who of nobody."""

import json
import logging
import sqlite3
from contextlib import closing

import pytest

from jamjar.mailbox import app
from jamjar.mailbox.refusal import MailboxCode as Code
from jamjar.mailbox.store import MailboxStore
from jamjar.model.state import Status
from jamjar.protocol.settings import DAY


def test_sweeps_what_ended_when_it_starts_and_each_hour(stopped):
    with stopped.running():
        (ended, _), (later, _), (_, kept) = (stopped.deposited() for _ in range(3))
        stopped.ledger.set(ended.address, Status.EXPIRED)
    with stopped.running():
        assert len(stopped.client(stopped.adviser).waiting()) == 2
        stopped.ledger.set(later.address, Status.WITHDRAWN)
        stopped.clock.now += app.SWEEP_SECONDS
        stopped.deposited()
        stopped.clock.now += 1
        left = (stopped.client(stopped.adviser).waiting() for _ in range(500))  # it sweeps after its answer
        assert any(len(each) == 2 for each in left)
        assert kept.id.hex() in stopped.client(stopped.adviser).waiting()


def test_forgets_the_uses_of_what_ended_long_ago(stopped):
    with stopped.running():
        (ended, shown), (lives, other) = stopped.deposited(), stopped.deposited()
        for sealed in (shown, other):
            stopped.ledger.use(sealed.content.consent, sealed.content.root)
            stopped.client(stopped.adviser).key(sealed.content)
        stopped.ledger.set(ended.address, Status.EXPIRED)
    for days, forgotten in ((29, False), (2, True)):
        stopped.clock.now += days * DAY
        with stopped.running():
            pass
        store = MailboxStore(stopped.database)
        assert store.spent(ended.address) == (frozenset() if forgotten else {1})
        assert store.spent(lives.address) == {1}
        store.close()


def test_forgets_the_nonces_of_requests_that_are_too_old(stopped):
    with stopped.running():
        stopped.deposited()
    for seconds, left in ((4 * stopped.settings.window, 1), (2, 0)):
        stopped.clock.now += seconds
        with stopped.running():
            pass
        with closing(sqlite3.connect(stopped.database.removeprefix("sqlite:///"))) as database:
            assert database.execute("SELECT count(*) FROM nonces").fetchone() == (left,)


def test_starts_while_the_ledger_cannot_be_seen(stopped):
    with stopped.running():
        stopped.deposited()
    stopped.ledger.down = True
    with stopped.running():
        stopped.ledger.down = False
        assert len(stopped.client(stopped.adviser).waiting()) == 1


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.INFO, "jamjar.mailbox")
    return lambda: [json.loads(r.getMessage()) for r in caplog.records if r.name == "jamjar.mailbox"]


def test_its_log_says_what_became_of_each_and_who_of_nobody(world, log, refuses):
    key, sealed = world.deposited()
    with refuses(Code.NO_USE_ON_RECORD):
        world.client(world.adviser).key(sealed.content)
    assert {"event": "deposit", "code": "OK"} in log()
    assert {"event": "hand_over", "code": "NO_USE_ON_RECORD"} in log()
    for text in (key.address, sealed.id.hex(), world.adviser.address, "127.0.0.1"):
        assert text.lower() not in str(log()).lower()
