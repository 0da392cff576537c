"""One consent at a relayer's door: what is decided about its messages, as values."""

from jamjar.protocol.typed_data import Acknowledge
from jamjar.relayer.conditions import Conditions
from jamjar.relayer.item import Item
from jamjar.relayer.refusal import status_of
from jamjar.service.refusal import Refusal
from tests.unit.relayer.replayed_ledger import ReplaysEachTime
from tests.unit.relayer.world import DEPLOYMENT, EPOCH, NOW, TIMING, Clock, FakeLedger, key, signed

NEXT, CARRIER = NOW + EPOCH, "0x" + 40 * "9"
CONDITIONS = Conditions(TIMING, DEPLOYMENT.settings, CARRIER)
LIVE, BEGINS = {"max_uses": 3}, NEXT + 100


class Door:
    """One consent, its ledger, and what was accepted for it in order."""

    def __init__(self, **stored):
        self.key, self.clock = key(), Clock()
        self.ledger, self.waiting = FakeLedger(self.clock), []
        if stored:
            self.ledger.grant(self.key.address, **stored)

    def said(self, message):
        """The time at which it is carried, or the code with which it is refused."""
        order = sorted(self.waiting, key=lambda item: (item.due_at, item.number))
        view, now = self.ledger.look(message, 2), int(self.clock.now)
        found = CONDITIONS.decide(message, view, order, now)
        replayed = ReplaysEachTime(self.ledger, CARRIER).look(message, 2)
        assert replayed is None or CONDITIONS.decide(message, replayed, order, now) == found
        assert (replayed is None) == isinstance(message.message, Acknowledge)
        if isinstance(found, Refusal):
            assert status_of(found.code) == 409
            return found.code
        by = TIMING.carry_by(message.message, found, order)
        self.waiting.append(Item(len(self.waiting), b"", message, now, found, by))
        return found

    def of(self, kind, *values):
        return self.said(signed(self.key, kind(self.key.address, *values)))
