"""The journal of carriages: each transaction is on disk before it is sent.

A carriage is one nonce of one account, and the items it is used for, none if it only fills a gap. All transactions
signed for it have that nonce, so that at most one of them is mined; an item is in at most one unfinished carriage.
Hence nothing is carried twice, whatever is sent again, by anyone. Every method is one transaction, on disk before it
returns; a killed program leaves carriages that the next continues.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    Select,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from jamjar.relayer.calldata import Load, load_of
from jamjar.relayer.item import CarriageState, ItemState, Outcome, Place
from jamjar.relayer.tables import ATTEMPTS, CARRIAGES, ITEMS
from jamjar.service.database import transaction

_UNFINISHED: Final = (ItemState.WAITING, ItemState.CARRIED)
_SEQUENCED: Final = ("Grant", "Pause", "Resume", "Reconfirm")
_LOAD: Final = (ITEMS.c.number, ITEMS.c.kind, ITEMS.c.consent, ITEMS.c.due_at, ITEMS.c.signed)

# Built once: building a statement takes longer than running it.
_OF: Final[BindParameter[int]] = bindparam("of")
_COUNT: Final = select(func.count()).select_from(ITEMS).where(ITEMS.c.state.in_(_UNFINISHED))
_UNENDED: Final = (
    select(CARRIAGES.c.number, CARRIAGES.c.account, CARRIAGES.c.nonce, func.count().label("attempts"))
    .join(ATTEMPTS, ATTEMPTS.c.carriage == CARRIAGES.c.number)
    .where(CARRIAGES.c.state == CarriageState.OPEN)
    .group_by(CARRIAGES.c.number)
    .order_by(CARRIAGES.c.number)
)
_TAKE: Final = (
    update(ITEMS)
    .where(ITEMS.c.number == _OF, ITEMS.c.state == ItemState.WAITING)
    .values(state=ItemState.CARRIED, carriage=bindparam("in"), place=bindparam("at"))
)
_TAKEN: Final = select(func.count()).select_from(ITEMS).where(ITEMS.c.carriage == _OF)
_END: Final = (
    update(CARRIAGES)
    .where(CARRIAGES.c.number == _OF, CARRIAGES.c.state == CarriageState.OPEN)
    .values(state=bindparam("as"))
)
_RELEASE: Final = (
    update(ITEMS)
    .where(ITEMS.c.carriage == _OF, ITEMS.c.state == ItemState.CARRIED)
    .values(state=ItemState.WAITING, carriage=None, place=None)
)
_SETTLE: Final = update(ITEMS).where(ITEMS.c.number == _OF, ITEMS.c.state == bindparam("from"))


@dataclass(frozen=True, slots=True)
class Attempt:
    """A transaction signed for a carriage: its hash, its bytes, its price of gas in wei, when it was signed."""

    transaction: bytes
    raw: bytes = field(repr=False)
    price: int
    made_at: int


@dataclass(frozen=True, slots=True)
class Carriage:
    """A nonce of an account, the items it is used for in the order of their batch, and what was signed for it."""

    number: int
    account: str
    nonce: int
    loads: tuple[Load, ...]
    attempts: tuple[Attempt, ...]


class _TakenError(Exception):
    """Another carrier has an item; the transaction is rolled back."""


class Journal:
    """The carriages in a relayer's database."""

    def __init__(self, engine: Engine) -> None:
        """Use the database of the relayer's queue."""
        self._engine = engine

    # ------------------------------------------------------------------ reading

    def due(self, kind: str, now: int, most: int) -> list[Load]:
        """Return the queued items of a type whose turn it is; those of one epoch are in the random order of their ids.

        It is an item's turn when it is due and the items of its consent that were due before it, or are under way, have
        ended. A withdrawal waits for none of them, a pause only for those that the contract requires before it.
        """
        with transaction(self._engine) as connection:
            rows = connection.execute(_due(kind), {"now": now, "most": most}).all()
        return [load_of(*row) for row in rows]

    def unfinished(self) -> int:
        """Return how many items have not ended."""
        with transaction(self._engine) as connection:
            return int(connection.execute(_COUNT).scalar_one())

    def accepted_at(self, numbers: Iterable[int]) -> int:
        """Return when the earliest of these items was accepted."""
        with transaction(self._engine) as connection:
            asked = select(func.min(ITEMS.c.accepted_at)).where(ITEMS.c.number.in_(list(numbers)))
            return int(connection.execute(asked).scalar_one())

    def used(self, account: str) -> int:
        """Return the nonce after the last that a receipt shows an account to have used, 0 if there is none."""
        asked = select(CARRIAGES.c.nonce).where(CARRIAGES.c.account == account)
        asked = asked.where(CARRIAGES.c.state == CarriageState.ENDED).order_by(CARRIAGES.c.nonce.desc()).limit(1)
        with transaction(self._engine) as connection:
            last = connection.execute(asked).scalar()
        return 0 if last is None else last + 1

    def unended(self, known: Mapping[int, Carriage]) -> dict[int, Carriage]:
        """Return the carriages that have not ended, by number and in order; known ones are not read again."""
        found = {}
        with transaction(self._engine) as connection:
            for row in connection.execute(_UNENDED).all():
                seen = known.get(row.number)  # another carrier may have signed another transaction for it
                if seen is None or len(seen.attempts) != row.attempts:
                    seen = _carriage(connection, row)
                found[row.number] = seen
        return found

    # ------------------------------------------------------------------ writing

    def open(self, account: str, nonce: int, loads: Sequence[Load], first: Attempt) -> Carriage | None:
        """Begin a carriage with its first transaction; None, with nothing begun, if an item is not queued."""
        try:
            with transaction(self._engine) as connection:
                number = _begin(connection, account, nonce, loads, first)
        except _TakenError:
            return None
        return Carriage(number, account, nonce, tuple(loads), (first,))

    def attempt(self, carriage: Carriage, another: Attempt) -> Carriage:
        """Add a transaction that may replace those signed before."""
        with transaction(self._engine) as connection:
            connection.execute(insert(ATTEMPTS), _row(carriage.number, len(carriage.attempts), another))
        return replace(carriage, attempts=(*carriage.attempts, another))

    def end(self, carriage: Carriage, outcomes: Mapping[int, Outcome], now: int, *, is_mined: bool = True) -> bool:
        """End a carriage with the outcomes of its items, by their numbers; items without one are queued again.

        is_mined  whether a receipt shows that; else only the node's word has it that its nonce is not to be had

        Returns whether it had not ended before; only then is anything changed.
        """
        of, state = {"of": carriage.number}, CarriageState.ENDED if is_mined else CarriageState.STRUCK
        with transaction(self._engine) as connection:
            if connection.execute(_END, {**of, "as": state}).rowcount != 1:
                return False
            _settle(connection, ItemState.CARRIED, outcomes, now)
            if len(outcomes) < len(carriage.loads):
                connection.execute(_RELEASE, of)
        return True

    def settle(self, outcomes: Mapping[int, Outcome], now: int) -> None:
        """End queued items, by their numbers, without carrying them."""
        with transaction(self._engine) as connection:
            _settle(connection, ItemState.WAITING, outcomes, now)


