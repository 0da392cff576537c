"""Merkle trees of RFC 6962, section 2.1, with SHA-256: roots, inclusion proofs and consistency proofs.

A subtree is *perfect* when it has 2**level leaves, the first of which is leaf number index * 2**level: every root and
every proof is made of such. Making proofs needs a `Subtrees`; checking them needs none, and a `Frontier` follows a
growing tree with one hash for each level.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol

from jamjar.encoding.strict_base64 import HASH_BYTES
from jamjar.errors import InvalidInput, VerificationFailed

EMPTY_ROOT: Final = sha256().digest()
"""The root of the tree without leaves."""
_INCONSISTENT: Final = "The proof does not show that the smaller tree begins the larger one; accept neither for now."


class Subtrees(Protocol):
    """The source of the hashes of a tree's perfect subtrees."""

    def subtree(self, level: int, index: int) -> bytes:
        """Return the hash of the leaves from index * 2**level, 2**level of them; 32 bytes."""


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf's bytes: SHA-256(0x00 || leaf)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree of `size` leaves, reduced to what its root needs: its perfect subtrees' hashes, the largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise InvalidInput("The size of a tree and its hashes do not fit; read the log again from its beginning.")

    def grown(self, leaves: Iterable[bytes]) -> "Frontier":
        """Return the tree with more leaves, given by their hashes."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            node, rest = leaf, size
            while rest & 1:
                node, rest = node_hash(peaks.pop(), node), rest >> 1
            peaks.append(node)
            size += 1
        return Frontier(size, tuple(peaks))

    @property
    def root(self) -> bytes:
        """The root (RFC 6962, section 2.1)."""
        return _joined(self.peaks) if self.peaks else EMPTY_ROOT


def root(tree: Subtrees, size: int) -> bytes:
    """Return the root of the first `size` leaves."""
    return _range_hash(tree, 0, size) if size else EMPTY_ROOT


def inclusion_proof(tree: Subtrees, index: int, size: int) -> tuple[bytes, ...]:
    """Return the proof that leaf number `index` is among the first `size` (RFC 6962, section 2.1.1).

    Raises InvalidInput when it is not.
    """
    if not 0 <= index < size:
        raise InvalidInput(f"The tree of {size} leaves has no leaf number {index}; wait for a larger checkpoint.")
    return tuple(_range_hash(tree, *each) for each in proof_ranges(index, size))


def proof_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """Return which leaves each hash of an inclusion proof is of: the first's number, and that after the last's."""
    return _path(index, 0, size)


def consistency_proof(tree: Subtrees, old: int, new: int) -> tuple[bytes, ...]:
    """Return the proof that the first `old` leaves begin the first `new` (RFC 6962, section 2.1.2); empty for 0.

    Raises InvalidInput when there are more old ones than new.
    """
    if not 0 <= old <= new:
        raise InvalidInput(f"A tree of {new} leaves does not contain one of {old}; ask for a larger one.")
    return tuple(_range_hash(tree, *each) for each in _subproof(old, 0, new, whole=True)) if old else ()


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf, by its hash, is number `index` of the tree (RFC 9162, section 2.1.3.2).

    Raises VerificationFailed when the proof does not lead from the leaf to the root, or has the wrong length.
    """
    if not 0 <= index < size:
        raise VerificationFailed(f"A tree of {size} leaves has no leaf number {index}; do not rely on this proof.")
    _require_hashes(leaf, root, *proof)
    node, first, last = leaf, index, size - 1
    for sibling in proof:
        if last == 0:
            raise VerificationFailed("The inclusion proof is too long; do not rely on it.")
        if first & 1 or first == last:
            node = node_hash(sibling, node)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        first, last = first >> 1, last >> 1
    if last or node != root:
        raise VerificationFailed("The inclusion proof does not lead from the event to the root; do not rely on it.")


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree of `old` leaves begins that of `new` (RFC 9162, section 2.1.4.2).

    Raises VerificationFailed when the proof does not lead to both roots, or has the wrong length.
    """
    if not 0 <= old <= new:
        raise VerificationFailed(f"The log was rolled back from {old} leaves to {new}; do not rely on it.")
    _require_hashes(old_root, new_root, *proof)
    if old in (0, new):
        if proof or old_root != (new_root if old == new else EMPTY_ROOT):
            raise VerificationFailed(_INCONSISTENT)
        return
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    old_node = new_node = path[0] if path else b""
    for sibling in path[1:]:
        if last == 0:
            raise VerificationFailed(_INCONSISTENT)
        if first & 1 or first == last:
            old_node, new_node = node_hash(sibling, old_node), node_hash(sibling, new_node)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            new_node = node_hash(new_node, sibling)
        first, last = first >> 1, last >> 1
    if last or (old_node, new_node) != (old_root, new_root):
        raise VerificationFailed(_INCONSISTENT)


def _path(index: int, first: int, end: int) -> list[tuple[int, int]]:
    if end - first == 1:
        return []
    middle = first + _split(end - first)
    if index < middle:
        return [*_path(index, first, middle), (middle, end)]
    return [*_path(index, middle, end), (first, middle)]


def _subproof(old: int, first: int, end: int, *, whole: bool) -> list[tuple[int, int]]:
    if old == end:
        return [] if whole else [(first, end)]
    middle = first + _split(end - first)
    if old <= middle:
        return [*_subproof(old, first, middle, whole=whole), (middle, end)]
    return [*_subproof(old, middle, end, whole=False), (first, middle)]


def _split(size: int) -> int:
    """Return the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _range_hash(tree: Subtrees, first: int, end: int) -> bytes:
    peaks, at = [], first
    while at < end:  # `at` stays a multiple of the power of two taken, as `first` is one of all in this range
        level = (end - at).bit_length() - 1
        peaks.append(tree.subtree(level, at >> level))
        at += 1 << level
    return _joined(peaks)


def _joined(peaks: Sequence[bytes]) -> bytes:
    node = peaks[-1]
    for peak in reversed(peaks[:-1]):
        node = node_hash(peak, node)
    return node


def _require_hashes(*hashes: bytes) -> None:
    if any(type(each) is not bytes or len(each) != HASH_BYTES for each in hashes):
        raise InvalidInput("A hash of a tree or proof is not 32 bytes; copy it again.")
