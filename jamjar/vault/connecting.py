"""Opening the storage of a vault, and locking it against other programs.

SQLite is held by an exclusive lock from opening to closing, so a second program is refused, and no file of shared
memory is needed. Its journal is a rollback journal that is truncated (TRUNCATE), not WAL: a WAL file keeps what was
deleted until it is written over, a truncated journal keeps no bytes, and the exclusive lock leaves WAL no gain. With
synchronous=EXTRA what is committed survives a power failure; secure_delete overwrites with zeros what is deleted;
temporary tables stay in memory. Warning: POSIX drops the lock when the same process opens and closes the file by other
means; only SQLite may touch the file of an open vault. A vault is never written through a symbolic link.

PostgreSQL is locked by an advisory lock of the session, which ends with the session, however that ends.
"""

import re
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import Connection, NullPool, create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from jamjar.errors import InvalidInput, PackagesMissing, VaultBusy, VaultDamaged, VaultUnavailable
from jamjar.vault.storage_errors import ERRORS, clear

MEMORY: Final = ":memory:"
WAIT_SECONDS: Final = 1.0  # for the lock: a program that was just stopped may still be closing
_POSTGRES: Final = ("postgresql://", "postgresql+psycopg://")
_LEAST_BYTES: Final = 512  # the smallest page of SQLite
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_PRAGMAS: Final = (
    "trusted_schema=OFF cell_size_check=ON temp_store=MEMORY cache_size=-32768 secure_delete=ON locking_mode=EXCLUSIVE"
)
# The number of the lock: "jam" in its upper half, the schema in its lower, as a schema has one vault.
_TAKE_LOCK: Final = f"""
    SELECT pg_try_advisory_lock({0x6A616D << 32} + oid::bigint) FROM pg_namespace WHERE nspname = current_schema()
"""  # noqa: S608


def is_postgres(where: str) -> bool:
    """Return whether a place is a database's address; raises InvalidInput when it is neither that nor a path."""
    if not isinstance(where, str) or not where or (_SCHEME.match(where) and not where.startswith(_POSTGRES)):
        raise InvalidInput("The place is neither the path of a file nor a postgresql:// address; name one of them.")
    return where.startswith(_POSTGRES)


def name_of(where: str) -> str:
    """Return the name of a place for an error: the path, or an address without what may be a password."""
    if not is_postgres(where):
        return where
    url = _url(where)
    return f"the database {url.database or ''} on {url.host or 'this machine'}"


def connect_sqlite(where: str, *, may_be_empty: bool, read_only: bool) -> Connection:
    """Open the existing SQLite file at a path, and lock it unless it is only read."""
    path = Path(where).absolute()
    if where != MEMORY:
        _look_at(path, where, may_be_empty, read_only)
    address = MEMORY if where == MEMORY else f"file:{quote(str(path))}?mode={'ro' if read_only else 'rw'}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)

    with clear(where):
        engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
        connection = engine.connect()
    try:
        with clear(where):
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")  # the store sends BEGIN and COMMIT
            for pragma in _PRAGMAS.split():
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            if not read_only:
                connection.exec_driver_sql("PRAGMA journal_mode=TRUNCATE")
                connection.exec_driver_sql("PRAGMA synchronous=EXTRA")
                connection.exec_driver_sql("BEGIN EXCLUSIVE")  # takes the lock that EXCLUSIVE locking then keeps
                connection.exec_driver_sql("PRAGMA user_version=1")  # fails now rather than later if it is read-only
                connection.exec_driver_sql("ROLLBACK")
    except BaseException:
        _drop(connection)
        raise
    return connection


def connect_postgres(where: str) -> Connection:
    """Open the database at a postgresql:// address and take the lock of its schema.

    Raises PackagesMissing without psycopg.
    """
    name = name_of(where)
    with clear(name):
        options = {"connect_timeout": 10}
        try:
            engine = create_engine(_url(where), poolclass=NullPool, hide_parameters=True, connect_args=options)
        except ImportError:
            raise PackagesMissing("PostgreSQL's", "postgresql") from None
        connection = engine.connect()
    try:
        with clear(name):
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("SET synchronous_commit TO on")
            until = time.monotonic() + WAIT_SECONDS
            while not connection.exec_driver_sql(_TAKE_LOCK).scalar():
                if time.monotonic() > until:
                    raise VaultBusy("Another program has the vault open; close it there and try again.")
                time.sleep(0.05)
    except BaseException:
        _drop(connection)
        raise
    return connection


def _drop(connection: Connection) -> None:
    with suppress(*ERRORS):
        connection.close()


def _look_at(path: Path, name: str, may_be_empty: bool, read_only: bool) -> None:
    try:
        size = path.stat().st_size if path.is_file() else None
    except (OSError, ValueError):
        size = None
    if size is not None and path.is_symlink() and not read_only:
        raise InvalidInput(f"{name} is a symbolic link, which is not written through; name the file itself.")
    if size is None:
        raise VaultUnavailable(f"There is no vault at {name}; name the right file, or create one.")
    if size == 0 and not may_be_empty:
        raise VaultDamaged(f"{name} is empty; delete it, and create a vault or restore a backup.")
    if 0 < size < _LEAST_BYTES:  # SQLite would read it as an empty database
        raise VaultDamaged(
            f"{name} is not a vault, or its beginning is damaged; name the right file, or restore a backup."
        )


def _url(where: str) -> URL:
    try:
        return make_url(where).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError, TypeError):
        # Not `from` the error: its text may show the password.
        raise InvalidInput("The postgresql:// address cannot be read; write host and database again.") from None
