"""The two tables of a vault, the same in SQLite and PostgreSQL."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table


class _Bytes(LargeBinary):
    """Bytes that are passed to and from the drivers unchanged."""

    def bind_processor(self, *_: object) -> None:
        return None

    def result_processor(self, *_: object) -> None:
        return None


METADATA: Final = MetaData()
HEADER: Final = Table(
    "jamjar_vault",
    METADATA,
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("header", _Bytes, nullable=False),
    Column("checksum", _Bytes, nullable=False),
    Column("manifest", _Bytes, nullable=False),
)
RECORD: Final = Table(
    "jamjar_record",
    METADATA,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("shelf", _Bytes, nullable=False),
    Column("place", _Bytes, nullable=False, unique=True),
    Column("sealed", _Bytes, nullable=False),
)
Index("jamjar_record_shelf", RECORD.c.shelf, RECORD.c.seq)
# All entries of sqlite_master: a trigger or a view would be foreign.
SQLITE_SCHEMA: Final = {
    ("table", "jamjar_vault"),
    ("table", "jamjar_record"),
    ("index", "jamjar_record_shelf"),
    ("index", "sqlite_autoindex_jamjar_record_1"),
}
