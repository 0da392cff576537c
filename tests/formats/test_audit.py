"""An audit's database made before, of contracts that this version does not know: it is refused, and stays as it is."""

import sqlite3
from pathlib import Path

import pytest

from jamjar.audit.store import AuditStore
from jamjar.errors import InvalidInput
from tests.formats.known import DEPLOYMENT, KNOWN

THERE = KNOWN["audit"]


def rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that is in a database, by its tables."""
    connection = sqlite3.connect(file)
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608
    finally:
        connection.close()


def test_it_is_refused_and_stays_as_it_is(files: Path) -> None:
    before = rows(files / "audit.db")
    assert [list(each) for each in before["audit_blocks"]] == THERE["blocks"]
    with pytest.raises(InvalidInput, match=r"earlier version of Jamjar, .*; name another database"):
        AuditStore(f"sqlite:///{files / 'audit.db'}", DEPLOYMENT)
    after = rows(files / "audit.db")
    assert {name: after[name] for name in before} == before
