"""What is kept is on disk before the answer leaves, and what is deleted is gone from it."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from jamjar.mailbox.store import MailboxStore
from tests.unit.mailbox.world import CAME, package, use

LIMITS = {"each": 2, "most": 3}
SHARES = {**LIMITS, "member": 3}
ROOT = Path(__file__).parents[3]
KILLED = """
import os, signal, sys
from jamjar.mailbox.ledger_view import UseRecord
from jamjar.mailbox.store import MailboxStore
name, consent = sys.argv[2:]
assert MailboxStore(sys.argv[1]).spend(name, UseRecord(consent, 1, 2, bytes(32), 5, "0x", 0), 9)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_use_stays_spent_when_the_program_is_killed(store, url):
    sealed = package()
    store.put_package(sealed, CAME, **SHARES)
    command = [sys.executable, "-c", KILLED, url, sealed.id.hex(), sealed.content.consent]
    assert subprocess.run(command, cwd=ROOT, timeout=300, check=False).returncode == -signal.SIGKILL
    assert store.spent(sealed.content.consent) == {1}
    assert store.spend(sealed.id.hex(), use(sealed), 9) is None


def test_sqlite_waits_for_the_disk_and_wipes_what_it_deletes(tmp_path):
    store = MailboxStore(f"sqlite:///{tmp_path / 'mailbox.db'}")
    sealed = package()
    store.put_package(sealed, CAME, **SHARES)
    with store._transaction() as connection:
        for pragma, value in (("synchronous", 2), ("secure_delete", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    store.erase(sealed.content.consent)
    store.close()
    assert sealed.content.body[:64] not in (tmp_path / "mailbox.db").read_bytes()
    assert sqlite3.connect(tmp_path / "mailbox.db").execute("PRAGMA integrity_check").fetchone() == ("ok",)
