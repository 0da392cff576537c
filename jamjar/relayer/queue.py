"""The queue of a relayer's accepted messages, in SQLite or PostgreSQL; the journal is in the same database.

Every method is one transaction, on disk before it returns: accepted messages survive a killed program or a power
failure. Nothing is stored about who sent a message.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, func, select

from jamjar.protocol import token
from jamjar.protocol.token import Token
from jamjar.relayer.acceptance import COUNT_OPEN, OPEN_STATES, UNCOUNTED, Acceptance, Accepted, find, item_of
from jamjar.relayer.item import CarriageState, Item, ItemState
from jamjar.relayer.tables import CARRIAGES, ITEMS, METADATA, TOKENS
from jamjar.service.database import is_sqlite, open_engine, reading, transaction

_LOCK: Final = 0x6A616D_72656C  # a number that no other program uses: "jam", "rel"


@dataclass(frozen=True, slots=True)
class Ended:
    """A final item: when it was accepted, when it ended, and its state."""

    accepted_at: int
    ended_at: int
    state: ItemState


class Queue:
    """The accepted messages of one relayer."""

    engine: Engine

    def __init__(self, url: str) -> None:
        """Open, and set up if new, `sqlite:///path` or `postgresql://...`; raises InvalidInput, DatabaseUnavailable."""
        self.engine = open_engine(url, METADATA, write_ahead=True)
        self._at_most = UNCOUNTED

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def accepting(self) -> Iterator[Acceptance]:
        """Accept messages during the block; all are on disk when it ends, none if it raises."""
        with transaction(self.engine) as connection:
            if not is_sqlite(self.engine):  # SQLite has one writer at a time; here two could pass the count together
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            acceptance = Acceptance(connection, self._at_most)
            try:
                yield acceptance
            finally:
                self._at_most = acceptance.at_most

    def accept(self, new: Accepted, seen: Collection[int], most: int) -> Item | None:
        """Accept one message in a transaction of its own, as `Acceptance.accept` does."""
        with self.accepting() as acceptance:
            return acceptance.accept(new, seen, most)

    def find(self, name: bytes, consent: str) -> tuple[Item | None, tuple[Item, ...]]:
        """Return an item by its id, None if unknown, and a consent's open items, in the order of their carrying."""
        with reading(self.engine) as connection:
            return find(connection, name, consent)

    def item(self, name: bytes) -> Item | None:
        """Return an item by its id, None for an unknown one."""
        with reading(self.engine) as connection:
            row = connection.execute(select(ITEMS).where(ITEMS.c.id == name)).first()
        return None if row is None else item_of(row)

    def waiting(self, consent: str) -> tuple[Item, ...]:
        """Return the items of a consent that are not final, in the order in which they are carried."""
        return self.find(b"", consent)[1]

    def newest(self, state: ItemState, most: int) -> tuple[Item, ...]:
        """Return the newest items in a state, newest first."""
        asked = select(ITEMS).where(ITEMS.c.state == int(state)).order_by(ITEMS.c.number.desc()).limit(most)
        with reading(self.engine) as connection:
            return tuple(map(item_of, connection.execute(asked)))

    def counts(self) -> dict[ItemState, int]:
        """Return how many items there are in each state."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(ITEMS.c.state, func.count()).group_by(ITEMS.c.state)).all()
        return dict.fromkeys(ItemState, 0) | {ItemState(state): count for state, count in rows}

    def open(self) -> int:
        """Return how many items are not final."""
        with reading(self.engine) as connection:
            return int(connection.execute(COUNT_OPEN).scalar_one())

    def open_carriages(self) -> int:
        """Return how many transactions are journalled and not final."""
        asked = select(func.count()).select_from(CARRIAGES).where(CARRIAGES.c.state == int(CarriageState.OPEN))
        with reading(self.engine) as connection:
            return int(connection.execute(asked).scalar_one())

    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens that came with accepted grants, by their consents. Publish only what the ledger has."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(TOKENS.c.token).order_by(TOKENS.c.consent)).scalars().all()
        return tuple(map(token.from_json, rows))

    def still_open(self, numbers: Iterable[int]) -> set[int]:
        """Return those of these items that are not final."""
        with reading(self.engine) as connection:
            return Acceptance(connection, UNCOUNTED).still_open(numbers)

    def earliest(self) -> tuple[int, int] | None:
        """Return the earliest times at which an item that is not final was due and must be carried by."""
        asked = select(func.min(ITEMS.c.due_at), func.min(ITEMS.c.carry_by)).where(ITEMS.c.state.in_(OPEN_STATES))
        with reading(self.engine) as connection:
            due_at, carry_by = connection.execute(asked).one()
        return None if due_at is None else (due_at, carry_by)

    def ended(self, since: int, until: int) -> Sequence[Ended]:
        """Return the items that ended at `since` or later, and before `until`."""
        columns = (ITEMS.c.accepted_at, ITEMS.c.ended_at, ITEMS.c.state)
        asked = select(*columns).where(ITEMS.c.ended_at >= since, ITEMS.c.ended_at < until)
        with reading(self.engine) as connection:
            return [Ended(accepted, at, ItemState(state)) for accepted, at, state in connection.execute(asked)]
