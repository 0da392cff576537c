"""What claimants of the simulated consortium do, and which of the product's measures they have."""

from dataclasses import dataclass, replace
from datetime import datetime, timezone

from jamjar.protocol.settings import DAY, HOUR

START = 20_819 * DAY
"""The midnight at which the simulation begins, in Unix seconds: of 1 January 2027."""


def month_start(month: int) -> int:
    """Return the midnight at which a month of the simulation begins."""
    return int(datetime(2027 + month // 12, 1 + month % 12, 1, tzinfo=timezone.utc).timestamp())


def month_of(time: int) -> int:
    """Return the month of the simulation in which a time falls."""
    at = datetime.fromtimestamp(time, timezone.utc)
    return 12 * (at.year - 2027) + at.month - 1


@dataclass(frozen=True, slots=True)
class Measures:
    """What keeps apart in time what one claimant does; each can be off, as it was before there was any.

    midnight  consents begin at midnight; off: ten minutes after signing
    calendar  each consent's messages are sent by its own calendar; off: all in one session, second after second
    epochs    a relayer carries what can wait once a day; off: every five minutes
    usual     lengths and numbers of uses are from the short lists; off: one in five claimants has a habit of its own
    cards     there is a panic card for each consent, used on a day of its own; off: one card, used whole
    patient   a new budget waits for its consent's own day of the month
    hop       messages go through a hop, which passes on what can wait in its next epoch
    """

    midnight: bool = True
    calendar: bool = True
    epochs: bool = True
    usual: bool = True
    cards: bool = True
    patient: bool = False
    hop: bool = False

    def without(self, name: str) -> "Measures":
        """Return these with one off."""
        return replace(self, **{name: False})


NONE = Measures(*[False] * 5)


@dataclass(frozen=True, slots=True)
class Habits:
    """What claimants do; shares of claimants, or of their months, from 0 to 1.

    consents  shares of claimants with one, two and three consents, all granted in one sitting in the first month, with
              a first commitment each
    evening   the hour at which they sit, and its spread from claimant to claimant, and from month to month
    late      how many days after their monthly date they commit under all their consents, each with its weight
    skipped   of the months in which they commit to nothing
    paused    of the months in which they pause all consents at once, and resume them three days later
    ended     of claimants who end all consents with their panic card in some month
    seldom    of claimants whose wallet is on for one evening in five, and then sends all that is due
    together  of claimants who leave packages for all recipients in one go when they have committed
    shown     of months in which a recipient is left a package, for most at that recipient's own appointment
    """

    consents: tuple[float, ...] = (0.45, 0.32, 0.23)
    evening: tuple[float, float, float] = (19 * HOUR, 2 * HOUR, HOUR)
    late: tuple[int, ...] = (50, 20, 12, 8, 5, 3, 2)
    skipped: float = 0.1
    paused: float = 0.01
    ended: float = 0.05
    seldom: float = 0.15
    together: float = 0.1
    shown: float = 0.3


PUNCTUAL = Habits(late=(1,))
"""Everybody commits on their date."""
