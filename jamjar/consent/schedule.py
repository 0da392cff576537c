"""The times at which a consent begins, must be reconfirmed and ends, in Unix seconds.

Ends and reconfirmations fall on midnight, UTC: times to the second would be almost equal in grants that a claimant
makes in one session, and in no others, and so link the claimant's consents.
"""

from dataclasses import dataclass

from jamjar.errors import InvalidInput
from jamjar.protocol.settings import DAY

__all__ = ["DAY", "MINUTE", "RECONFIRM_DAYS", "Schedule", "schedule"]

MINUTE = 60
RECONFIRM_DAYS = 90
"""The most days between reconfirmations (FCA PS21/19)."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Times for a grant: `valid_from` is also the last moment at which it can be carried."""

    valid_from: int
    valid_until: int
    reconfirm_by: int


def schedule(now: int, *, days: int, after: int = MINUTE) -> Schedule:
    """Return the times of a consent that begins `after` seconds from now and ends `days` midnights from today's.

    Raises InvalidInput for fewer than 2 days, which would leave less than one day for uses.
    """
    if type(days) is not int or days < 2:
        raise InvalidInput("The consent is too short, as it ends at midnight; give 2 days or more.")
    today = now - now % DAY
    end = today + days * DAY
    return Schedule(now + after, end, min(end, today + RECONFIRM_DAYS * DAY))
