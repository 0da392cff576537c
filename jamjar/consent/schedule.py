"""The times at which a consent begins, must be reconfirmed and ends, in Unix seconds.

Beginnings, ends and reconfirmations fall on midnight, UTC: times to the second would be almost equal in grants that a
claimant makes in one session, and in no others, and so link the claimant's consents. An earlier beginning can be asked
for, and reveals more.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from jamjar.errors import InvalidInput
from jamjar.protocol.settings import DAY, HOUR

__all__ = [
    "DAY", "LENGTHS", "MINUTE", "RECONFIRMATIONS", "RECONFIRM_DAYS", "USES", "Begin", "Schedule", "schedule",
]  # fmt: skip

MINUTE = 60
RECONFIRM_DAYS = 90
"""The most days between reconfirmations (FCA PS21/19)."""
LENGTHS: Final = (30, 90, 180, 365)
"""The usual lengths of a consent, in days: a length that few choose singles out those who do."""
USES: Final = (1, 3, 12)
"""The usual numbers of uses."""
RECONFIRMATIONS: Final = (30, 90)
"""The usual numbers of days between reconfirmations."""


class Begin(Enum):
    """When a consent begins; the value is for people to type."""

    MIDNIGHT = "midnight"
    HOUR = "hour"
    NOW = "now"

    @property
    def ahead(self) -> int:
        """How many seconds it needs at least from signing, as a grant has to be carried before it begins."""
        return {Begin.MIDNIGHT: HOUR, Begin.HOUR: 20 * MINUTE, Begin.NOW: 5 * MINUTE}[self]

    @property
    def reveals(self) -> str:
        """What the ledger shows of the claimant by it, in one sentence; nothing at midnight."""
        return _REVEALS[self]


_REVEALS: Final = {
    Begin.MIDNIGHT: "",
    Begin.HOUR: "The ledger will show in which hour you agreed, and whatever else you agree to in that hour stands "
    "beside it.",
    Begin.NOW: "The ledger will show to the second when you agreed, so two consents that begin like this in one "
    "sitting are seen to be one person's.",
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """Times for a grant: `valid_from` is also the last moment at which it can be carried."""

    valid_from: int
    valid_until: int
    reconfirm_by: int


def schedule(
    now: int,
    *,
    days: int,
    begin: Begin = Begin.MIDNIGHT,
    ahead: int | None = None,
    reconfirm_days: int = RECONFIRM_DAYS,
) -> Schedule:
    """Return the times of a consent that ends `days` midnights from today's, or is reconfirmed in `reconfirm_days`.

    It begins at the next midnight or full hour, or the one after where that is less than `ahead` seconds from now (by
    default as long as `begin` needs), or `ahead` seconds from now.
    Raises InvalidInput for fewer than 2 days, and when it would end before it begins.
    """
    if type(days) is not int or days < 2:
        raise InvalidInput("The consent is too short, as it ends at midnight; give 2 days or more.")
    today, earliest = now - now % DAY, now + (begin.ahead if ahead is None else ahead)
    step = {Begin.MIDNIGHT: DAY, Begin.HOUR: HOUR, Begin.NOW: 1}[begin]
    start, end = earliest + -earliest % step, today + days * DAY
    if start >= end:
        raise InvalidInput("The consent would end before it begins; give a longer time, or an earlier beginning.")
    return Schedule(start, end, min(end, today + min(reconfirm_days, RECONFIRM_DAYS) * DAY))
