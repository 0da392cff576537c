"""The fixed times at which a relayer carries, so that the time of an event reveals only its epoch."""

from dataclasses import dataclass
from typing import Final

from jamjar.errors import InvalidInput
from jamjar.protocol.settings import DAY, HOUR


@dataclass(frozen=True, slots=True)
class Epochs:
    """The times `offset`, `offset` + `seconds`, ... in Unix seconds, before and after."""

    seconds: int
    offset: int = 0

    def __post_init__(self) -> None:
        if type(self.seconds) is not int or type(self.offset) is not int or not 0 < self.seconds <= DAY:
            raise InvalidInput("The epoch is not from 1 second to a day, in whole seconds; choose another length.")

    def first_from(self, time: int) -> int:
        """Return the first epoch at or after a time."""
        return time + (self.offset - time) % self.seconds

    def next_after(self, now: int) -> int:
        """Return the first epoch after now."""
        return self.first_from(now + 1)

    def last_until(self, now: int) -> int:
        """Return the newest epoch at or before now."""
        return self.next_after(now) - self.seconds


AT_NIGHT: Final = 3 * HOUR
"""The offset of a daily epoch: three hours after midnight, UTC, when what began at midnight has begun."""
DAILY: Final = Epochs(DAY, AT_NIGHT)
"""The epochs of what can wait, unless an operator says otherwise."""
BEFORE_HOURS: Final = Epochs(HOUR, -600)
"""The epochs of grants: ten minutes before each full hour, so that what begins then is in time."""
