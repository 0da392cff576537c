"""The client of a witness: sends a checkpoint with its consistency proof, and accepts only a valid cosignature."""

from collections.abc import Callable
from typing import Final

from jamjar.encoding.strict_base64 import read_number
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.service.http_client import HttpAnswer
from jamjar.tlog.checkpoint import read_checkpoint
from jamjar.tlog.errors import LogError, LogUnavailable
from jamjar.tlog.note import Note, NoteSignature, Verifier, read_signatures
from jamjar.tlog.tree import Subtrees, consistency_proof
from jamjar.tlog.witness import SIZE_TYPE, CosignRequest

Post = Callable[[bytes], HttpAnswer]
"""Sends a body to a witness's add-checkpoint, and returns the answer; raises LogUnavailable."""
_TRIES: Final = 3


class WitnessClient:
    """One witness: its public key, and the function that sends to it."""

    def __init__(self, verifier: Verifier, post: Post) -> None:
        self.verifier = verifier
        self._post = post

    def cosign(self, note: Note, tree: Subtrees) -> NoteSignature:
        """Return the witness's cosignature of a signed checkpoint, with proofs made from its tree.

        Raises LogError when it refuses, and LogUnavailable when it gives no valid answer.
        """
        size, old = read_checkpoint(note.text).size, 0
        for _ in range(_TRIES):
            answer = self._post(CosignRequest(old, consistency_proof(tree, old, size), note).to_bytes())
            if answer.status == 200:
                return self._cosignature(note, answer.body)
            if answer.status != 409 or answer.content_type.partition(";")[0] != SIZE_TYPE:
                break
            old = self._size(answer.body)
            if old > size:
                raise LogError(
                    f"{self.verifier.name} cosigned {old} leaves, and this log has {size}; restore the rest."
                )
        raise LogError(
            f"{self.verifier.name} refused the checkpoint ({answer.status}); compare the log with its last cosignature."
        )

    def _size(self, body: bytes) -> int:
        try:
            return read_number(body.decode().removesuffix("\n"), "The size")
        except ValueError:  # includes InvalidInput
            raise LogUnavailable(f"{self.verifier.name} gave an invalid answer; tell its operator.") from None

    def _cosignature(self, note: Note, body: bytes) -> NoteSignature:
        try:
            for line in read_signatures(body.decode()):
                if (line.name, line.id) == (self.verifier.name, self.verifier.id):
                    self.verifier.verify(note.text, line.signature)
                    return line
        except (InvalidInput, UnicodeDecodeError, VerificationFailed):
            pass
        raise LogUnavailable(f"{self.verifier.name} gave no valid cosignature; tell its operator.")
