"""The table of a hop's database. No address of a sender is in it, and nothing that opens.

When something came can be seen of what is urgent alone, which is passed on at that time.
"""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table

METADATA: Final = MetaData()
KEPT: Final = Table(
    "kept",
    METADATA,
    Column("id", String(64), primary_key=True),  # the Keccak-256 of the sealed request
    Column("gateway", String(64), nullable=False),  # the Keccak-256 of its address
    Column("sealed", LargeBinary, nullable=False),  # empty once it has ended
    Column("state", Integer, nullable=False),  # `store.KeptState`
    Column("due_at", BigInteger, nullable=False),  # Unix seconds, as all times here: the epoch, or the next attempt
    Column("until", BigInteger, nullable=False),  # when it is given up
    Column("urgent", Boolean, nullable=False),
    Column("response", LargeBinary),
    Column("ended_at", BigInteger),
    Index("kept_due", "state", "due_at"),
    Index("kept_ended", "ended_at"),
    sqlite_with_rowid=False,  # rows would otherwise stand in the order in which they came
)
