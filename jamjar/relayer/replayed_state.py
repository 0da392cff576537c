"""The state around each consent, replayed from the ledger's events, block after block, in bounded memory.

A consent takes about 260 bytes. Beyond the bound, the consents that have ended are forgotten, and further ones are not
remembered: nothing is then said about a consent that is not remembered, not even that there is none.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from struct import Struct
from typing import Final

from jamjar.errors import LedgerError
from jamjar.model.replay import Fold, emitted, replay
from jamjar.model.state import ENDED, NOTHING, Consent, DeploymentRules, LedgerState
from jamjar.protocol import events as of_contracts
from jamjar.protocol.address import parse_address
from jamjar.protocol.events import ConsentGranted, Event
from jamjar.protocol.roles import Role
from jamjar.protocol.settings import DAY

KEPT_BLOCKS: Final = 64
"""The newest blocks, which a reorganisation may take back without the whole record being read again."""
OF_CONSENTS: Final = (
    "ConsentGranted", "ConsentPaused", "ConsentResumed", "ConsentReconfirmed", "ConsentWithdrawn", "ConsentReleased",
    "ConsentUsed", "Committed",
)  # fmt: skip
OF_MEMBERS: Final = (
    "MemberAdmitted", "MemberSuspended", "MemberReinstated", "AccountAdded", "AccountRemoved", "RoleGranted",
    "RoleRevoked",
)  # fmt: skip
"""The events that change what is replayed; others are not read."""
_MEMBERS: Final = tuple(getattr(of_contracts, name) for name in OF_MEMBERS)
RULES: Final = DeploymentRules(frozenset(role.value for role in Role), Role.ADVISER.value, 0, 0, 0, 0)
"""What a replay of these events needs of a deployment's rules: the roles of members."""
_STORED: Final = Struct(">IQQQIHHB")
"""A consent's fields in their order; its head follows where it has one."""
_SWEEP_SECONDS: Final = DAY


@dataclass(frozen=True, slots=True)
class ReplayedBlock:
    """A block as its node names it: the hashes have 32 bytes, `time` is in Unix seconds."""

    number: int
    hash: bytes
    parent: bytes
    time: int


@dataclass(slots=True)
class _Kept:
    """A block, and what was before it: the members, and each consent that it changed, None for one that was absent."""

    header: ReplayedBlock
    members: LedgerState
    before: dict[bytes, bytes | None] = field(default_factory=dict)


class ReplayedState:
    """The state after the blocks that were added; `most` is how many consents it remembers."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._consents: dict[bytes, bytes] = {}
        self._kept: deque[_Kept] = deque()
        self._sweep_at = 0
        self.members = LedgerState(RULES)
        """The members and their accounts."""
        self.is_complete = True
        """Whether every consent on the ledger is remembered."""

    def __len__(self) -> int:
        return len(self._consents)

    @property
    def top(self) -> ReplayedBlock | None:
        """The newest block that was added, None before the first."""
        return self._kept[-1].header if self._kept else None

    @property
    def kept(self) -> tuple[ReplayedBlock, ...]:
        """The blocks that can be taken back, but for the oldest, to which the others can be."""
        return tuple(each.header for each in self._kept)

    def consent(self, address: str) -> tuple[Consent, bytes] | None:
        """Return a consent as stored, all zero for an unknown one, and its head; None where neither is remembered."""
        packed = self._consents.get(parse_address(address))
        return (Consent(), NOTHING) if packed is None and self.is_complete else _unpack(packed)

    def add(self, header: ReplayedBlock, events: Iterable[Event]) -> None:
        """Add the events of one block, or of all up to it that were not added; `settle` follows in the latter case.

        What it raises for events that these contracts do not emit leaves it half done.
        """
        kept = _Kept(header, self.members)
        self._kept.append(kept)
        for event in events:
            if isinstance(event, _MEMBERS):
                self.members = replay(self.members, [emitted(event)])
            else:
                self._change(event, kept)
        if len(self._kept) > KEPT_BLOCKS:
            self._kept.popleft()

    def settle(self) -> None:
        """Keep nothing to take the newest block back with."""
        while len(self._kept) > 1:
            self._kept.popleft()
        self._kept[-1].before.clear()

    def take_back(self) -> None:
        """Take the newest block back, down to the oldest of those that are kept."""
        if len(self._kept) < 2:
            raise LedgerError("The replayed blocks cannot be taken back so far; replay the record again.")
        gone = self._kept.pop()
        self.members = gone.members
        for key, packed in gone.before.items():
            if packed is None:
                self._consents.pop(key, None)
            else:
                self._consents[key] = packed

    def _change(self, event: Event, kept: _Kept) -> None:
        address = str(event.consent)  # type: ignore[attr-defined]  # as all that are no members' are about a consent
        key = parse_address(address)
        old = self._consents.get(key)
        if old is None and not self._has_room(kept.header.time, is_new=isinstance(event, ConsentGranted)):
            return
        stored, head = _unpack(old) or (Consent(), NOTHING)
        fold = Fold(LedgerState(RULES, consents={address: stored}, heads={address: head}))
        fold.add(emitted(event))
        kept.before.setdefault(key, old)
        self._consents[key] = _pack(fold.state.consent(address), fold.state.head(address))

    def _has_room(self, now: int, *, is_new: bool) -> bool:
        """Return whether to remember one more consent, of which this is the first event if it `is_new`."""
        if len(self._consents) >= self._most and now >= self._sweep_at:
            self._sweep_at = now + _SWEEP_SECONDS
            self._forget_ended(now)
        if len(self._consents) >= self._most:
            self.is_complete = False
        return self.is_complete or (is_new and len(self._consents) < self._most)

    def _forget_ended(self, now: int) -> None:
        self.is_complete = False
        ended = [key for key, packed in self._consents.items() if _has_ended(packed, now)]
        for key in ended:
            del self._consents[key]


def _has_ended(packed: bytes, now: int) -> bool:
    found = _unpack(packed)
    return found is not None and found[0].status(now) in ENDED


def _pack(consent: Consent, head: bytes) -> bytes:
    fields = (
        consent.recipient, consent.valid_from, consent.valid_until, consent.reconfirm_by, consent.sequence,
        consent.max_uses, consent.uses, consent.stage,
    )  # fmt: skip
    return _STORED.pack(*fields) + (b"" if head == NOTHING else head)


def _unpack(packed: bytes | None) -> tuple[Consent, bytes] | None:
    if packed is None:
        return None
    return Consent(*_STORED.unpack_from(packed)), packed[_STORED.size :] or NOTHING
