"""The book of an admitter: what it signed for whom, so that nobody gets more than the quota, whatever restarts.

A line is on disk before anything is signed. The database itself refuses a line beyond the quota, by its key. Blinded
messages say nothing about the tokens that come of them, so the book is as harmless as the list of who was vouched for.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, String, Table, func, insert, select
from sqlalchemy.exc import IntegrityError

from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput
from jamjar.service.database import open_engine, reading, transaction

MOST_LABEL: Final = 200
METADATA: Final = MetaData()
GIVEN: Final = Table(
    "given",
    METADATA,
    Column("admitter", BigInteger, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("person", String(MOST_LABEL), primary_key=True),  # the admitter's own label
    Column("number", Integer, primary_key=True),  # from 1 to the quota
    Column("blinded", LargeBinary(32), nullable=False),  # its Keccak-256
)


class Book:
    """The book in `sqlite:///path` or `postgresql://...`; raises InvalidInput, DatabaseUnavailable."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url, METADATA)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def count(self, admitter: int, epoch: int, person: str, blinded: Sequence[bytes], quota: int) -> None:
        """Write down what is about to be signed for a person; what was written down before costs nothing again.

        A label is the same however its spaces and accents are typed.

        Raises InvalidInput, with nothing written, when it would be more than the quota.
        """
        person = unicodedata.normalize("NFC", " ".join(person.split()))
        if not person or len(person) > MOST_LABEL:
            raise InvalidInput(f"The person's label is empty or over {MOST_LABEL} characters; give your own for them.")
        place = {"admitter": admitter, "epoch": epoch, "person": person}
        digests = [keccak256(each) for each in blinded]
        try:
            with transaction(self._engine) as connection:
                asked = select(GIVEN.c.blinded).where(*(GIVEN.c[name] == value for name, value in place.items()))
                known = [bytes(each) for each in connection.execute(asked).scalars()]
                new = [each for each in digests if each not in known]
                if len(known) + len(new) > quota:
                    raise InvalidInput(
                        f"{len(known)} of {quota} tokens of {epoch} were signed for this person; more come next month."
                    )
                for number, digest in enumerate(new, len(known) + 1):
                    connection.execute(insert(GIVEN), {**place, "number": number, "blinded": digest})
        except IntegrityError:
            raise InvalidInput("Another program signs for this person at this moment; try again.") from None

    def counts(self) -> list[tuple[int, int, int, int]]:
        """Return admitter, epoch, how many persons it signed for, and how many tokens; newest epoch first."""
        persons = func.count(GIVEN.c.person.distinct())
        asked = select(GIVEN.c.admitter, GIVEN.c.epoch, persons, func.count())
        asked = asked.group_by(GIVEN.c.admitter, GIVEN.c.epoch).order_by(GIVEN.c.epoch.desc(), GIVEN.c.admitter)
        with reading(self._engine) as connection:
            return [(*row,) for row in connection.execute(asked)]
