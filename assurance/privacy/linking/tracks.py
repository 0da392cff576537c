"""The simulated consortium: what the ledger and the services' databases hold of each consent, and when it came there.

When things happen is decided by the product: `schedule` and `due_times` in the wallet, `Timing` in the relayer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from assurance.privacy.linking.habits import START, Habits, Measures, month_of, month_start
from jamjar.consent.schedule import LENGTHS, USES, Begin, schedule
from jamjar.hop.message import GatewayKind
from jamjar.hop.settings import HopSettings
from jamjar.protocol.settings import DAY, HOUR
from jamjar.protocol.signing import Signature, SignedMessage
from jamjar.protocol.typed_data import Commit, Grant, Message, Pause, Resume, Withdraw
from jamjar.relayer.conditions import Timing
from jamjar.relayer.epochs import DAILY, Epochs
from jamjar.vault.secret import ConsentSecret
from jamjar.wallet.calendar import BEFORE, Calendar, Waiting, due_times, goes_at_once

_SIGNED: Final = Signature(b"\1" * 32, b"\1" * 32)
_ROOT: Final = b"\1" * 32
_OFTEN: Final = Timing(Epochs(300), grants=Epochs(300), rounded=1)
_DAILY: Final = Timing(DAILY)
HOP: Final = HopSettings({"https://relayer.example": GatewayKind.RELAYER})
"""A hop as members run it, unless they say otherwise."""
KINDS: Final = ("urgent", "seldom on", "packages", "plain")
"""Owners who paused or ended all at once; whose wallet is seldom on; who left all packages in one go; all others."""
ONLINE: Final = 5
"""A wallet that is seldom online is so on one evening of so many days."""


@dataclass(slots=True)
class Track:
    """What an attacker holds of one consent; `owner` is what it does not hold, times are Unix seconds.

    begins, days, uses  as the grant says on the ledger
    accepted            when a relayer's or a mailbox's database says that something came, by what it was
    sent                when a hop saw that a message was sent, and whether as urgent
    calendar            of the consent, whose times no attacker can tell beforehand
    carried             in which of its epochs the ledger has it
    habit               which of its owner's habits, of `KINDS`, the measures reach least
    """

    owner: int
    begins: int
    days: int
    uses: int
    habit: str
    accepted: dict[str, int] = field(default_factory=dict)
    carried: dict[str, int] = field(default_factory=dict)
    sent: dict[str, tuple[int, bool]] = field(default_factory=dict)
    calendar: Calendar | None = None


def simulate(claimants: int, months: int, measures: Measures, habits: Habits, seed: int) -> list[Track]:
    """Return the consents of so many claimants after so many months, by chance and yet the same for the same seed."""
    tracks = list[Track]()
    for owner in range(claimants):
        tracks += _Claimant(owner, Random(f"{seed}/{owner}"), measures, habits).live(months)  # noqa: S311
    Random(seed).shuffle(tracks)  # noqa: S311
    return tracks


class _Claimant:
    """One claimant's consents, lived through together."""

    def __init__(self, owner: int, random: Random, measures: Measures, habits: Habits) -> None:
        self.owner, self.random, self.measures, self.habits = owner, random, measures, habits
        self.count = random.choices((1, 2, 3), habits.consents)[0]
        self.hour = min(max(random.gauss(*habits.evening[:2]), 8 * HOUR), 21.5 * HOUR)
        self.payday, self.phase = random.randrange(28), random.randrange(ONLINE)
        self.seldom, self.together = random.random() < habits.seldom, random.random() < habits.together
        self.ends = random.randrange(30 * DAY, 360 * DAY) if random.random() < habits.ended else 0
        self.pauses = [month for month in range(12) if random.random() < habits.paused]
        self.calendars = [Calendar(ConsentSecret(random.randbytes(32))) for _ in range(self.count)]
        self.names = [f"0x{4096 * owner + number + 1:040x}" for number in range(self.count)]
        self.timing = _DAILY if measures.epochs else _OFTEN

    def live(self, months: int) -> list[Track]:
        """Return the tracks that its consents leave."""
        random, sitting = self.random, self._evening(self.random.randrange(30))
        until = month_start(months)
        end = START + self.ends if self.ends and START + self.ends < until else 0
        self.pauses = [month for month in self.pauses if month < months]
        applies = (bool(end or self.pauses), self.seldom, self.together, True)
        tracks = self._grants(sitting, next(habit for habit, holds in zip(KINDS, applies, strict=True) if holds))
        self._sign(tracks, sitting, "first", [Commit(name, _ROOT, bytes(32)) for name in self.names])
        for month in range(months):
            day = (
                (month_start(month) - START) // DAY
                + self.payday
                + random.choices(range(len(self.habits.late)), self.habits.late)[0]
            )
            at, skips = self._evening(day), random.random() < self.habits.skipped
            if sitting + 3 * DAY < at < (end or until) and not skips:
                self._sign(tracks, at, "commit", [Commit(name, _ROOT, _ROOT) for name in self.names])
            self._show(tracks, month, at, sitting)
        for month in self.pauses:
            at = month_start(month) + random.randrange(8 * HOUR, 28 * DAY)
            if sitting + DAY < at < (end or until):
                self._sign(tracks, at, f"pause {month}", [Pause(name, 0) for name in self.names])
                resumed = [Resume(name, 1) for name in self.names]
                self._sign(tracks, self._evening((at - START) // DAY + 3), f"resume {month}", resumed)
        if end:
            for number, track in enumerate(tracks):
                later = random.randrange(DAY) + number * 7 * DAY if self.measures.cards else 5 * number
                self._give(track, "withdraw", Withdraw(self.names[number]), end + later)
        return tracks

    def _grants(self, sitting: int, habit: str) -> list[Track]:
        random, tracks = self.random, list[Track]()
        days, uses = random.choices(LENGTHS, (1, 3, 4, 2))[0], random.choices(USES, (1, 3, 2))[0]
        if not self.measures.usual and random.random() < 0.2:
            days, uses = random.randrange(14, 366), random.randrange(1, 21)
        begin, ahead = (Begin.MIDNIGHT, None) if self.measures.midnight else (Begin.NOW, 600)
        for number, name in enumerate(self.names):
            times = schedule(sitting + 120 * number, days=days, begin=begin, ahead=ahead)
            track = Track(self.owner, times.valid_from, days, uses, habit, calendar=self.calendars[number])
            values = (times.valid_from, times.valid_until, times.reconfirm_by, uses, _ROOT)
            grant = Grant(name, 2, *values)
            at = sitting + 120 * number
            alone = due_times([_waits(grant, at)], self.calendars[number])[0]
            sent = alone if self.measures.calendar and not self.seldom else sitting + 400 + number
            self._give(track, "grant", grant, sent)
            tracks.append(track)
        return tracks

    def _sign(self, tracks: list[Track], at: int, what: str, messages: Sequence[Message]) -> None:
        """Sign a message for each consent, a minute apart, and have them sent as the measures say."""
        for number, (track, message) in enumerate(zip(tracks, messages, strict=True)):
            signed, urgent = at + 60 * number, isinstance(message, Pause)
            if self.measures.calendar and not urgent:
                sent = due_times([_waits(message, signed)], self.calendars[number], patient=self.measures.patient)[0]
                if self.seldom:
                    sent = self._online(sent) + number
            else:
                sent = at + 300 + number
            self._give(track, what, message, max(sent, track.accepted["grant"] + 1))

    def _give(self, track: Track, what: str, message: Message, at: int) -> None:
        if what == "commit":  # an attacker counts by the months in which they come
            what = f"commit {month_of(at)}"
            what = f"further {what}" if what in track.accepted else what
        urgent = goes_at_once(message) or (isinstance(message, Grant) and message.valid_from - BEFORE <= at + HOP.epoch)
        track.sent[what] = at, urgent
        at = HOP.epoch_after(at) if self.measures.hop and not urgent else at
        track.accepted[what] = at
        track.carried[what] = self.timing.due_at(message, track.begins, (), at)

    def _show(self, tracks: list[Track], month: int, at: int, sitting: int) -> None:
        """Leave packages at the mailbox: of its own programs, nothing delays that."""
        for number, track in enumerate(tracks):
            if self.random.random() < self.habits.shown:
                apart = month_start(month) + self.random.randrange(28) * DAY + self.random.randrange(9, 17) * HOUR
                when = at + 900 + 30 * number if self.together else apart + self.random.randrange(HOUR)
                if when > sitting + 3 * DAY:
                    track.accepted[f"package {month}"] = when

    def _evening(self, day: int) -> int:
        return int(START + day * DAY + min(max(self.random.gauss(self.hour, self.habits.evening[2]), 0), 22 * HOUR))

    def _online(self, time: int) -> int:
        """Return the first time from another on at which a wallet that is seldom online is so."""
        day = time // DAY
        day += (self.phase - day) % ONLINE
        at = int(day * DAY + self.hour)
        return at if at >= time else at + ONLINE * DAY


def _waits(message: Message, at: int) -> Waiting:
    return Waiting(SignedMessage(message, _SIGNED), at)
