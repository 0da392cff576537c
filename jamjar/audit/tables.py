"""The tables of an audit's database: its progress, the state at that point, and its findings."""

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text

METADATA: Final = MetaData()

# SQLite generates keys only in a column of its INTEGER type.
_NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")

PROGRESS: Final = Table(  # one row
    "audit_progress",
    METADATA,
    Column("deployment", String(66), primary_key=True),  # the deployment that is audited
    Column("block", BigInteger, nullable=False),  # the last block that was checked
    Column("seen", Integer, nullable=False),  # how many events of the deployment's constructors
    Column("figures", Text, nullable=False),  # JSON, as in `rows`
)
BLOCKS: Final = Table(  # hashes of blocks that were checked, to detect changes
    "audit_blocks",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", String(66), nullable=False),
)
STATE: Final = Table(
    "audit_state",
    METADATA,
    Column("kind", String(16), primary_key=True),
    Column("name", String(176), primary_key=True),
    Column("value", Text, nullable=False),
)
FINDINGS: Final = Table(
    "audit_findings",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("rule", String(32), nullable=False, index=True),
    Column("what", Text, nullable=False),
    Column("block", BigInteger),
    Column("transaction_hash", String(66)),
    Column("log_index", Integer),
)
COUNTS: Final = Table(  # the number of findings of each rule, of which FINDINGS has the first
    "audit_counts",
    METADATA,
    Column("rule", String(32), primary_key=True),
    Column("findings", BigInteger, nullable=False),
)
UNCOMPARED: Final = Table(  # blocks that a named node could not be asked about, in ranges
    "audit_uncompared",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("node", Text, nullable=False),  # which could not be asked
    Column("told", Text, nullable=False),  # which they were read from
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("digest", String(66), nullable=False),  # of the events that were read
    Column("asked", Integer, nullable=False),  # how many nodes tell, or were asked, what is in them
)
