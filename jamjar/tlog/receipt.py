"""A receipt: that an event is on the record, as one file that anybody checks offline, with a policy and nothing else.

It is a tlog-proof (`jamjar.tlog.proof`) whose extra data are the SHA-256 of all that follows the extra line, and the
leaf (`jamjar.tlog.leaf`). The first finds every damage, also to a cosignature that the policy could do without; that
the event is true only the second, the proof and the signatures say.
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
_DIGEST_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says, once it is verified: the event, its number in the log, and the checkpoint that has it."""

    event: RawEvent
    index: int
    signed: VerifiedCheckpoint


def write(leaf: bytes, index: int, tree: Subtrees, size: int, checkpoint: Note) -> str:
    """Return the receipt for leaf number `index` in the tree of `size` leaves that the checkpoint signs."""
    bare = LogProof(index, inclusion_proof(tree, index, size), str(checkpoint))
    return str(LogProof(index, bare.hashes, bare.checkpoint, sha256(bare.rest.encode()).digest() + leaf))


def read(data: bytes) -> tuple[LogProof, RawEvent]:
    """Return the proof and the event in a receipt, the content of its file; whether it is true is `verify`'s to say.

    Raises InvalidInput for what is no receipt, or a damaged one.
    """
    if len(data) > MAX_BYTES:
        raise InvalidInput("The file is larger than any receipt; choose the right one.")
    try:
        proof = read_proof(data.decode())
    except UnicodeDecodeError:
        raise InvalidInput("The receipt is damaged; fetch it again from the log.") from None
    digest, leaf = proof.extra[:_DIGEST_BYTES], proof.extra[_DIGEST_BYTES:]
    if digest != sha256(proof.rest.encode()).digest():
        raise InvalidInput("The receipt is damaged; fetch it again from the log.")
    return proof, leaves.from_bytes(leaf)


def verify(data: bytes, policy: Policy) -> Receipt:
    """Return what a receipt says, if it is true under a policy.

    Raises InvalidInput as `read`, and VerificationFailed for one that proves nothing.
    """
    proof, event = read(data)
    signed = policy.check(proof.checkpoint)
    checkpoint = signed.checkpoint
    if proof.index >= checkpoint.size:
        raise VerificationFailed("The checkpoint is older than the event: fetch the receipt again from the log.")
    verify_inclusion(leaf_hash(event.to_bytes()), proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return Receipt(event, proof.index, signed)
