"""The tables of a relayer's database: the accepted messages, and the transactions that carry them."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA: Final = MetaData()

# SQLite generates keys only in a column of its INTEGER type.
_NUMBER: Final = BigInteger().with_variant(Integer, "sqlite")

ITEMS: Final = Table(
    "items",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),  # the order of acceptance
    Column("id", LargeBinary(32), nullable=False, unique=True),  # the message's EIP-712 digest
    Column("kind", String(16), nullable=False),  # the name of its message type
    Column("consent", String(42), nullable=False, index=True),
    Column("signed", Text, nullable=False),  # jamjar.signed.1
    Column("accepted_at", BigInteger, nullable=False),  # Unix seconds, as all times here
    Column("due_at", BigInteger, nullable=False),  # the epoch it is carried in
    Column("carry_by", BigInteger, nullable=False),  # as its receipt promises
    Column("state", Integer, nullable=False),  # `item.ItemState`
    Column("carriage", _NUMBER, ForeignKey("carriages.number"), index=True),
    Column("place", Integer),  # in the carriage's batch, from 0
    Column("block", BigInteger),
    Column("transaction_hash", LargeBinary(32)),
    Column("log_index", Integer),
    Column("reason", Text),
    Column("ended_at", BigInteger),
    Index("items_waiting", "state", "due_at"),
    Index("items_due", "state", "kind", "due_at", "id"),
)
TOKENS: Final = Table(  # of the grants that were accepted with one, to publish once the ledger has them
    "tokens",
    METADATA,
    Column("consent", String(42), primary_key=True),
    Column("token", Text, nullable=False),  # jamjar.token.1
)
CARRIAGES: Final = Table(  # one nonce of one account, and its use
    "carriages",
    METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=True),
    Column("account", String(42), nullable=False),
    Column("nonce", BigInteger, nullable=False),
    Column("state", Integer, nullable=False, index=True),  # `item.CarriageState`
    Column("made_at", BigInteger, nullable=False),
    Index("carriages_nonce", "account", "nonce"),
)
ATTEMPTS: Final = Table(  # the transactions signed for a carriage: each has the same nonce, so one of them is mined
    "attempts",
    METADATA,
    Column("transaction_hash", LargeBinary(32), primary_key=True),
    Column("carriage", _NUMBER, ForeignKey("carriages.number"), nullable=False, index=True),
    Column("attempt", Integer, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("gas_price", BigInteger, nullable=False),  # wei
    Column("made_at", BigInteger, nullable=False),
    UniqueConstraint("carriage", "attempt"),
)
