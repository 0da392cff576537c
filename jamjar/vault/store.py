"""The rows of a vault: two tables in SQLite or PostgreSQL, through SQLAlchemy Core."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, bindparam, delete, func, insert, inspect, select, true, update

from jamjar.errors import VaultDamaged, VaultError, VaultExists, VaultUnavailable
from jamjar.vault.connecting import MEMORY, connect_postgres, connect_sqlite, is_postgres, name_of
from jamjar.vault.records import PLACE_BYTES, SHELF_BYTES, Row
from jamjar.vault.storage_errors import ERRORS, clear
from jamjar.vault.tables import HEADER, METADATA, RECORD, SQLITE_SCHEMA
from jamjar.vault.whole_file import create_private, remove

_BATCH_ROWS: Final = 500
_BATCH_BYTES: Final = 4 * 2**20


class VaultStore:
    """The open storage of one vault: transactions, one header, and rows; raises only JamjarError."""

    def __init__(self, where: str, *, new: bool = False, read_only: bool = False) -> None:
        """Open the storage at a path or a postgresql:// address; with `new`, create it, in a transaction left open."""
        self.name = name_of(where)
        self._is_postgres = is_postgres(where)
        self._failed = False
        self._made: Path | None = None
        if new and not self._is_postgres and where != MEMORY:
            self._made = Path(where).absolute()
            create_private(self._made)
        try:
            self._connection = self._connect(where, new, read_only)
        except BaseException:
            if self._made:
                remove(self._made)
            raise
        try:
            self._make_tables() if new else self._require_tables()
        except BaseException:
            self.discard()
            raise

    def _connect(self, where: str, new: bool, read_only: bool) -> Connection:
        if self._is_postgres:
            return connect_postgres(where)
        return connect_sqlite(where, may_be_empty=new, read_only=read_only)

    def _make_tables(self) -> None:
        with self._clear():
            if inspect(self._connection).has_table(HEADER.name):
                raise VaultExists(f"There is a vault in {self.name} already; name another place, or open it.")
        self.begin()
        with self._clear():
            METADATA.create_all(self._connection, checkfirst=False)

    def _require_tables(self) -> None:
        with self._clear():
            if not inspect(self._connection).has_table(HEADER.name):
                raise VaultUnavailable(f"{self.name} contains no vault; name the right place, or create one elsewhere.")

    @contextmanager
    def _clear(self) -> Iterator[None]:
        """Raise only JamjarError, and refuse to commit after one: PostgreSQL would treat the commit as a rollback."""
        try:
            with clear(self.name):
                yield
        except VaultError:
            self._failed = True
            raise

    def begin(self) -> None:
        """Begin a transaction."""
        with self._clear():
            self._connection.exec_driver_sql("BEGIN")
        self._failed = False

    def commit(self) -> None:
        """Commit the transaction; raises VaultUnavailable after a step of it has failed."""
        if self._failed:
            raise VaultUnavailable("A step of this change failed, so nothing was changed; try again.")
        with self._clear():
            self._connection.exec_driver_sql("COMMIT")

    def rollback(self) -> None:
        """Roll the transaction back."""
        with suppress(*ERRORS):  # a failed step may have rolled it back already
            self._connection.exec_driver_sql("ROLLBACK")

    def header(self) -> tuple[bytes, bytes, bytes]:
        """Return header, its checksum and the sealed manifest."""
        with self._clear():
            parts = select(HEADER.c.header, HEADER.c.checksum, HEADER.c.manifest)
            found = self._connection.execute(parts).all()
        if len(found) != 1 or not all(isinstance(part, bytes) for part in found[0]):
            raise VaultDamaged("The vault's header is damaged; restore a backup.")
        return found[0][0], found[0][1], found[0][2]

    def write_header(self, **parts: bytes) -> None:
        """Replace the named parts: header, checksum, manifest."""
        with self._clear():
            if self._connection.execute(update(HEADER).values(**parts)).rowcount == 0:
                self._connection.execute(insert(HEADER).values(part=1, **parts))

    def row(self, place: bytes) -> Row | None:
        """Return the row at a place, or None."""
        with self._clear():
            found = self._connection.execute(select(RECORD).where(RECORD.c.place == place)).first()
        return None if found is None else _checked(found)

    def rows(self, shelf: bytes | None = None) -> Iterator[Row]:
        """Yield the present rows, or those of a shelf, by number; only some are in memory at a time."""
        mine = true() if shelf is None else RECORD.c.shelf == shelf
        sizes = select(RECORD.c.seq, func.length(RECORD.c.sealed)).where(mine).order_by(RECORD.c.seq)
        with self._clear():
            batches = list(_batches(self._connection.execute(sizes).all()))
        for first, last in batches:
            between = select(RECORD).where(mine, RECORD.c.seq.between(first, last)).order_by(RECORD.c.seq)
            with self._clear():
                found = self._connection.execute(between).all()
            yield from map(_checked, found)

    def known(self, places: Iterable[bytes]) -> set[bytes]:
        """Return which of these places are taken."""
        with self._clear():
            return set(self._connection.scalars(select(RECORD.c.place).where(RECORD.c.place.in_(list(places)))))

    def insert(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        marks = ", ".join(["%s" if self._is_postgres else "?"] * len(RECORD.c))
        statement = f"INSERT INTO {RECORD.name} ({', '.join(RECORD.c.keys())}) VALUES ({marks})"  # noqa: S608
        if found := list(rows):  # SQLAlchemy's processing of each value takes longer than the rest
            with self._clear():
                self._connection.exec_driver_sql(statement, found)

    def replace(self, rows: Iterable[Row]) -> None:
        """Replace the rows of the same numbers."""
        columns: dict[str, BindParameter[bytes]] = {
            name: bindparam(f"new_{name}") for name in ("shelf", "place", "sealed")
        }
        statement = update(RECORD).where(RECORD.c.seq == bindparam("new_seq")).values(columns)
        if found := [{f"new_{name}": part for name, part in row._asdict().items()} for row in rows]:
            with self._clear():
                self._connection.execute(statement, found)

    def delete(self, seq: int) -> None:
        """Remove a row."""
        with self._clear():
            self._connection.execute(delete(RECORD).where(RECORD.c.seq == seq))

    def check(self) -> None:
        """Raise VaultDamaged unless the database itself is intact; PostgreSQL checks its own pages."""
        if self._is_postgres:
            return
        with self._clear():
            found = {tuple(each) for each in self._connection.exec_driver_sql("SELECT type, name FROM sqlite_master")}
            said = self._connection.exec_driver_sql("PRAGMA integrity_check(1)").scalars().all()
        if found != SQLITE_SCHEMA or said != ["ok"]:
            raise VaultDamaged(f"{self.name} is damaged; restore a backup.")

    def scour(self) -> None:
        """Rewrite the storage without deleted data."""
        with self._clear():
            for statement in (
                ("VACUUM FULL jamjar_record", "VACUUM FULL jamjar_vault") if self._is_postgres else ("VACUUM",)
            ):
                self._connection.exec_driver_sql(statement)

    def close(self) -> None:
        """Close the storage and release its lock."""
        with suppress(*ERRORS):
            if not self._is_postgres:  # otherwise an empty journal stays next to the file
                self._connection.exec_driver_sql("PRAGMA locking_mode=NORMAL")
                self._connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        with suppress(*ERRORS):
            self._connection.close()

    def discard(self) -> None:
        """Roll the transaction back, close, and remove a file that was new."""
        self.rollback()
        self.close()
        if self._made:
            remove(self._made)


def _batches(sizes: Iterable[Any]) -> Iterator[tuple[int, int]]:
    """Yield ranges of row numbers that fit into memory."""
    first, last, count, size = 0, 0, 0, 0
    for seq, length in sizes:
        if count and (count == _BATCH_ROWS or size + length > _BATCH_BYTES):
            yield first, last
            count, size = 0, 0
        first, last, count, size = (first if count else seq), seq, count + 1, size + length
    if count:
        yield first, last


def _checked(found: Any) -> Row:
    """Return a row of the types and sizes that a vault writes, or raise VaultDamaged."""
    row = Row(*found)
    whole = type(row.seq) is int and all(isinstance(part, bytes) for part in row[1:])
    if not whole or (len(row.shelf), len(row.place)) != (SHELF_BYTES, PLACE_BYTES):
        raise VaultDamaged("A record of the vault is damaged; restore a backup.")
    return row
