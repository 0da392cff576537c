"""A log beside one's own record: how far they agree, and the proof that an event is in the log."""

from dataclasses import dataclass
from typing import Final

from jamjar.explorer.record import EventRecord
from jamjar.tlog import receipt
from jamjar.tlog.committed import CommittedTree
from jamjar.tlog.leaf import from_bytes
from jamjar.tlog.policy import Policy, VerifiedCheckpoint
from jamjar.tlog.receipt_maker import published
from jamjar.tlog.tiles import Once, Reader, TileTree
from jamjar.tlog.tree import inclusion_proof, leaf_hash, proof_ranges

LEFT: Final = "left"
RIGHT: Final = "right"


@dataclass(frozen=True, slots=True)
class ProofStep:
    """One hash of an inclusion proof: that of the events from `first` to before `end`, left or right of ours.

    ours  the events that lie under our side's hash, from the first to before the end
    """

    first: int
    end: int
    digest: bytes
    side: str
    ours: tuple[int, int]


@dataclass(frozen=True, slots=True)
class EventProof:
    """The proof that event number `index` is among the `size` of the log."""

    index: int
    size: int
    leaf: bytes
    steps: tuple[ProofStep, ...]
    root: bytes


class LogSeen:
    """A log as its signed checkpoint commits to it, compared with the record.

    same     how many of its events, from the first on, are those of the record
    differs  the number of the first event that is not as the record has it, None if there is none
    ahead    how many of its events stand in later blocks than the record's last
    """

    def __init__(self, reader: Reader, policy: Policy, record: EventRecord) -> None:
        """Read all of a log; raises LogUnavailable, InvalidInput and VerificationFailed as it cannot be believed."""
        self.signed: VerifiedCheckpoint = published(reader, policy)
        self.size = self.signed.checkpoint.size
        self._tree = TileTree(Once(reader), self.size)
        self._record, self.same, self.ahead = record, 0, 0
        self.differs: int | None = None
        ours = [entry.raw.to_bytes() for entry in record.entries]
        for number, leaf in enumerate(CommittedTree(self._tree, self.signed.checkpoint.root).leaves(0, self.size)):
            if self.differs is not None:
                continue  # all of it is read: so whoever serves the log does not learn what is looked for
            if number < len(ours) and leaf == ours[number]:
                self.same += 1
            elif number >= len(ours) and from_bytes(leaf).block > record.last.number:
                self.ahead += 1
            else:
                self.differs = number

    @property
    def missing(self) -> int:
        """How many of the record's events the log does not have yet."""
        return max(0, len(self._record.entries) - self.size)

    def proves(self, number: int) -> bool:
        """Return whether the log proves event `number` of the record: it has all up to there as the record has them."""
        return number < self.same

    def proof(self, number: int) -> EventProof:
        """Return the proof for an event of the record that the log has."""
        hashes = inclusion_proof(self._tree, number, self.size)
        steps, ours = [], (number, number + 1)
        for (first, end), digest in zip(proof_ranges(number, self.size), hashes, strict=True):
            steps.append(ProofStep(first, end, digest, LEFT if first < ours[0] else RIGHT, ours))
            ours = min(first, ours[0]), max(end, ours[1])
        leaf = leaf_hash(self._record.entries[number].raw.to_bytes())
        return EventProof(number, self.size, leaf, tuple(steps), self.signed.checkpoint.root)

    def receipt(self, number: int) -> str:
        """Return the receipt for an event, as a file that anyone checks."""
        leaf = self._record.entries[number].raw.to_bytes()
        return receipt.write(leaf, number, self._tree, self.size, self.signed.note)
