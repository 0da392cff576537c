"""What a relayer forgets: items a stated time after they ended, and the transactions that carried only such items.

A message that comes again later is not carried again: the ledger's own state answers it. The item and the carriage with
the highest number stay, as SQLite would give their numbers again, and so does each account's highest nonce. Tokens of
grants that were recorded stay, for whoever audits; those of grants that never were go with them.
"""

from typing import Any, Final

from sqlalchemy import Engine, delete, exists, select

from jamjar.errors import InvalidInput
from jamjar.protocol.settings import DAY
from jamjar.protocol.typed_data import Grant
from jamjar.relayer.item import CarriageState, ItemState
from jamjar.relayer.tables import ATTEMPTS, CARRIAGES, ITEMS, TOKENS
from jamjar.service.database import transaction

AT_ONCE: Final = 500
"""Most items, and most carriages, that are deleted in one transaction."""
PAUSE: Final = 600
"""Seconds until it is looked again whether there is something to delete, once there was nothing more."""
_ENDED: Final = (int(ItemState.RECORDED), int(ItemState.REJECTED))


class Retention:
    """Deletes from one relayer's database; `days` is how long an ended item is kept, at least 1."""

    def __init__(self, engine: Engine, days: int) -> None:
        if type(days) is not int or days < 1:
            raise InvalidInput(f"Ended items cannot be kept for {days!r} days; keep them for at least 1.")
        self._engine, self._seconds, self._next = engine, days * DAY, 0
        self.deleted = 0
        """How many items were deleted since the start."""

    def sweep(self, now: int) -> int:
        """Delete some of what is old enough at `now`, in Unix seconds, if it is time to look; return how many items.

        Raises DatabaseUnavailable, with nothing deleted.
        """
        if self._next - PAUSE <= now < self._next:  # a clock that was set back delays nothing
            return 0
        before = now - self._seconds
        with transaction(self._engine) as connection:
            items = list(connection.execute(_old_items(before)).scalars())
            refused = select(ITEMS.c.consent).where(ITEMS.c.number.in_(items), ITEMS.c.state == _ENDED[1])
            refused = refused.where(ITEMS.c.kind == Grant.__name__)
            connection.execute(delete(TOKENS).where(TOKENS.c.consent.in_(refused)))
            connection.execute(delete(ITEMS).where(ITEMS.c.number.in_(items)))
            carriages = list(connection.execute(_old_carriages(before)).scalars())
            connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.carriage.in_(carriages)))
            connection.execute(delete(CARRIAGES).where(CARRIAGES.c.number.in_(carriages)))
        self.deleted += len(items)
        is_done = len(items) < AT_ONCE and len(carriages) < AT_ONCE
        self._next = now + PAUSE if is_done else now
        return len(items)


def _old_items(before: int) -> Any:
    newer = ITEMS.alias()
    asked = select(ITEMS.c.number).where(ITEMS.c.state.in_(_ENDED), ITEMS.c.due_at < before, ITEMS.c.ended_at < before)
    return asked.where(exists().where(newer.c.number > ITEMS.c.number)).limit(AT_ONCE)


def _old_carriages(before: int) -> Any:
    newer, higher = CARRIAGES.alias(), CARRIAGES.alias()
    asked = select(CARRIAGES.c.number).where(CARRIAGES.c.state != CarriageState.OPEN, CARRIAGES.c.made_at < before)
    asked = asked.where(~exists().where(ITEMS.c.carriage == CARRIAGES.c.number))
    asked = asked.where(exists().where(newer.c.number > CARRIAGES.c.number))
    is_higher = (higher.c.account == CARRIAGES.c.account) & (higher.c.nonce > CARRIAGES.c.nonce)
    has_higher = exists().where(is_higher & (higher.c.state == CarriageState.ENDED))
    asked = asked.where(has_higher | (CARRIAGES.c.state == CarriageState.STRUCK))
    return asked.order_by(CARRIAGES.c.number).limit(AT_ONCE)
