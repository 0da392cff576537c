"""A monitor: reads a log again and again, and alarms when it is forked, rolled back, silent or not as on the ledger.

It trusts no file: what it reads must lead to a root that the policy accepts. With an `EventSource`, its own node, it
compares every event. A claimant's monitor needs no node: it reads the whole log, so that nobody learns which consents
are watched, and reports the events recorded under them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog import evidence, reading
from jamjar.tlog.checkpoint import Checkpoint, read_checkpoint
from jamjar.tlog.committed import CommittedTree, NotCommitted
from jamjar.tlog.errors import LogUnavailable
from jamjar.tlog.evidence import Evidence
from jamjar.tlog.leaf import RawEvent, from_bytes
from jamjar.tlog.monitor_state import MonitorState
from jamjar.tlog.note import Note
from jamjar.tlog.policy import Policy, VerifiedCheckpoint
from jamjar.tlog.publisher import CHECKPOINT
from jamjar.tlog.reading import EventSource
from jamjar.tlog.tiles import WIDTH, Reader, TileTree, edge_of
from jamjar.tlog.tree import consistency_proof, root


class Kind(str, Enum):
    """What an alarm is about."""

    UNSIGNED = "UNSIGNED"
    ROLLBACK = "ROLLBACK"
    SPLIT_VIEW = "SPLIT_VIEW"
    DIFFERS = "DIFFERS"
    SILENCE = "SILENCE"


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is wrong with a log, in a sentence, with evidence if there is any."""

    kind: Kind
    sentence: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class MonitorReport:
    """The result of one run: the new state, alarms, and new events under watched consents with their numbers."""

    state: MonitorState
    alarms: tuple[Alarm, ...] = ()
    seen: tuple[tuple[int, RawEvent], ...] = ()


