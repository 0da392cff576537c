"""The storage of a witness, in one SQLite file: each log's last checkpoint, and the evidence against it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy import Boolean, Column, Connection, MetaData, String, Table, func, select
from sqlalchemy.dialects.sqlite import insert

from jamjar.errors import VerificationFailed
from jamjar.service.database import open_engine, transaction
from jamjar.tlog.evidence import Evidence, read_evidence
from jamjar.tlog.note import Note, Verifier, read_note
from jamjar.tlog.witness import Decision

MOST_OWED: Final = 1000
"""Most evidence kept against a log that proves nothing yet, as anyone can send its old checkpoints again."""
_METADATA: Final = MetaData()
_LATEST: Final = Table(
    "latest", _METADATA, Column("origin", String, primary_key=True), Column("note", String, nullable=False)
)
_AGAINST: Final = Table(
    "against",
    _METADATA,
    Column("origin", String, primary_key=True),
    Column("earlier", String, primary_key=True),
    Column("later", String, primary_key=True),
    Column("proven", Boolean, nullable=False),
    Column("evidence", String, nullable=False),
)


class WitnessStore:
    """One witness's file; `logs` are the public keys of the logs, with which evidence is verified.

    Every method raises DatabaseUnavailable when the file cannot be read or written.
    """

    def __init__(self, file: Path, logs: tuple[Verifier, ...] = ()) -> None:
        self._logs = logs
        self._engine = open_engine(f"sqlite:///{file}", _METADATA)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def update(self, origin: str, decide: Callable[[Note | None], Decision]) -> Decision:
        """Decide about a log's last checkpoint and store the decision, in one transaction."""
        with transaction(self._engine) as connection:
            latest = connection.execute(select(_LATEST.c.note).where(_LATEST.c.origin == origin)).scalar()
            decision = decide(read_note(latest) if latest else None)
            if decision.latest is not None:
                row = {"origin": origin, "note": str(decision.latest)}
                connection.execute(insert(_LATEST).values(row).on_conflict_do_update(["origin"], set_=row))
            if decision.against is not None:
                self._keep(connection, origin, decision.against)
        return decision

    def latest(self, origin: str) -> Note | None:
        """Return a log's last checkpoint, None if it has none here."""
        with transaction(self._engine) as connection:
            note = connection.execute(select(_LATEST.c.note).where(_LATEST.c.origin == origin)).scalar()
        return read_note(note) if note else None

    def against(self) -> tuple[Evidence, ...]:
        """Return all evidence against logs, with proven evidence first."""
        asked = select(_AGAINST.c.evidence).order_by(_AGAINST.c.proven.desc(), _AGAINST.c.later, _AGAINST.c.earlier)
        with transaction(self._engine) as connection:
            return tuple(read_evidence(text) for text in connection.execute(asked).scalars())

    def _keep(self, connection: Connection, origin: str, found: Evidence) -> None:
        try:
            proven = found.proves(self._logs)
        except VerificationFailed:
            return  # the same tree twice
        owed = select(func.count()).where(_AGAINST.c.origin == origin, _AGAINST.c.proven.is_(False))
        if not proven and connection.execute(owed).scalar_one() >= MOST_OWED:
            return
        row = {"origin": origin, "earlier": found.earlier.text, "later": found.later.text, "proven": proven}
        connection.execute(insert(_AGAINST).values(row | {"evidence": str(found)}).on_conflict_do_nothing())
