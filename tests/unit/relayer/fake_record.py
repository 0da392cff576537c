"""A node's blocks and the events in them, which a test can make reorganise, lag, lack and lie; a view that follows."""

from collections.abc import Sequence

from jamjar.errors import LedgerError, NodeUnavailable
from jamjar.model.replay import emitted, replay
from jamjar.model.state import Consent, LedgerState, Stage
from jamjar.protocol import events
from jamjar.protocol.events import Event
from jamjar.relayer.replayed_state import RULES, ReplayedBlock
from jamjar.relayer.replayed_view import ReplayedView
from tests.unit.relayer.replayed_ledger import AT, SOMEBODY, block, events_of
from tests.unit.relayer.world import NOW, commit, key

CARRIER = "0x" + 40 * "9"
HELD = Consent(2, NOW, NOW + 90, NOW + 30, max_uses=3, stage=Stage.GRANTED)
ROOTS = [bytes([n]) * 32 for n in range(9)]


class FakeRecord:
    """The source of a replay; block 0 is empty, and the deployment's is block 1."""

    def __init__(self) -> None:
        self.chain: list[tuple[ReplayedBlock, list[Event]]] = [(block(0), [])]
        self.branch, self.lags, self.is_down = "", 0, False
        self.asked: list[str] = []
        self.lacks: set[int] = set()
        self.lies: dict[str, tuple[Consent, bytes]] = {}

    def mine(self, *some: Event, blocks: int = 1) -> None:
        """Add blocks, the first of which has these events."""
        for count in range(blocks):
            number, parent = len(self.chain), self.chain[-1][0]
            new = block(number, 1000 + number, self.branch)
            new = ReplayedBlock(number, new.hash, parent.hash, new.time)
            self.chain.append((new, [] if count else list(some)))

    def reorganise(self, depth: int) -> None:
        """Take blocks back; what is mined then is another branch."""
        del self.chain[-depth:]
        self.branch += "'"

    def state(self) -> LedgerState:
        """The state after all events that it shows."""
        found = [each for _, some in self._seen() for each in some]
        return replay(LedgerState(RULES), map(emitted, found))

    # ------------------------------------------------------------------ what it answers

    def newest(self) -> ReplayedBlock:
        self._ask("newest")
        return self._seen()[-1][0]

    def blocks(self, numbers: Sequence[int]) -> list[ReplayedBlock | None]:
        self._ask("blocks")
        seen = self._seen()
        return [seen[each][0] if each < len(seen) and each not in self.lacks else None for each in numbers]

    def events_of(self, blocks: Sequence[ReplayedBlock]) -> list[list[Event]]:
        self._ask("events_of")
        by_hash = {each.hash: some for each, some in self._seen()}
        if not {each.hash for each in blocks} <= by_hash.keys():
            raise LedgerError("unknown block")
        return [by_hash[each.hash] for each in blocks]

    def events_from(self, first: int, last: int) -> list[Event]:
        self._ask("events_from")
        return [each for at, some in self._seen() if first <= at.number <= last for each in some]

    def states(self, consents: Sequence[str], at: ReplayedBlock) -> list[tuple[Consent, bytes]]:
        self._ask("states")
        assert at == self._seen()[-1][0]
        now = self.state()
        return [self.lies.get(each, (now.consent(each), now.head(each))) for each in consents]

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.is_down:
            raise NodeUnavailable("down")

    def _seen(self) -> list[tuple[ReplayedBlock, list[Event]]]:
        return self.chain[: len(self.chain) - self.lags]


class Following:
    """A view of a record, and the clock that it goes by."""

    def __init__(self) -> None:
        self.record, self.now, self.key = FakeRecord(), 100.0, key()
        self.view = ReplayedView(self.record, 1, CARRIER, most=100, clock=lambda: self.now)

    def follow(self):
        while self.view.follow():
            pass
        return self.held()

    def held(self):
        """The consent and its head, None where nothing is said."""
        found = self.view.look(commit(self.key), 2)
        return None if found is None else (found.consent, found.head, found.time)

    def granted(self):
        return events_of(self.key.address, HELD)

    def commits(self, n):
        return events.Committed(AT, self.key.address, SOMEBODY, ROOTS[n])
