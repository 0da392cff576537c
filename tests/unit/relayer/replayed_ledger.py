"""The ledger of `world`, as the blocks and events that a relayer replays."""

from collections.abc import Iterator, Sequence

from jamjar.crypto.hashing import keccak256
from jamjar.errors import LedgerError
from jamjar.model.state import NOTHING, Consent, Stage
from jamjar.protocol import events
from jamjar.protocol.events import Event, Origin
from jamjar.protocol.roles import Role
from jamjar.protocol.signing import SignedMessage
from jamjar.relayer.ledger_view import MessageView
from jamjar.relayer.replayed_state import ReplayedBlock
from jamjar.relayer.replayed_view import ReplayedView
from tests.unit.relayer.world import FakeLedger, nothing

AT = Origin(1, "0x", 0, "0x")
SOMEBODY = "0x" + 40 * "5"


def block(number: int, time: int = 0, branch: str = "") -> ReplayedBlock:
    """A block of a chain in which each block's hash says its number and branch."""
    named = [keccak256(b"%d" % each + branch.encode()) for each in (number, number - 1)]
    return ReplayedBlock(number, named[0], named[1], time)


def events_of(consent: str, stored: Consent) -> Iterator[Event]:
    """The events after which a consent is stored so."""
    if stored.stage is Stage.NONE:
        return
    times = stored.valid_from, stored.valid_until, stored.reconfirm_by
    yield events.ConsentGranted(AT, consent, stored.recipient, SOMEBODY, *times, stored.max_uses, NOTHING)
    yield events.ConsentReconfirmed(AT, consent, SOMEBODY, stored.sequence - 1, stored.reconfirm_by)
    yield events.ConsentUsed(AT, consent, stored.recipient, SOMEBODY, NOTHING, stored.uses)
    if stored.stage is Stage.PAUSED:
        yield events.ConsentPaused(AT, consent, SOMEBODY, stored.sequence - 1)
    if stored.stage is Stage.RELEASED:
        yield events.ConsentReleased(AT, consent, stored.recipient, SOMEBODY)
    if stored.stage is Stage.WITHDRAWN:
        yield events.ConsentWithdrawn(AT, consent, SOMEBODY)


def member(number: int, *accounts: str) -> Iterator[Event]:
    """The events after which a member is an adviser with these accounts."""
    yield events.MemberAdmitted(AT, number, "", SOMEBODY)
    yield events.RoleGranted(AT, Role.ADVISER.value, f"0x{number:040x}", SOMEBODY)
    for account in accounts:
        yield events.AccountAdded(AT, number, account, SOMEBODY)


class OneBlock:
    """All of a `FakeLedger` in one block."""

    def __init__(self, ledger: FakeLedger, carrier: str) -> None:
        self.ledger, self.carrier = ledger, carrier

    def newest(self) -> ReplayedBlock:
        return block(1, self.ledger.time())

    def blocks(self, numbers: Sequence[int]) -> list[ReplayedBlock | None]:
        return [self.newest() if number == 1 else None for number in numbers]

    def events_of(self, blocks: Sequence[ReplayedBlock]) -> list[list[Event]]:
        found = [each for number in self.ledger.advisers for each in member(number)]
        if self.ledger.may_carry:
            found += member(999, self.carrier)
        for consent, stored in self.ledger.consents.items():
            found += events_of(consent, stored)
        found += [events.Committed(AT, consent, SOMEBODY, root) for consent, root in self.ledger.heads.items()]
        return [found]


class ReplaysEachTime:
    """What a relayer says by itself that has just replayed a `FakeLedger`; nothing while its node is slow."""

    def __init__(self, ledger: FakeLedger, carrier: str) -> None:
        self.source, self.used = OneBlock(ledger, carrier), 0

    def look(self, signed: SignedMessage, recipient: int) -> MessageView | None:
        view = ReplayedView(self.source, 1, self.source.carrier, most=1000)
        if self.source.ledger.meanwhile is not nothing:
            return None
        try:
            view.follow()
        except LedgerError:
            return None
        self.used += 1
        return view.look(signed, recipient)
