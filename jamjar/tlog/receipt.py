"""A receipt: one file that proves, offline and under a policy, that an event is in the log.

It is a tlog-proof (`jamjar.tlog.proof`) whose extra data are the SHA-256 of all that follows the extra line, and the
leaf (`jamjar.tlog.leaf`). The hash detects all damage, even to a cosignature that the policy does not need; only the
leaf, the proof and the signatures show that the event is true.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog import leaf as leaves
from jamjar.tlog.leaf import RawEvent
from jamjar.tlog.note import Note
from jamjar.tlog.policy import Policy, VerifiedCheckpoint
from jamjar.tlog.proof import LogProof, read_proof
from jamjar.tlog.tree import Subtrees, inclusion_proof, leaf_hash, verify_inclusion

MAX_BYTES: Final = 256 * 1024
"""Of a receipt's file."""
_DIGEST_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Receipt:
    """The content of a verified receipt: the event, its number in the log, and the checkpoint that has it."""

    event: RawEvent
    index: int
    signed: VerifiedCheckpoint


def write(leaf: bytes, index: int, tree: Subtrees, size: int, checkpoint: Note) -> str:
    """Return the receipt for leaf number `index` in the tree of `size` leaves that the checkpoint signs."""
    bare = LogProof(index, inclusion_proof(tree, index, size), str(checkpoint))
    return str(LogProof(index, bare.hashes, bare.checkpoint, sha256(bare.rest.encode()).digest() + leaf))


def read(data: bytes) -> tuple[LogProof, RawEvent]:
    """Return the proof and the event in the content of a receipt's file; `verify` checks whether they are true.

    Raises InvalidInput for a damaged receipt, or anything else.
    """
    if len(data) > MAX_BYTES:
        raise InvalidInput("The file is larger than any receipt; choose the right file.")
    try:
        proof = read_proof(data.decode())
    except UnicodeDecodeError:
        raise InvalidInput("The receipt is damaged; fetch it again from the log.") from None
    digest, leaf = proof.extra[:_DIGEST_BYTES], proof.extra[_DIGEST_BYTES:]
    if digest != sha256(proof.rest.encode()).digest():
        raise InvalidInput("The receipt is damaged; fetch it again from the log.")
    return proof, leaves.from_bytes(leaf)


def verify(data: bytes, policy: Policy) -> Receipt:
    """Return the content of a receipt, if it is true under a policy.

    Raises InvalidInput as `read`, and VerificationFailed for one that proves nothing.
    """
    proof, event = read(data)
    signed = policy.check(proof.checkpoint)
    checkpoint = signed.checkpoint
    if proof.index >= checkpoint.size:
        raise VerificationFailed("The checkpoint is older than the event; fetch the receipt again from the log.")
    verify_inclusion(leaf_hash(event.to_bytes()), proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return Receipt(event, proof.index, signed)