class Monitor:
    """One log, by its files and a policy.

    silence   after how many seconds an event that is not in the log, or a checkpoint without new cosignatures, is late
    source    the monitor's own node, None for a monitor without one
    consents  the consents to watch, each an address of 20 bytes
    """

    def __init__(
        self,
        reader: Reader,
        policy: Policy,
        *,
        silence: int,
        source: EventSource | None = None,
        consents: Iterable[bytes] = (),
    ) -> None:
        self._reader = reader
        self._policy = policy
        self._silence = silence
        self._source = source
        self._consents = frozenset(consents)

    def look(self, state: MonitorState, now: int) -> MonitorReport:
        """Read what is new since `state`, at `now` in Unix seconds; with an empty state, everything.

        After an alarm the state is unchanged, so that the next run finds the same again, unless all alarms are of
        silence. Raises LogUnavailable and LedgerError when the log or the node cannot be reached.
        """
        try:
            signed = self._published()
        except (InvalidInput, VerificationFailed) as error:
            return MonitorReport(state, (Alarm(Kind.UNSIGNED, f"The log shows no valid checkpoint. {error}"),))
        checkpoint = signed.checkpoint
        if state.note is not None and (wrong := self._changed(state.note, signed)):
            return MonitorReport(state, (wrong,))
        try:
            found = self._read(state, checkpoint)
        except (_Different, NotCommitted) as error:
            return MonitorReport(state, (Alarm(Kind.DIFFERS, str(error)),))
        except InvalidInput as error:
            return MonitorReport(state, (Alarm(Kind.DIFFERS, f"The log does not show what it signed. {error}"),))
        if found.state.frontier.root != checkpoint.root:
            return MonitorReport(state, (self._split(state, signed),))
        made = replace(found.state, note=signed.note)
        return MonitorReport(made, tuple(self._late(made, signed, now)), found.seen)

    def compare(self, state: MonitorState, text: str) -> Alarm | None:
        """Return an alarm when a checkpoint that was shown to somebody else contradicts what was read here.

        Raises InvalidInput and VerificationFailed for one that the log did not sign, and LogUnavailable when the log
        lacks the files for a comparison.
        """
        other = self._policy.check_log(text)
        if state.note is None:
            raise InvalidInput("The log was not read here yet; read it before comparing.")
        mine = read_checkpoint(state.note.text)
        if other.checkpoint.origin != mine.origin:
            raise InvalidInput("The checkpoint is another log's; choose one of this log.")
        found = evidence.of(state.note, other.note)
        if mine.size != other.checkpoint.size:
            small, large = sorted((mine, other.checkpoint), key=lambda each: each.size)
            found = self._contained(found, small, large)
            if found.contained == small.root:
                return None
        elif mine.root == other.checkpoint.root:
            return None
        return Alarm(Kind.SPLIT_VIEW, "The log signed two trees that contradict each other; tell everyone.", found)

    def _contained(self, found: Evidence, small: Checkpoint, large: Checkpoint) -> Evidence:
        """Return evidence with what the larger tree has in the smaller one's place, as the log's files prove."""
        tree = TileTree(self._reader, large.size)
        try:
            if root(tree, large.size) == large.root:
                proof = consistency_proof(tree, small.size, large.size)
                return replace(found, contained=root(tree, small.size), proof=proof)
        except InvalidInput:
            pass
        raise LogUnavailable("The log lacks the files for a comparison; compare again later.")

    def _published(self) -> VerifiedCheckpoint:
        data = self._reader.read(CHECKPOINT)
        if data is None:
            raise InvalidInput("It has published none; ask its operator.")
        try:
            return self._policy.check(data.decode())
        except UnicodeDecodeError:
            raise InvalidInput("Its checkpoint is not UTF-8 text; ask its operator.") from None

    def _changed(self, before: Note, signed: VerifiedCheckpoint) -> Alarm | None:
        old, new = read_checkpoint(before.text), signed.checkpoint
        if old.origin != new.origin:
            return Alarm(Kind.DIFFERS, f"The log was {old.origin}, and is now {new.origin}; monitor each of them.")
        if new.size < old.size:
            sentence = f"The log was rolled back from {old.size} events to {new.size}; tell everyone."
            return Alarm(Kind.ROLLBACK, sentence, evidence.of(before, signed.note))
        if new.size == old.size and new.root != old.root:
            sentence = f"The log signed two trees of {new.size} events; tell everyone."
            return Alarm(Kind.SPLIT_VIEW, sentence, evidence.of(before, signed.note))
        return None

    def _split(self, state: MonitorState, signed: VerifiedCheckpoint) -> Alarm:
        """Return the alarm for files that do not lead on from what was read to what is signed."""
        if state.note is not None and state.frontier.size < signed.checkpoint.size:
            try:
                if wrong := self.compare(state, str(signed.note)):
                    return wrong
            except LogUnavailable:
                pass
        return Alarm(Kind.DIFFERS, "The events of the log do not lead to the root that it signed; tell its operator.")

    def _read(self, state: MonitorState, checkpoint: Checkpoint) -> MonitorReport:
        """Return the state after the checkpoint's events, and the events seen; the unchanged state for a split view."""
        tree, last = TileTree(self._reader, checkpoint.size), state.last
        edge, seen = edge_of(tree, state.frontier.size), list[tuple[int, RawEvent]]()
        if edge.frontier() != state.frontier:
            return MonitorReport(state)
        committed = CommittedTree(tree, checkpoint.root)
        expected = self._expected(state, checkpoint, tree)
        found = reading.events(committed, edge.size, checkpoint.size)
        while batch := list(islice(found, WIDTH)):
            for number, event in batch:
                _require_order(number, last, event)
                if expected is not None:
                    _require_same(number, event, next(expected, None))
                if any(event.concerns(consent) for consent in self._consents):
                    seen.append((number, event))
                last = event
            edge, _ = edge.grown(event.to_bytes() for _, event in batch)
        return MonitorReport(MonitorState(edge.frontier(), None, last), (), tuple(seen))

    def _expected(self, state: MonitorState, checkpoint: Checkpoint, tree: TileTree) -> Iterator[RawEvent] | None:
        """Return the new events according to the ledger; None without a node."""
        if self._source is None or state.frontier.size == checkpoint.size:
            return None
        end = min(from_bytes(tree.leaf(checkpoint.size - 1)).block, self._source.final())
        return _after(state.last, self._source, end)

    def _late(self, state: MonitorState, signed: VerifiedCheckpoint, now: int) -> Iterator[Alarm]:
        fresh = [name for name, time in signed.cosigned.items() if time >= now - self._silence]
        if not self._policy.is_met(fresh):
            yield Alarm(Kind.SILENCE, f"Too few witnesses cosigned in {self._silence} seconds; ask the log's operator.")
        if self._source is not None:
            for event in _after(state.last, self._source, self._source.final()):
                if event.time < now - self._silence:
                    late = f"The event at {event.place} is {now - event.time} seconds old, and not in the log"
                    yield Alarm(Kind.SILENCE, f"{late}; ask its operator.")
                return


class _Different(Exception):
    """An event or file of the log is not the one that it should be."""


def _after(last: RawEvent | None, source: EventSource, end: int) -> Iterator[RawEvent]:
    first = source.first if last is None else last.block
    return (event for event in source.events(first, end) if last is None or event.place > last.place)


def _require_order(number: int, last: RawEvent | None, event: RawEvent) -> None:
    if last is not None and (event.place <= last.place or event.time < last.time or event.chain != last.chain):
        raise _Different(
            f"Event {number} of the log, at {event.place}, does not follow the one before it; tell its operator."
        )


def _require_same(number: int, event: RawEvent, expected: RawEvent | None) -> None:
    if event == expected:
        return
    if expected is None:
        raise _Different(
            f"Event {number} of the log, at {event.place}, is not on this node's ledger; ask another node."
        )
    if expected.place == event.place:
        raise _Different(
            f"Event {number} of the log, at {event.place}, differs from this node's ledger; ask another node."
        )
    raise _Different(
        f"Event {number} of the log is at {event.place}, on the node's {expected.place}; ask another node."
    )
