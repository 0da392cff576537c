"""Evidence against a log: two checkpoints that it signed, for anyone to judge.

    jamjar.log-evidence.1
    contained <base 64>          the root that the later tree has at the earlier one's size, and its consistency proof,
    <base 64> ...                one hash a line; left out where the sizes are the same, or the files were missing

    <the earlier checkpoint, as signed>
    <the later checkpoint, as signed>

Two trees of one size with two roots speak for themselves. Of two sizes, the larger tree must begin with the smaller:
a consistency proof to another root shows that it does not. Without such a proof, the log still owes one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from jamjar.encoding.strict_base64 import encode, read_hash
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog.checkpoint import Checkpoint, read_checkpoint
from jamjar.tlog.note import Note, Verifier, read_note
from jamjar.tlog.tree import verify_consistency

FORMAT: Final = "jamjar.log-evidence.1"
_WORD: Final = "contained "


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two signed checkpoints of one log, the earlier the smaller; `contained` and `proof` as in the file."""

    earlier: Note
    later: Note
    contained: bytes = b""
    proof: tuple[bytes, ...] = ()

    def __str__(self) -> str:
        lines = [f"{_WORD}{encode(self.contained)}", *map(encode, self.proof)] if self.contained else []
        return "\n".join([FORMAT, *lines, "", str(self.earlier), str(self.later)])

    def proves(self, logs: Iterable[Verifier]) -> bool:
        """Return whether one of these logs signed two trees that contradict each other.

        False means that it owes a consistency proof. Raises VerificationFailed when a signature is false, when not
        one key signed both, or when they do not contradict each other at all.
        """
        earlier, later = (read_checkpoint(note.text) for note in (self.earlier, self.later))
        known = [log for log in logs if log.name == earlier.origin == later.origin]
        if not self.earlier.verified(known).keys() & self.later.verified(known).keys():
            raise VerificationFailed("No log of the policy signed both checkpoints; do not use them as evidence.")
        return self._contradict(earlier, later)

    def _contradict(self, earlier: Checkpoint, later: Checkpoint) -> bool:
        if earlier.size == later.size:
            if earlier.root == later.root:
                raise VerificationFailed("The two checkpoints are of one tree; do not use them as evidence.")
            return True
        if not self.contained:
            return False
        verify_consistency(earlier.size, self.contained, later.size, later.root, self.proof)
        if self.contained == earlier.root:
            raise VerificationFailed("The later tree begins with the earlier one; do not use them as evidence.")
        return True


def of(one: Note, other: Note, contained: bytes = b"", proof: tuple[bytes, ...] = ()) -> Evidence:
    """Return two signed checkpoints as evidence, in the order of their sizes."""
    earlier, later = sorted((one, other), key=lambda note: read_checkpoint(note.text).size)
    return Evidence(earlier, later, contained, proof)


def read_evidence(text: str) -> Evidence:
    """Return the evidence in a text; raises InvalidInput for anything else."""
    parts = text.split("\n\n")
    lines = parts[0].split("\n")
    if lines.pop(0) != FORMAT or len(parts) != 5 or (lines and not lines[0].startswith(_WORD)):
        raise InvalidInput(f"The file is not evidence in the format {FORMAT}; choose the right file.")
    hashes = [read_hash(line) for line in (lines[0].removeprefix(_WORD), *lines[1:])] if lines else [b""]
    earlier, later = f"{parts[1]}\n\n{parts[2]}\n", f"{parts[3]}\n\n{parts[4]}"
    return Evidence(read_note(earlier), read_note(later), hashes[0], tuple(hashes[1:]))
