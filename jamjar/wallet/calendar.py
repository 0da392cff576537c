"""When a consent's messages are sent: at times drawn from its own secret, so that no two consents move together.

For each day a consent has a second of its own. What can wait is sent at the first such second after it was signed; a
grant is sent at a moment of its own before it begins; what is urgent is sent at once, with what its sequence needs.
Nobody without the secret can tell these times beforehand, or from chance afterwards.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Final, TypeAlias

from jamjar.crypto.hashing import keccak256
from jamjar.encoding import strict_json
from jamjar.errors import InvalidInput
from jamjar.protocol.settings import DAY, HOUR
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import Commit, Grant, Message, Pause, Reconfirm, Resume, Withdraw
from jamjar.vault.secret import CALENDAR, ConsentSecret
from jamjar.vault.transaction import VaultTransaction

BEFORE: Final = 15 * 60
"""How many seconds before a grant begins it is sent at the latest: a relayer carries it 10 minutes before."""
FORMAT: Final = "jamjar.waiting.1"
HOPPED: Final = "hopped"
"""The kind of records in the vault of what a hop was given, beside what waits."""
DUMMY: Final = b"dummy"
"""The name, for `record_name`, of such a record of what no message waits for: its answer is fetched all the same."""
Clock: TypeAlias = Callable[[], float]
"""Gives Unix seconds, such as `time.time`."""
_SEQUENCED: Final = (Grant, Pause, Resume, Reconfirm)


class Calendar:
    """The times of one consent, in Unix seconds."""

    __slots__ = ("_seed",)

    def __init__(self, secret: ConsentSecret) -> None:
        self._seed = secret.derive(CALENDAR)

    def on(self, day: int) -> int:
        """Return the time of this consent on a day, counted from 1 January 1970, UTC."""
        return day * DAY + self._drawn("day", day) % DAY

    def after(self, time: int) -> int:
        """Return the first of its times after another: within two days, and on average half a day later."""
        today = time // DAY
        return next(at for at in map(self.on, (today, today + 1)) if at > time)

    def in_month(self, time: int) -> int:
        """Return the first time after another that falls on this consent's own day of the month, of 1 to 28."""
        first = datetime.fromtimestamp(time, timezone.utc).replace(day=1 + self._drawn("day of the month") % 28)
        later = (first + timedelta(days=31)).replace(day=first.day)
        return next(at for at in (self.on(int(each.timestamp()) // DAY) for each in (first, later)) if at > time)

    def between(self, start: int, end: int) -> int:
        """Return a moment from `start` on and before `end`, the same whenever the same two are given."""
        return start + self._drawn("between", start, end) % max(1, end - start)

    def _drawn(self, what: str, *numbers: int) -> int:
        words = b"".join(number.to_bytes(8, "big") for number in numbers)
        return int.from_bytes(keccak256(self._seed + what.encode() + words)[:16], "big")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that waits to be carried.

    since     Unix seconds: when it was signed, or by when a relayer promised to carry it, or refused it
    is_given  whether a relayer has it
    """

    signed: SignedMessage = field(repr=False)
    since: int
    is_given: bool = False

    def to_json(self) -> bytes:
        """Return how long it has waited, as canonical JSON in UTF-8; the message is stored elsewhere."""
        return strict_json.dumps({"format": FORMAT, "since": self.since, "is_given": self.is_given}).encode()

    @classmethod
    def from_json(cls, signed: SignedMessage, data: bytes | None) -> "Waiting":
        """Read what `to_json` wrote; what an older version signed has waited since ever."""
        if data is None:
            return cls(signed, 0)
        record = strict_json.fields(
            strict_json.loads(data.decode(), "what waits"), "what waits", "format", "since", "is_given"
        )
        since, is_given = record["since"], record["is_given"]
        if record["format"] != FORMAT or type(since) is not int or since < 0 or type(is_given) is not bool:
            raise InvalidInput(f"What waits is not in the format {FORMAT}; use the version that wrote it.")
        return cls(signed, since, is_given)


def goes_at_once(message: Message) -> bool:
    """Say whether a message lets no calendar hold it: what is urgent, and a grant for a meeting that takes place."""
    return isinstance(message, Withdraw | Pause) or (isinstance(message, Grant) and message.valid_from % HOUR != 0)


def due_times(waiting: Sequence[Waiting], calendar: Calendar, *, patient: bool = False) -> tuple[int, ...]:
    """Return when each of one consent's messages is sent; they wait in the order in which they were signed.

    patient  whether a commitment that replaces another waits for the consent's own day of the month

    Nothing overtakes what it builds on, unless a relayer has that: it is sent with it or later. A pause takes what its
    sequence comes after with it, and a withdrawal needs nothing.
    """
    due = [_alone(each, calendar, patient=patient) for each in waiting]
    for place, each in enumerate(waiting):
        if isinstance(each.signed.message, Withdraw):
            continue
        for earlier in range(place):
            if isinstance(waiting[earlier].signed.message, Withdraw) or waiting[earlier].is_given:
                continue
            if not isinstance(each.signed.message, Pause):
                due[place] = max(due[place], due[earlier])
            elif isinstance(waiting[earlier].signed.message, _SEQUENCED):
                due[earlier] = min(due[earlier], due[place])
    return tuple(due)


def _alone(waiting: Waiting, calendar: Calendar, *, patient: bool) -> int:
    message, since = waiting.signed.message, waiting.since
    if goes_at_once(message) or not since:
        return since
    if isinstance(message, Grant) and not waiting.is_given:
        return calendar.between(since, message.valid_from - BEFORE)
    if patient and isinstance(message, Commit) and any(message.replaces) and not waiting.is_given:
        return calendar.in_month(since)
    return calendar.after(since)


def keep_hopped(transaction: VaultTransaction, name: str, dummy: str) -> None:
    """Have the answer to a message be fetched as a dummy's, so that the hop sees no difference, and deletes it."""
    if (hopped := transaction.get(HOPPED, name)) is not None:
        transaction.add(HOPPED, dummy, hopped)
