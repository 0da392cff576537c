"""The queue of a relayer's accepted messages, in SQLite or PostgreSQL; the journal is in the same database.

Every method is one transaction, on disk before it returns: accepted messages survive a killed program or a power
failure. Nothing is stored about who sent a message.
"""

import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update

from jamjar.protocol import signed_message
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import Domain, Pause, Reconfirm
from jamjar.relayer.item import CarriageState, Item, ItemState, Outcome, Place, Rejection
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.relayer.tables import CARRIAGES, ITEMS, METADATA
from jamjar.service.database import is_sqlite, open_engine, transaction
from jamjar.service.refusal import refused

_OPEN: Final = (int(ItemState.WAITING), int(ItemState.CARRIED))
_LOCK: Final = 0x6A616D_72656C  # a number that no other program uses: "jam", "rel"

_AT_ONCE: Final = (  # a pause after a reconfirmation does not wait for the latter's epoch
    update(ITEMS)
    .where(
        ITEMS.c.consent == bindparam("of"), ITEMS.c.kind == Reconfirm.__name__, ITEMS.c.state == int(ItemState.WAITING)
    )
    .where(ITEMS.c.due_at > bindparam("now"))
    .values(due_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message to store: `id` is its digest for the contract that `domain` names, times are Unix seconds."""

    id: bytes
    signed: SignedMessage
    domain: Domain
    accepted_at: int
    due_at: int
    carry_by: int


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
        self._at_most = sys.maxsize

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def accept(self, new: Accepted, seen: Collection[int], most: int) -> Item | None:
        """Store a message, and return its item; an item with the same id stays unchanged.

        Only a rejected one is queued again, as the newest: its digest is the same when it is signed again.

        seen  the numbers of the items queued for its consent at the decision; returns None when others are by now
        most  how many items may be open; raises Refused when so many are
        """
        row = {
            "id": new.id,
            "kind": type(new.signed.message).__name__,
            "consent": new.signed.message.consent,
            "signed": signed_message.to_json(new.signed, new.domain),
            "accepted_at": new.accepted_at,
            "due_at": new.due_at,
            "carry_by": new.carry_by,
            "state": int(ItemState.WAITING),
        }
        with transaction(self.engine) as connection:
            self._alone(connection)
            known = _first(connection, ITEMS.c.id == new.id)
            if known is not None and known.state is not ItemState.REJECTED:
                return known
            waits = select(ITEMS.c.number).where(ITEMS.c.consent == row["consent"], ITEMS.c.state.in_(_OPEN))
            if not set(seen) >= set(connection.execute(waits).scalars()):
                return None
            if not self._has_room(connection, most):
                raise refused(Code.FULL, "The relayer is full; send it again later, or to another relayer.")
            connection.execute(delete(ITEMS).where(ITEMS.c.id == new.id))
            if isinstance(new.signed.message, Pause):
                connection.execute(_AT_ONCE, {"of": row["consent"], "now": new.due_at})
            number = connection.execute(insert(ITEMS).returning(ITEMS.c.number), row).scalar_one()
            self._at_most += 1
        return Item(number, new.id, new.signed, new.accepted_at, new.due_at, new.carry_by)

    def item(self, name: bytes) -> Item | None:
        """Return an item by its id, None for an unknown one."""
        with transaction(self.engine) as connection:
            return _first(connection, ITEMS.c.id == name)

    def waiting(self, consent: str) -> tuple[Item, ...]:
        """Return the items of a consent that are not final, in the order in which they are carried."""
        asked = select(ITEMS).where(ITEMS.c.consent == consent, ITEMS.c.state.in_(_OPEN))
        return self._items(asked.order_by(ITEMS.c.due_at, ITEMS.c.number))

    def newest(self, state: ItemState, most: int) -> tuple[Item, ...]:
        """Return the newest items in a state, newest first."""
        return self._items(select(ITEMS).where(ITEMS.c.state == int(state)).order_by(ITEMS.c.number.desc()).limit(most))

    def counts(self) -> dict[ItemState, int]:
        """Return how many items there are in each state."""
        with transaction(self.engine) as connection:
            rows = connection.execute(select(ITEMS.c.state, func.count()).group_by(ITEMS.c.state)).all()
        return dict.fromkeys(ItemState, 0) | {ItemState(state): count for state, count in rows}

    def open(self) -> int:
        """Return how many items are not final."""
        with transaction(self.engine) as connection:
            return int(connection.execute(_count_open()).scalar_one())

    def open_at_most(self) -> int:
        """Return an upper bound of the number of items that are not final, without counting them."""
        return self._at_most

    def open_carriages(self) -> int:
        """Return how many transactions are journalled and not final."""
        asked = select(func.count()).select_from(CARRIAGES).where(CARRIAGES.c.state == int(CarriageState.OPEN))
        with transaction(self.engine) as connection:
            return int(connection.execute(asked).scalar_one())

    def still_open(self, numbers: Iterable[int]) -> set[int]:
        """Return those of these items that are not final."""
        with transaction(self.engine) as connection:
            found = set(connection.execute(select(ITEMS.c.number).where(ITEMS.c.state.in_(_OPEN))).scalars())
        return found & set(numbers)

    def earliest(self) -> tuple[int, int] | None:
        """Return the earliest times at which an item that is not final was due and must be carried by."""
        asked = select(func.min(ITEMS.c.due_at), func.min(ITEMS.c.carry_by)).where(ITEMS.c.state.in_(_OPEN))
        with transaction(self.engine) as connection:
            due_at, carry_by = connection.execute(asked).one()
        return None if due_at is None else (due_at, carry_by)

    def ended(self, since: int, until: int) -> Sequence[Ended]:
        """Return the items that ended at `since` or later, and before `until`."""
        columns = (ITEMS.c.accepted_at, ITEMS.c.ended_at, ITEMS.c.state)
        asked = select(*columns).where(ITEMS.c.ended_at >= since, ITEMS.c.ended_at < until)
        with transaction(self.engine) as connection:
            return [Ended(accepted, at, ItemState(state)) for accepted, at, state in connection.execute(asked)]

    def _items(self, asked: Any) -> tuple[Item, ...]:
        with transaction(self.engine) as connection:
            rows = connection.execute(asked).mappings().all()
        return tuple(map(_item, rows))

    def _has_room(self, connection: Connection, most: int) -> bool:
        """Return whether fewer items than `most` are open.

        They are counted only when there may be as many by now: items that end only make them fewer, and no other
        program uses the database.
        """
        if self._at_most >= most:
            self._at_most = int(connection.execute(_count_open()).scalar_one())
        return self._at_most < most

    def _alone(self, connection: Connection) -> None:
        if not is_sqlite(self.engine):  # SQLite has one writer at a time; here two could pass the count together
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _count_open() -> Any:
    return select(func.count()).select_from(ITEMS).where(ITEMS.c.state.in_(_OPEN))


def _first(connection: Connection, condition: Any) -> Item | None:
    row = connection.execute(select(ITEMS).where(condition)).mappings().first()
    return None if row is None else _item(row)


def _item(row: Any) -> Item:
    return Item(
        row["number"],
        row["id"],
        signed_message.from_json(row["signed"]),
        row["accepted_at"],
        row["due_at"],
        row["carry_by"],
        ItemState(row["state"]),
        _outcome(row),
        row["ended_at"],
    )


def _outcome(row: Any) -> Outcome | None:
    if row["state"] == ItemState.RECORDED:
        return Place(row["block"], row["transaction_hash"], row["log_index"])
    if row["state"] == ItemState.REJECTED:
        code, _, sentence = row["reason"].partition(": ")
        return Rejection(code, sentence)
    return None
