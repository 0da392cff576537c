"""The keys that admitters published on the ledger, one for each epoch: the first counts, and is never changed.

A member publishes one in the place of its encryption key: each stays in the log of `EncryptionKeyChanged` for ever. A
second key for the same epoch would mark the tokens of whoever is given it. No program takes it, and an audit names it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from jamjar.errors import InvalidInput, NodeUnavailable
from jamjar.protocol.events import EncryptionKeyChanged
from jamjar.protocol.roles import Role
from jamjar.protocol.token import EpochKey

if TYPE_CHECKING:
    from jamjar.ledger.ledger import Ledger

READ_AGAIN: Final = 600
"""Seconds after which what was read is read again: a member may have been suspended."""
MISSED_AGAIN: Final = 60
"""Seconds after which it is read again because a key was not there."""


@dataclass(frozen=True, slots=True)
class PublishedKeys:
    """The keys on the ledger, by admitter and epoch; `second` names later ones for the same epoch, and their blocks."""

    keys: dict[tuple[int, int], EpochKey] = field(default_factory=dict)
    second: tuple[tuple[int, int, int], ...] = ()

    def find(self, admitter: int, epoch: int) -> EpochKey | None:
        """Return an admitter's key for an epoch, None if it published none (a `FindKey`)."""
        return self.keys.get((admitter, epoch))


def published(ledger: Ledger) -> PublishedKeys:
    """Return the keys of all members, whatever their standing; raises LedgerError."""
    keys, second = dict[tuple[int, int], EpochKey](), list[tuple[int, int, int]]()
    for event in ledger.events("EncryptionKeyChanged"):
        if not isinstance(event, EncryptionKeyChanged):
            continue
        try:
            key = EpochKey.from_bytes(event.key)
        except InvalidInput:
            continue  # a member's encryption key, or a key that nobody takes
        place = event.member, key.epoch
        if keys.setdefault(place, key) != key:
            second.append((*place, event.origin.block))
    return PublishedKeys(keys, tuple(second))


def may_admit(ledger: Ledger, member: int) -> bool:
    """Return whether a member vouches for claimants now: it is an active sponsor."""
    return bool(ledger.read("Consortium", "isActiveAs", member, Role.SPONSOR.value))


class EpochKeys:
    """The keys of the admitters that a service accepts, read from its node now and then.

    ledger     connects to the node, or returns the connection
    admitters  the members' numbers; while one is not an active sponsor, none of its keys counts
    clock      gives Unix seconds
    """

    def __init__(self, ledger: Callable[[], Ledger], admitters: Collection[int], clock: Callable[[], float]) -> None:
        self._ledger, self._admitters, self._clock = ledger, tuple(admitters), clock
        self._reading = threading.Lock()
        self._found = PublishedKeys()
        self._read_at: float | None = None

    def find(self, admitter: int, epoch: int) -> EpochKey | None:
        """Return a key, None for one that is not accepted; raises LedgerError when the node has to be asked in vain.

        One thread asks at a time, and no other waits for it: a node that hangs must not take a service's threads.
        """
        if admitter in self._admitters and self._is_due(admitter, epoch):
            if self._reading.acquire(blocking=False):
                try:
                    self._read()
                finally:
                    self._reading.release()
            elif self.known(admitter, epoch) is None:
                raise NodeUnavailable("The admitters' keys are being read; try again in a minute.")
        return self.known(admitter, epoch)

    def known(self, admitter: int, epoch: int) -> EpochKey | None:
        """Return a key as `find` does, but never ask the node."""
        return self._found.find(admitter, epoch)

    def _is_due(self, admitter: int, epoch: int) -> bool:
        if self._read_at is None:
            return True
        age = abs(self._clock() - self._read_at)
        return age >= (READ_AGAIN if self.known(admitter, epoch) else MISSED_AGAIN)

    def _read(self) -> None:
        ledger = self._ledger()
        accepted = {each for each in self._admitters if may_admit(ledger, each)}
        found = published(ledger)
        self._found = PublishedKeys({place: key for place, key in found.keys.items() if place[0] in accepted})
        self._read_at = self._clock()
