"""The tables of a mailbox. Identifiers are those of the ledger: consents by address, members by number."""

from typing import Final

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, String, Table

METADATA: Final = MetaData()
PACKAGES: Final = Table(
    "packages",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("consent", String(42), nullable=False, index=True),
    Column("root", LargeBinary, nullable=False),
    Column("recipient", BigInteger, nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
    Column("sealed_key", LargeBinary, nullable=False),
    Column("deposit_body", LargeBinary, nullable=False),
    Column("deposit_time", BigInteger, nullable=False),
    Column("deposit_nonce", LargeBinary, nullable=False),
    Column("deposit_signature", LargeBinary, nullable=False),
)
SEALED_TO: Final = Table(
    "sealed_to",  # the key that a package is sealed to; those of the first format name none
    METADATA,
    Column("package", String(64), primary_key=True),
    Column("key_digest", LargeBinary, nullable=False),
)
SPENT: Final = Table(
    "spent",
    METADATA,
    Column("consent", String(42), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("package", String(64), nullable=False),
    Column("block", BigInteger, nullable=False),
    Column("transaction_hash", String(66), nullable=False),
    Column("log_index", BigInteger, nullable=False),
    Column("spent_at", BigInteger, nullable=False),
)
REPLIES: Final = Table(
    "replies",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("consent", String(42), nullable=False, index=True),
    Column("reply", LargeBinary, nullable=False),
    Column("stored_at", BigInteger, nullable=False, index=True),
)
REPLIED_BY: Final = Table(
    "replied_by",  # the member that a reply is from; of older ones it is not known
    METADATA,
    Column("reply", String(64), primary_key=True),
    Column("member", BigInteger, nullable=False, index=True),
)
NONCES: Final = Table(
    "nonces",
    METADATA,
    Column("signer", String(42), primary_key=True),
    Column("nonce", String(64), primary_key=True),
    Column("forget_after", BigInteger, nullable=False, index=True),
)