@cache
def _due(kind: str) -> Select[Any]:
    before = ITEMS.alias()
    sooner = and_(
        before.c.state == ItemState.WAITING,
        or_(
            before.c.due_at < ITEMS.c.due_at,
            and_(before.c.due_at == ITEMS.c.due_at, before.c.number < ITEMS.c.number),
        ),
    )
    first = and_(
        before.c.consent == ITEMS.c.consent,
        before.c.number != ITEMS.c.number,
        or_(before.c.state == ItemState.CARRIED, sooner),
    )
    if kind == "Pause":
        first = and_(first, before.c.kind.in_(_SEQUENCED))
    asked = select(*_LOAD).where(ITEMS.c.state == ItemState.WAITING, ITEMS.c.kind == kind)
    if kind != "Withdraw":
        asked = asked.where(~exists().where(first))
    asked = asked.where(ITEMS.c.due_at <= bindparam("now"))
    return asked.order_by(ITEMS.c.due_at, ITEMS.c.id).limit(bindparam("most"))


def _begin(connection: Connection, account: str, nonce: int, loads: Sequence[Load], first: Attempt) -> int:
    row = {"account": account, "nonce": nonce, "state": CarriageState.OPEN, "made_at": first.made_at}
    number: int = connection.execute(insert(CARRIAGES).returning(CARRIAGES.c.number), row).scalar_one()
    rows = [{"of": load.number, "in": number, "at": place} for place, load in enumerate(loads)]
    if rows:
        connection.execute(_TAKE, rows)
    if connection.execute(_TAKEN, {"of": number}).scalar_one() != len(loads):
        raise _TakenError
    connection.execute(insert(ATTEMPTS), _row(number, 0, first))
    return number


def _settle(connection: Connection, state: ItemState, outcomes: Mapping[int, Outcome], now: int) -> None:
    if rows := [
        {"of": number, "from": state, "ended_at": now, **_ending(outcome)} for number, outcome in outcomes.items()
    ]:
        connection.execute(_SETTLE, rows)


def _ending(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, Place):
        place = {"block": outcome.block, "transaction_hash": outcome.transaction, "log_index": outcome.log_index}
        return {"state": ItemState.RECORDED, **place, "reason": None}
    reason = f"{outcome.code}: {outcome.sentence}"
    return {"state": ItemState.REJECTED, "block": None, "transaction_hash": None, "log_index": None, "reason": reason}


def _row(carriage: int, number: int, attempt: Attempt) -> dict[str, Any]:
    return {
        "transaction_hash": attempt.transaction,
        "carriage": carriage,
        "attempt": number,
        "raw": attempt.raw,
        "gas_price": attempt.price,
        "made_at": attempt.made_at,
    }


def _carriage(connection: Connection, row: Any) -> Carriage:
    items = connection.execute(select(*_LOAD).where(ITEMS.c.carriage == row.number).order_by(ITEMS.c.place)).all()
    signed = select(ATTEMPTS.c.transaction_hash, ATTEMPTS.c.raw, ATTEMPTS.c.gas_price, ATTEMPTS.c.made_at)
    attempts = connection.execute(signed.where(ATTEMPTS.c.carriage == row.number).order_by(ATTEMPTS.c.attempt)).all()
    loads = tuple(load_of(*item) for item in items)
    return Carriage(row.number, row.account, row.nonce, loads, tuple(Attempt(*each) for each in attempts))
