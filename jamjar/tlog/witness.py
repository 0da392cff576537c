"""A witness: cosigns a log's checkpoint only if it continues the last one it cosigned (C2SP tlog-witness).

It needs no node and no leaves. It stores the last checkpoint of each log before it answers. Permanently it stores each
checkpoint that a log signed and that does not continue that one, together with the one that it should have continued.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from jamjar.encoding.strict_base64 import encode, read_hash, read_number
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog import evidence
from jamjar.tlog.checkpoint import Checkpoint, read_checkpoint
from jamjar.tlog.evidence import Evidence
from jamjar.tlog.note import Note, NoteSigner, Verifier, read_note
from jamjar.tlog.proof import MAX_HASHES
from jamjar.tlog.tree import EMPTY_ROOT, verify_consistency

SIZE_TYPE: Final = "text/x.tlog.size"
TEXT_TYPE: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class CosignRequest:
    """A log's request to cosign the note's checkpoint, with the proof that it continues the tree of `old` leaves."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    def to_bytes(self) -> bytes:
        """Return the body of the HTTP request."""
        return "".join([f"old {self.old}\n", *(f"{encode(each)}\n" for each in self.proof), f"\n{self.note}"]).encode()


@dataclass(frozen=True, slots=True)
class WitnessAnswer:
    """An HTTP status (RFC 9110, section 15) with its body."""

    status: int
    body: str
    type: str = TEXT_TYPE


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, the new last checkpoint (None: unchanged), and the evidence against the log, if any."""

    answer: WitnessAnswer
    latest: Note | None = None
    against: Evidence | None = None


class CosignStore(Protocol):
    """The storage of a witness."""

    def update(self, origin: str, decide: Callable[[Note | None], Decision]) -> Decision:
        """Decide about a log's last checkpoint and store the decision, in one transaction."""


class Witness:
    """One witness: the logs it knows, by their public keys, its private keys, and a clock in Unix seconds."""

    def __init__(
        self, logs: Sequence[Verifier], signers: Sequence[NoteSigner], store: CosignStore, clock: Callable[[], float]
    ) -> None:
        self._logs = tuple(logs)
        self._signers = tuple(signers)
        self._store = store
        self._clock = clock

    def add_checkpoint(self, body: bytes) -> WitnessAnswer:
        """Answer a request to cosign a checkpoint (C2SP tlog-witness, add-checkpoint)."""
        try:
            request = read_request(body)
            checkpoint = read_checkpoint(request.note.text)
        except InvalidInput as error:
            return WitnessAnswer(400, f"{error}\n")
        keys = [log for log in self._logs if log.name == checkpoint.origin]
        if not keys:
            return WitnessAnswer(404, "This witness does not know the log; ask its operator to add it.\n")
        try:
            signed = request.note.verified(keys)
        except VerificationFailed:
            signed = {}
        if not signed:
            return WitnessAnswer(
                403, "The log did not sign this checkpoint; sign it with the key that the witness knows.\n"
            )
        ids = {(key.name, key.id) for key in signed}
        own = Note(request.note.text, tuple(each for each in request.note.signatures if (each.name, each.id) in ids))
        made = CosignRequest(request.old, request.proof, own)
        decision = self._store.update(checkpoint.origin, lambda latest: decide(latest, made, checkpoint))
        if decision.answer.status != 200:
            return decision.answer
        now = int(self._clock())
        return WitnessAnswer(200, "".join(str(signer.cosign(own.text, now)) for signer in self._signers))


def decide(latest: Note | None, request: CosignRequest, checkpoint: Checkpoint) -> Decision:
    """Decide about a checkpoint that the log signed, given the last one cosigned, None if there is none."""
    last = read_checkpoint(latest.text) if latest else Checkpoint(checkpoint.origin, 0, EMPTY_ROOT)
    fork = checkpoint.size == last.size and checkpoint.root != last.root
    against = evidence.of(latest, request.note) if latest and (fork or checkpoint.size < last.size) else None
    if request.old > checkpoint.size:
        return Decision(
            WitnessAnswer(400, "The old size is larger than the checkpoint's; correct it.\n"), None, against
        )
    if request.old != last.size:
        return Decision(WitnessAnswer(409, f"{last.size}\n", SIZE_TYPE), None, against)
    try:
        verify_consistency(last.size, last.root, checkpoint.size, checkpoint.root, request.proof)
    except VerificationFailed as error:
        return Decision(WitnessAnswer(422, f"{error}\n"), None, evidence.of(latest, request.note) if latest else None)
    return Decision(WitnessAnswer(200, ""), request.note)


def read_request(body: bytes) -> CosignRequest:
    """Return the request in a body; raises InvalidInput for anything else."""
    try:
        head, empty, note = body.decode().partition("\n\n")
    except UnicodeDecodeError:
        raise InvalidInput("The request is not UTF-8 text; send it again.") from None
    lines = head.split("\n")
    if not empty or not lines[0].startswith("old ") or len(lines) > 1 + MAX_HASHES:
        raise InvalidInput(
            "The request is not an old size, up to 63 hashes, an empty line and a checkpoint; correct it."
        )
    old = read_number(lines[0].removeprefix("old "), "The old size")
    return CosignRequest(old, tuple(map(read_hash, lines[1:])), read_note(note))
