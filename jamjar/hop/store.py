"""What a hop keeps: sealed requests until their epoch, and sealed responses until they are fetched.

Each ends once: it is answered, the gateway refuses it, or it is given up after a stated time. Its bytes go at its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

from sqlalchemy import delete, func, insert, select, update

from jamjar.hop.refusal import HopCode as Code
from jamjar.hop.tables import KEPT, METADATA
from jamjar.service.database import open_engine, reading, transaction
from jamjar.service.refusal import refused

AT_ONCE: Final = 500
"""Most rows that are deleted in one transaction."""


class KeptState(IntEnum):
    """What became of a request that a hop keeps."""

    HELD = 0
    ANSWERED = 1
    REFUSED = 2
    GIVEN_UP = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """One request that a hop keeps; `due_at` is when it is passed on, or tried again, in Unix seconds."""

    id: str
    state: KeptState
    due_at: int
    response: bytes | None = field(default=None, repr=False)


class HopStore:
    """One hop's database; every method raises DatabaseUnavailable."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url, METADATA)

    def close(self) -> None:
        """Close the database."""
        self.engine.dispose()

    def keep(
        self, name: str, gateway: str, sealed: bytes, *, due_at: int, until: int, most: int, urgent: bool = False
    ) -> tuple[Kept, bool]:
        """Keep a request, on disk when this returns; return it, and whether it is new. Raises Refused when full."""
        with transaction(self.engine) as connection:
            row = connection.execute(select(KEPT).where(KEPT.c.id == name)).one_or_none()
            if row is not None:
                return _kept(row), False
            if connection.execute(select(func.count()).select_from(KEPT)).scalar_one() >= most:
                raise refused(Code.FULL, "The hop is full; send it again later, or by another hop.")
            values = {"id": name, "gateway": gateway, "sealed": sealed, "due_at": due_at, "until": until}
            connection.execute(insert(KEPT).values(state=KeptState.HELD, urgent=urgent, **values))
        return Kept(name, KeptState.HELD, due_at), True

    def find(self, name: str) -> Kept | None:
        """Return what is kept under an id."""
        with reading(self.engine) as connection:
            row = connection.execute(select(KEPT).where(KEPT.c.id == name)).one_or_none()
        return None if row is None else _kept(row)

    def due(self, now: int) -> Sequence[tuple[str, str, int, bool]]:
        """Return id, gateway and last time of each request that is due, and whether it is urgent."""
        asked = select(KEPT.c.id, KEPT.c.gateway, KEPT.c.until, KEPT.c.urgent)
        with reading(self.engine) as connection:
            rows = connection.execute(asked.where(KEPT.c.state == KeptState.HELD, KEPT.c.due_at <= now)).all()
        return [(row.id, row.gateway, row.until, row.urgent) for row in rows]

    def sealed(self, name: str) -> bytes | None:
        """Return the bytes of a request that is held; None when it has ended, or was taken back."""
        asked = select(KEPT.c.sealed).where(KEPT.c.id == name, KEPT.c.state == KeptState.HELD)
        with reading(self.engine) as connection:
            found = connection.execute(asked).scalar_one_or_none()
        return None if found is None else bytes(found)

    def put_off(self, name: str, due_at: int) -> None:
        """Try a request again from a time on."""
        held = update(KEPT).where(KEPT.c.id == name, KEPT.c.state == KeptState.HELD)
        with transaction(self.engine) as connection:
            connection.execute(held.values(due_at=due_at))

    def end(self, name: str, state: KeptState, now: int, response: bytes | None = None) -> None:
        """End a request that is held, and forget its bytes; one that has ended, or was taken back, stays so."""
        held = update(KEPT).where(KEPT.c.id == name, KEPT.c.state == KeptState.HELD)
        with transaction(self.engine) as connection:
            connection.execute(held.values(state=state, sealed=b"", response=response, ended_at=now))

    def forget(self, name: str) -> bool:
        """Delete a request with its response; return whether there was one."""
        with transaction(self.engine) as connection:
            return bool(connection.execute(delete(KEPT).where(KEPT.c.id == name)).rowcount)

    def sweep(self, before: int) -> int:
        """Delete some of what ended before a time and was never fetched; return how many."""
        old = select(KEPT.c.id).where(KEPT.c.ended_at < before).limit(AT_ONCE)
        with transaction(self.engine) as connection:
            names = list(connection.execute(old).scalars())
            connection.execute(delete(KEPT).where(KEPT.c.id.in_(names)))
        return len(names)

    def counts(self) -> dict[KeptState, int]:
        """Return how many there are in each state."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(KEPT.c.state, func.count()).group_by(KEPT.c.state)).all()
        return dict.fromkeys(KeptState, 0) | {KeptState(row[0]): int(row[1]) for row in rows}

    def oldest_due(self) -> int | None:
        """Return when the first of those that are held is due; None where there is none."""
        asked = select(func.min(KEPT.c.due_at)).where(KEPT.c.state == KeptState.HELD)
        with reading(self.engine) as connection:
            found: int | None = connection.execute(asked).scalar_one()
        return found


def _kept(row: Any) -> Kept:
    return Kept(row.id, KeptState(row.state), row.due_at, None if row.response is None else bytes(row.response))
