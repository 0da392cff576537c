"""What a database says becomes one clear error; a connection that is lost stays lost, for its lock is lost too."""

import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from jamjar.errors import VaultBusy, VaultDamaged, VaultError, VaultFull, VaultUnavailable
from jamjar.vault.storage_errors import clear
from jamjar.vault.vault import Vault
from tests.support.postgres import Server

from .conftest import CONTENT, PASSPHRASE, content, fill


class FromServer(Exception):
    """An error as psycopg raises it: with one of PostgreSQL's codes (its appendix A), or none."""

    def __init__(self, code: str | None) -> None:
        super().__init__("said in the language of the server")
        self.sqlstate = code


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        (sqlite3.OperationalError("database is locked"), VaultBusy),
        (sqlite3.OperationalError("database or disk is full"), VaultFull),
        (sqlite3.OperationalError("unable to open database file"), VaultUnavailable),
        (sqlite3.OperationalError("attempt to write a readonly database"), VaultUnavailable),
        (sqlite3.OperationalError("disk I/O error"), VaultUnavailable),
        (sqlite3.DatabaseError("database disk image is malformed"), VaultDamaged),
        (sqlite3.DatabaseError("file is not a database"), VaultDamaged),
        (FromServer("55P03"), VaultBusy),
        (FromServer("53100"), VaultFull),
        (FromServer("42501"), VaultUnavailable),
        (FromServer("28P01"), VaultUnavailable),
        (FromServer("57P01"), VaultUnavailable),
        (FromServer("08006"), VaultUnavailable),
        (FromServer(None), VaultUnavailable),
        (FromServer("XX001"), VaultDamaged),
        (FromServer("42P01"), VaultDamaged),
    ],
)
def test_one_clear_error(original: Exception, expected: type[VaultError]) -> None:
    with pytest.raises(VaultError, match=r"vault.*; .*\.$") as refusal, clear("my vault"):
        raise OperationalError("SELECT", {}, original)
    assert type(refusal.value) is expected


@pytest.mark.parametrize("error", [UnicodeDecodeError("utf-8", b"x", 0, 1, "x"), OverflowError(), TypeError()])
def test_what_damaged_files_make_python_raise(error: Exception) -> None:
    with pytest.raises(VaultDamaged), clear("my vault"):
        raise error


def test_too_little_memory() -> None:
    with pytest.raises(VaultUnavailable), clear("my vault"):
        raise MemoryError


def test_a_lost_connection(postgres: Server) -> None:
    where = postgres.new_database()
    name = where.partition("@/")[2].partition("?")[0]
    vault = fill(where)
    with pytest.raises(VaultUnavailable, match="open the vault again"), vault.writing() as transaction:  # noqa: PT012
        transaction.put("budget", "2026-01", b"lost")
        postgres.run_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
        transaction.put("budget", "2026-02", b"lost")
    with Vault.open(where, PASSPHRASE) as again:
        for act in (lambda: content(vault), vault.check, lambda: vault.writing().__enter__()):
            with pytest.raises(VaultUnavailable, match="open the vault again"):
                act()
        assert content(again) == CONTENT
    vault.close()
