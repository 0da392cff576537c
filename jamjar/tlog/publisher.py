"""The publisher: writes the final events of the ledger as a log's files, and has its checkpoints cosigned.

Each file is written whole or not at all, and always in the same order: tiles and bundles; `signed`, the last checkpoint
that this log signed; and, after the witnesses, `checkpoint`, the last one published. So a publisher that is killed at
any moment resumes from what it signed, and never signs two trees that contradict each other. Its position on the ledger
is that of its own last event: nothing else is stored.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog.checkpoint import Checkpoint, read_checkpoint
from jamjar.tlog.cosigning import Cosigner, Cosigners
from jamjar.tlog.errors import LogDiffers, WitnessesMissing
from jamjar.tlog.folder import Folder
from jamjar.tlog.leaf import RawEvent, from_bytes
from jamjar.tlog.note import Note, NoteSigner, read_note
from jamjar.tlog.policy import Policy
from jamjar.tlog.reading import EventSource
from jamjar.tlog.tiles import WIDTH, Edge, TileTree, edge_of

CHECKPOINT: Final = "checkpoint"
SIGNED: Final = "signed"
_BATCH: Final = 4 * WIDTH


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the checkpoint, the number of new events in it, and why witnesses failed, if any did."""

    checkpoint: Checkpoint
    new: int
    failed: tuple[str, ...]


class Publisher:
    """One log: its folder, its key, the ledger and its witnesses.

    policy  whose cosignatures a checkpoint needs to be published; None publishes it with the log's signature alone
    """

    def __init__(
        self,
        folder: Folder,
        signer: NoteSigner,
        source: EventSource,
        witnesses: Sequence[Cosigner] = (),
        policy: Policy | None = None,
    ) -> None:
        self._folder = folder
        self._signer = signer
        self._source = source
        self._cosigners = Cosigners(witnesses, policy)
        self._policy = policy
        self._next = source.first

    def publish(self) -> Published:
        """Publish the events that have become final; if there are none, have the last checkpoint cosigned again.

        Raises LogDiffers, with nothing signed, when the ledger does not show what the log has; WitnessesMissing when
        the policy is not met; LogUnavailable and LedgerError when the folder or the node fails.
        """
        with self._folder.alone():
            return self._publish()

    def _publish(self) -> Published:
        note, edge = self._resume()
        before = edge.size
        edge = self._grow(edge)
        if note is None or edge.size > before:
            checkpoint = Checkpoint(self._signer.verifier.name, edge.size, edge.frontier().root)
            note = Note(checkpoint.text, (self._signer.sign(checkpoint.text),))
            self._folder.write({SIGNED: str(note).encode()})
        else:
            note = self._with_earlier_cosignatures(note)
        cosignatures, failed = self._cosigners.cosign(note, self._folder, edge.size)
        cosigned = note.with_signatures(cosignatures)
        if self._policy is not None:
            try:
                self._policy.check(str(cosigned))
            except VerificationFailed as error:
                raise WitnessesMissing(" ".join([str(error), *failed])) from error
        self._folder.write({CHECKPOINT: str(cosigned).encode()})
        return Published(read_checkpoint(note.text), edge.size - before, failed)

    def _resume(self) -> tuple[Note | None, Edge]:
        data = self._folder.read(SIGNED)
        if data is None:
            return None, Edge()
        try:
            note = read_note(data.decode())
            checkpoint = read_checkpoint(note.text)
            mine = note.verified([self._signer.verifier]) and checkpoint.origin == self._signer.verifier.name
            edge = edge_of(TileTree(self._folder, checkpoint.size), checkpoint.size)
        except (InvalidInput, UnicodeDecodeError, VerificationFailed) as error:
            raise LogDiffers(f"The folder of the log is damaged ({error}); restore it before publishing.") from error
        if not mine or edge.frontier().root != checkpoint.root:
            raise LogDiffers("The folder is another log's, or damaged; name the right folder and key, or restore it.")
        return note, edge

    def _grow(self, edge: Edge) -> Edge:
        """Return the edge with the final events added; the log ends with a whole block, as only such are signed."""
        final, first = self._source.final(), self._next
        last = from_bytes(TileTree(self._folder, edge.size).leaf(edge.size - 1)) if edge.size else None
        if last is not None:
            first = max(first, last.block + 1)
            if last.block <= final and list(self._source.events(last.block, last.block))[-1:] != [last]:
                raise LogDiffers(
                    f"Block {last.block} of the ledger differs from the log, although it was final; compare several"
                    " nodes, and do not publish until it is clear which history is right."
                )
        leaves = (event.to_bytes() for event in _ordered(last, self._source.events(first, final)))
        while batch := list(islice(leaves, _BATCH)):
            edge, files = edge.grown(batch)
            self._folder.write(files)
        self._folder.write(edge.partial_files())
        self._next = max(first, final + 1)
        return edge

    def _with_earlier_cosignatures(self, note: Note) -> Note:
        data = self._folder.read(CHECKPOINT)
        try:
            published = read_note(data.decode()) if data else note
        except (InvalidInput, UnicodeDecodeError):
            return note  # it is written again below
        return published if published.text == note.text else note


def _ordered(last: RawEvent | None, found: Iterable[RawEvent]) -> Iterator[RawEvent]:
    for event in found:
        if last is not None and event.place <= last.place:
            raise LogDiffers(f"The node gives the event at {event.place} after that at {last.place}; ask another node.")
        yield event
        last = event
