"""The ledger as a relayer replays it: what is decided about most messages without asking the node about each.

It stands on the block that was the node's newest when it last looked, and is sure only for a few seconds after. Blocks
are added by their parents' hashes, and taken back in a reorganisation. Some of the consents that were asked about are
compared with what the node says about them in that block. Where anything is in doubt, it says nothing, and the node is
asked: the node does not answer, or skips, lacks or contradicts a block, or has an event that makes no sense.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from jamjar.errors import LedgerError
from jamjar.model.state import Consent
from jamjar.protocol.events import Event
from jamjar.protocol.signing import SignedMessage
from jamjar.protocol.typed_data import Acknowledge
from jamjar.relayer.ledger_view import MessageView
from jamjar.relayer.replayed_state import KEPT_BLOCKS, ReplayedBlock, ReplayedState

SURE_SECONDS: Final = 5.0
"""For how long after it began to look, in seconds, what it then saw is still what it says."""
BLOCKS_AT_ONCE: Final = 2000
"""Blocks that are read in one pass while it is far behind."""
COMPARED: Final = 8
"""Consents that were asked about and are compared with the node, in one pass."""


class ReplaySource(Protocol):
    """The blocks and events of one deployment; everything raises LedgerError when it cannot be read."""

    def newest(self) -> ReplayedBlock:
        """Return the newest block."""

    def blocks(self, numbers: Sequence[int]) -> list[ReplayedBlock | None]:
        """Return the blocks with these numbers, None for each that is not there."""

    def events_of(self, blocks: Sequence[ReplayedBlock]) -> list[list[Event]]:
        """Return the events of each of these very blocks, in order."""

    def events_from(self, first: int, last: int) -> list[Event]:
        """Return the events of blocks that no reorganisation takes back, in order."""

    def states(self, consents: Sequence[str], block: ReplayedBlock) -> list[tuple[Consent, bytes]]:
        """Return consents and their heads as stored in this very block."""


class ReplayedView:
    """What a relayer knows of the ledger by itself, safe to use from several threads; one of them calls `follow`.

    first    the block from which on there are events: the deployment's
    carrier  the address of the account that carries grants
    most     how many consents it remembers
    clock    gives seconds that never go back, such as `time.monotonic`
    """

    def __init__(
        self,
        source: ReplaySource,
        first: int,
        carrier: str,
        *,
        most: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source, self._first, self._carrier, self._most, self._clock = source, first, carrier, most, clock
        self._lock = threading.Lock()
        self._state = ReplayedState(most)
        self._sure_until = 0.0
        self._looked = deque[str](maxlen=COMPARED)

    def look(self, signed: SignedMessage, recipient: int) -> MessageView | None:
        """Return what is known about a message's consent; None when the node has to be asked.

        recipient  read where the ledger does not know the consent
        """
        message = signed.message
        if isinstance(message, Acknowledge) or not self.is_sure():  # advice, which has no bound, is not remembered
            return None
        with self._lock:
            block, members, found = self._state.top, self._state.members, self._state.consent(message.consent)
            if block is None or found is None or not self.is_sure():
                return None
        self._looked.append(message.consent)
        stored, head = found
        member = stored.recipient or recipient
        is_adviser, may_carry = members.is_adviser(member), members.acts_now(self._carrier)
        return MessageView(block.time, stored, member, is_adviser, may_carry, head)

    def is_sure(self) -> bool:
        """Return whether it says anything now."""
        return self._clock() < self._sure_until

    def follow(self) -> bool:
        """Read what is new on the ledger, and return whether there is more to read at once.

        Raises LedgerError, and says nothing until a later call succeeds.
        """
        began = self._clock()
        try:
            is_at_newest = self._advance()
            if is_at_newest:
                self._compare()
        except BaseException:
            self._sure_until = 0.0
            raise
        self._sure_until = began + SURE_SECONDS if is_at_newest else 0.0
        return not is_at_newest

    def _advance(self) -> bool:
        """Read until the newest block, or some of the way to it; return whether it stands on it now."""
        newest = self._source.newest()
        top = self._state.top
        if top is not None and top.hash not in {newest.hash, newest.parent}:
            top = self._rewind(newest)
        if top is not None and top.hash == newest.hash:
            return True
        after = self._first - 1 if top is None else top.number
        if newest.number - after > KEPT_BLOCKS:
            self._catch_up(top, after, min(after + BLOCKS_AT_ONCE, newest.number - KEPT_BLOCKS // 2))
            return False
        new = [newest]
        if newest.number - after > 1:
            new = [*self._blocks(range(after + 1, newest.number)), newest]
        for before, block in zip([top, *new], new, strict=False):
            if before is not None and (block.number, block.parent) != (before.number + 1, before.hash):
                raise LedgerError("The node's blocks do not follow one another; they are read again.")
        for block, events in zip(new, self._source.events_of(new), strict=True):
            self._add(block, events)
        return True

    def _rewind(self, newest: ReplayedBlock) -> ReplayedBlock | None:
        """Take back the blocks that are not under the newest, and return the one that is on top then."""
        kept = self._state.kept
        if kept[-1].number < newest.number and self._source.blocks([kept[-1].number]) == [kept[-1]]:
            return kept[-1]
        numbers = [block.number for block in kept if block.number <= newest.number]
        if not numbers:
            raise LedgerError("The node is far behind where it was; nothing is replayed until it has caught up.")
        have = {block.hash for block in self._source.blocks(numbers) if block is not None}
        if not any(block.hash in have for block in kept):
            self._forget()
            return None
        with self._lock:
            self._sure_until = 0.0
            while (top := self._state.top) is not None and top.hash not in have:
                self._state.take_back()
            return top

    def _catch_up(self, top: ReplayedBlock | None, after: int, until: int) -> None:
        """Add the blocks up to one that is so deep that it is taken for final; what it stands on is checked before."""
        self._sure_until = 0.0
        [last] = self._blocks([until])
        events = self._source.events_from(after + 1, until)
        asked = [until] if top is None else [until, top.number]
        if [block.hash for block in self._blocks(asked)] != [block.hash for block in (last, top) if block is not None]:
            raise LedgerError("The node's blocks changed while their events were read; they are read again.")
        self._add(last, events)
        self._state.settle()

    def _compare(self) -> None:
        """Compare what is replayed with what the node says in the same block; raises LedgerError, having forgotten."""
        consents = [self._looked.popleft() for _ in range(len(self._looked))]
        if not consents or (top := self._state.top) is None:
            return
        for consent, found in zip(consents, self._source.states(consents, top), strict=True):
            if self._state.consent(consent) not in {None, found}:
                self._forget()
                raise LedgerError(
                    "The node's events contradict what it says about a consent; they are all read again. "
                    "If this stays, use another node."
                )

    def _blocks(self, numbers: Sequence[int]) -> list[ReplayedBlock]:
        found = [block for block in self._source.blocks(numbers) if block is not None]
        if [block.number for block in found] != list(numbers):
            raise LedgerError("The node lacks blocks below its newest; check that it is in order.")
        return found

    def _add(self, block: ReplayedBlock, events: Sequence[Event]) -> None:
        with self._lock:
            try:
                self._state.add(block, events)
            except Exception as error:  # part of them may have been added
                self._state, self._sure_until = ReplayedState(self._most), 0.0
                raise LedgerError("The node's events make no sense; all are read again. Use another node.") from error

    def _forget(self) -> None:
        with self._lock:
            self._state, self._sure_until = ReplayedState(self._most), 0.0
