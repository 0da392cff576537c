"""A service's database, SQLite in a private file or PostgreSQL: committed is on disk before anybody is told so."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError

from jamjar.errors import InvalidInput, JamjarError, PackagesMissing
from jamjar.service.private_file import prepare_database

_SQLITE: Final = "sqlite"
_READS: Final = {"jamjar_reads": True}
_ALONE: Final = 0x6A616D_616C  # a number that no other program uses: "jam", "al"


class DatabaseUnavailable(JamjarError):
    """A service's database cannot be reached, read or written; the change was not made."""


def open_engine(url: str, tables: MetaData, *, write_ahead: bool = False) -> Engine:
    """Open `sqlite:///path` or `postgresql://...`, and create missing tables.

    write_ahead  for SQLite: use a write-ahead log, so that readers do not wait; it keeps deleted bytes for a while

    Raises InvalidInput for other addresses, PackagesMissing for PostgreSQL without psycopg, DatabaseUnavailable.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise InvalidInput("The database's address is not a URL; give one such as sqlite:///FILE.") from None
    name = parsed.get_backend_name()
    if name not in (_SQLITE, "postgresql"):
        raise InvalidInput("The database is neither sqlite:/// nor postgresql://; use one of them.")
    if name == _SQLITE:
        if "uri" in parsed.query:
            raise InvalidInput("The database is no path of a file; write sqlite:///FILE, without ?uri.")
        if parsed.database not in (None, "", ":memory:"):
            _prepare_file(Path(str(parsed.database)))
        engine = create_engine(parsed, hide_parameters=True)
        event.listen(engine, "connect", _prepare_with_log if write_ahead else _prepare)
        event.listen(engine, "begin", _begin)
    else:
        parsed = parsed.set(drivername="postgresql+psycopg")
        try:
            engine = create_engine(parsed, hide_parameters=True, pool_pre_ping=True)
        except ImportError:
            raise PackagesMissing("PostgreSQL's", "postgresql") from None
    with transaction(engine) as connection:
        tables.create_all(connection)
    return engine


def is_sqlite(engine: Engine) -> bool:
    """Return whether the database is SQLite, which has one writer at a time."""
    return engine.dialect.name == _SQLITE


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Lock the database against other programs during the block, and release it however the block ends.

    Raises DatabaseUnavailable when another program has it.
    """
    with ExitStack() as held:
        if is_sqlite(engine):  # a lock in a file beside it, for others may look into the database itself
            beside = Path(f"{engine.url.database}.lock")
            _prepare_file(beside)
            lock = held.enter_context(closing(sqlite3.connect(beside, timeout=1.0)))
            try:
                lock.execute("BEGIN EXCLUSIVE")
                taken = True
            except sqlite3.Error:
                taken = False
        else:
            with transaction(engine):  # reports an unreachable database as such
                pass
            connection = held.enter_context(engine.connect()).execution_options(isolation_level="AUTOCOMMIT")
            taken = bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_ALONE})").scalar())
            held.callback(connection.invalidate)  # ends the session, and its lock
        if not taken:
            raise DatabaseUnavailable("Another program works on this database; stop it first, or name another.")
        yield


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Run the block in one transaction, on disk when it ends; raises DatabaseUnavailable.

    The caller handles an IntegrityError, which means that a row exists already.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        kind = type(error).__name__  # not its text, which has the statement and may have the connection string
        raise DatabaseUnavailable(
            f"The database cannot be reached ({kind}); check that it runs and has room, and try again."
        ) from None


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Run the block, which only reads, on one state of the database; raises DatabaseUnavailable.

    With a write-ahead log, it neither waits for a writer nor keeps one waiting.
    """
    with transaction(engine.execution_options(**_READS)) as connection:
        yield connection


def _prepare_file(file: Path) -> None:
    try:
        prepare_database(file)
    except OSError as error:
        raise DatabaseUnavailable(f"{file} cannot be made ({error.strerror}); name another place.") from None


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # `_begin` begins transactions, not the driver
    for pragma in ("synchronous=FULL", "secure_delete=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_with_log(connection: Any, record: object) -> None:
    _prepare(connection, record)
    connection.execute("PRAGMA journal_mode=WAL")


def _begin(connection: Connection) -> None:
    is_reading = _READS.items() <= connection.get_execution_options().items()
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
