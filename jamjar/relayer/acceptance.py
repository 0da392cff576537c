"""One transaction in which messages are accepted: each is stored or refused by itself, all are on disk together."""

import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, select, text, update

from jamjar.protocol import signed_message
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import Domain, Pause, Reconfirm
from jamjar.relayer.item import Item, ItemState, Outcome, Place, Rejection
from jamjar.relayer.refusal import RelayerCode as Code
from jamjar.relayer.tables import ITEMS
from jamjar.service.refusal import refused

OPEN_STATES: Final = (int(ItemState.WAITING), int(ItemState.CARRIED))
COUNT_OPEN: Final = select(func.count()).select_from(ITEMS).where(ITEMS.c.state.in_(OPEN_STATES))
UNCOUNTED: Final = sys.maxsize

# Statements are made once: making one costs more time than the database takes for it.
_COLUMNS: Final = tuple(column.name for column in ITEMS.c)
_THIS_OR_OPEN: Final = (
    f"FROM items WHERE id = :id OR (consent = :consent AND state IN ({OPEN_STATES[0]}, {OPEN_STATES[1]}))"
)
_FIND: Final = text(f"SELECT {', '.join(_COLUMNS)} {_THIS_OR_OPEN} ORDER BY due_at, number")
_FIND_NUMBERS: Final = text(f"SELECT number, id, state {_THIS_OR_OPEN}")
_OPEN_NUMBERS: Final = select(ITEMS.c.number).where(ITEMS.c.state.in_(OPEN_STATES))
_BY_NUMBER: Final = select(ITEMS).where(ITEMS.c.number == bindparam("of"))
_DELETE: Final = delete(ITEMS).where(ITEMS.c.number == bindparam("of"))
_ROW: Final = ("id", "kind", "consent", "signed", "accepted_at", "due_at", "carry_by", "state")
_INSERT: Final = text(
    f"INSERT INTO items ({', '.join(_ROW)}) VALUES ({', '.join(f':{name}' for name in _ROW)}) RETURNING number"  # noqa: S608
)
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
    """A message to store: `id` is its digest for the contract that `domain` names, times are Unix seconds.

    Its signature was checked when it was read.
    """

    id: bytes
    signed: SignedMessage
    domain: Domain
    accepted_at: int
    due_at: int
    carry_by: int


class Acceptance:
    """The messages that are accepted in one transaction, which the caller ends.

    at_most  an upper bound of the number of items that are not final, without counting them
    """

    def __init__(self, connection: Connection, at_most: int) -> None:
        self._connection = connection
        self.at_most = at_most

    def accept(self, new: Accepted, seen: Collection[int], most: int) -> Item | None:
        """Store a message, and return its item; an item with the same id stays unchanged.

        Only a rejected one is queued again, as the newest: its digest is the same when it is signed again.

        seen  the numbers of the items queued for its consent at the decision; returns None when others are by now
        most  how many items may be open; raises Refused, and stores nothing, when so many are
        """
        message, connection = new.signed.message, self._connection
        found = connection.execute(_FIND_NUMBERS, {"id": new.id, "consent": message.consent}).all()
        known = next((each for each in found if bytes(each.id) == new.id), None)
        if known is not None and known.state != ItemState.REJECTED:
            return item_of(connection.execute(_BY_NUMBER, {"of": known.number}).one())
        if not set(seen) >= {each.number for each in found if each is not known}:
            return None
        if not self._has_room(most):
            raise refused(Code.FULL, "The relayer is full; send it again later, or to another relayer.")
        if known is not None:
            connection.execute(_DELETE, {"of": known.number})
        if isinstance(message, Pause):
            connection.execute(_AT_ONCE, {"of": message.consent, "now": new.due_at})
        kept = signed_message.text_of(replace(new.signed, post_quantum=None), new.domain)  # as the contract takes it
        row = (new.id, type(message).__name__, message.consent, kept)
        times = (new.accepted_at, new.due_at, new.carry_by, int(ItemState.WAITING))
        number = connection.execute(_INSERT, dict(zip(_ROW, row + times, strict=True))).scalar_one()
        self.at_most += 1
        return Item(number, new.id, new.signed, new.accepted_at, new.due_at, new.carry_by)

    def count_open(self) -> int:
        """Return how many items are not final."""
        self.at_most = int(self._connection.execute(COUNT_OPEN).scalar_one())
        return self.at_most

    def still_open(self, numbers: Iterable[int]) -> set[int]:
        """Return those of these items that are not final."""
        return set(self._connection.execute(_OPEN_NUMBERS).scalars()) & set(numbers)

    def _has_room(self, most: int) -> bool:
        """Return whether fewer items than `most` are open.

        They are counted only when there may be as many by now: items that end only make them fewer, and no other
        program uses the database.
        """
        return self.at_most < most or self.count_open() < most


def find(connection: Connection, name: bytes, consent: str) -> tuple[Item | None, tuple[Item, ...]]:
    """Return an item by its id, None if unknown, and a consent's open items, in the order in which they are carried."""
    items = [item_of(row) for row in connection.execute(_FIND, {"id": name, "consent": consent})]
    known = next((item for item in items if item.id == name), None)
    return known, tuple(item for item in items if item.state in OPEN_STATES and item.signed.message.consent == consent)


def item_of(row: Any) -> Item:
    """Return the item that a row of ITEMS holds."""
    return Item(
        row.number,
        bytes(row.id),
        signed_message.from_json(row.signed),
        row.accepted_at,
        row.due_at,
        row.carry_by,
        ItemState(row.state),
        _outcome(row),
        row.ended_at,
    )


def _outcome(row: Any) -> Outcome | None:
    if row.state == ItemState.RECORDED:
        return Place(row.block, row.transaction_hash, row.log_index)
    if row.state == ItemState.REJECTED:
        code, _, sentence = row.reason.partition(": ")
        return Rejection(code, sentence)
    return None
