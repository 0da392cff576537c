"""Merkle trees exactly as OpenZeppelin's StandardMerkleTree 1.0.8 builds and verifies them.

Rules, from `@openzeppelin/merkle-tree` `core` and `standard`:

1. A tree of n leaves is an array of 2n - 1 nodes: root at 0, the children of i at 2i + 1 and 2i + 2.
2. Leaf hashes are sorted in ascending order and stand at the end of the array, the smallest one last.
3. A parent is keccak256 of its two children, the smaller first, so a proof needs no left or right.
4. A leaf hash is keccak256 over 32 bytes (a hash hashed again), a parent is keccak256 over 64 bytes: no inner
   node has a preimage of a leaf's form. This protects only a verifier that hashes the leaf data itself.

Warning: a proof of any length that leads to the root is accepted here, so an inner node passed *as a leaf
hash* would verify. Callers hash the leaf from its data, and fix the length of the proof where they know it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from jamjar.crypto.hashing import keccak256
from jamjar.errors import InvalidInput

HASH_BYTES = 32
"""Of a leaf, a node and a root."""


@dataclass(frozen=True, slots=True)
class MultiProof:
    """A proof of several leaves of one tree.

    `leaves` and `proof` hold 32-byte hashes; for each step `flags` says whether its second operand is a hash
    already computed (true) or the next of `proof` (false). The order of `leaves` is part of the proof.
    """

    leaves: tuple[bytes, ...]
    proof: tuple[bytes, ...]
    flags: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class MerkleTree:
    """A whole tree, as the array of its nodes; made by `build`."""

    nodes: tuple[bytes, ...] = field(repr=False)

    @property
    def root(self) -> bytes:
        """The 32-byte root."""
        return self.nodes[0]

    @property
    def first_leaf(self) -> int:
        """The lowest node index that holds a leaf; all from there on do."""
        return len(self.nodes) // 2

    def index(self, leaf: bytes) -> int:
        """Return the node index of a leaf hash, or raise InvalidInput when the tree has no such leaf."""
        try:
            return self.nodes.index(leaf, self.first_leaf)
        except ValueError:
            raise InvalidInput("The leaf is not in the tree; check its data and its salt.") from None

    def proof(self, index: int) -> tuple[bytes, ...]:
        """Return the sibling hashes, 32 bytes each, from the leaf at node `index` up to the root, lowest first.

        Raises InvalidInput for an index that is not a leaf's.
        """
        self._require_leaf(index)
        proof = []
        while index > 0:
            proof.append(self.nodes[_sibling(index)])
            index = _parent(index)
        return tuple(proof)

    def multiproof(self, indices: Sequence[int]) -> MultiProof:
        """Return one proof for the leaves at node `indices`, in descending order of their indices.

        Raises InvalidInput for no index, a repeated one, or one that is not a leaf's.
        """
        for index in indices:
            self._require_leaf(index)
        ordered = sorted(indices, reverse=True)
        if not ordered or len(set(ordered)) != len(ordered):
            raise InvalidInput("The leaves of the multiproof are none or repeated; name one or more different leaves.")
        queue, proof, flags = list(ordered), [], []
        position = 0
        while queue[position] > 0:
            index = queue[position]
            position += 1
            paired = position < len(queue) and queue[position] == _sibling(index)
            if paired:
                position += 1
            else:
                proof.append(self.nodes[_sibling(index)])
            flags.append(paired)
            queue.append(_parent(index))
        return MultiProof(tuple(self.nodes[index] for index in ordered), tuple(proof), tuple(flags))

    def _require_leaf(self, index: int) -> None:
        if not self.first_leaf <= index < len(self.nodes):
            raise InvalidInput("The node is not a leaf of the tree; take its index from `index(leaf)`.")


def build(leaves: Sequence[bytes]) -> MerkleTree:
    """Return the tree over 32-byte leaf hashes, given in any order.

    Raises InvalidInput when there is no leaf or one is not 32 bytes.
    """
    _require_hashes(leaves)
    if not leaves:
        raise InvalidInput("The tree has no leaf; give the hash of at least one leaf.")
    nodes = [b""] * (len(leaves) - 1) + sorted(leaves, reverse=True)
    for i in range(len(leaves) - 2, -1, -1):
        left, right = nodes[2 * i + 1], nodes[2 * i + 2]
        nodes[i] = keccak256(left + right if left < right else right + left)
    return MerkleTree(tuple(nodes))


def verify(root: bytes, leaf: bytes, proof: Sequence[bytes]) -> bool:
    """Return whether `proof` leads from the leaf hash to `root`; InvalidInput for items not 32 bytes."""
    _require_hashes((root, leaf, *proof))
    node = leaf
    for sibling in proof:
        node = _hash_pair(node, sibling)
    return node == root


def verify_multiproof(root: bytes, multiproof: MultiProof) -> bool:
    """Return whether `multiproof` leads from all its leaf hashes to `root`.

    Raises InvalidInput for items not 32 bytes and for shapes that do not use every hash exactly once: this
    prevents the proof of an invented leaf (CVE-2023-34459 in OpenZeppelin's contracts). Stricter than
    OpenZeppelin in one point: a proof of no leaf is refused.
    """
    leaves, proof, flags = multiproof.leaves, multiproof.proof, multiproof.flags
    _require_hashes((root, *leaves, *proof))
    if any(type(flag) is not bool for flag in flags):
        raise InvalidInput("A flag of the multiproof is neither true nor false; ask for the proof again.")
    if len(proof) != flags.count(False) or len(leaves) + len(proof) != len(flags) + 1:
        raise InvalidInput("The leaves, hashes and flags of the multiproof do not fit; ask for the proof again.")
    # These counts mean: at least one leaf, two hashes to take at every true flag, one hash left at the end.
    queue, siblings = list(leaves), iter(proof)
    position = 0
    for flag in flags:
        second = queue[position + 1] if flag else next(siblings)
        queue.append(_hash_pair(queue[position], second))
        position += 2 if flag else 1
    return queue[-1] == root


def _hash_pair(a: bytes, b: bytes) -> bytes:
    return keccak256(a + b if a < b else b + a)


def _sibling(index: int) -> int:
    return index + 1 if index % 2 else index - 1


def _parent(index: int) -> int:
    return (index - 1) // 2


def _require_hashes(items: Sequence[bytes]) -> None:
    if any(type(item) is not bytes or len(item) != HASH_BYTES for item in items):
        raise InvalidInput("A hash of a tree or proof is not 32 bytes; decode it from hex and check its length.")
