"""A log's files, believed only as far as the signed root commits to them, and read no further than that.

Each tile is checked against the tile above it, the highest against the root, and each bundle against its tile: so a
log that claims more events than it has fails at the first that it lacks, whatever else it answers without end.
"""

from collections.abc import Iterator
from typing import Final

from jamjar.errors import VerificationFailed
from jamjar.tlog.tiles import WIDTH, TileTree, frontier_of, perfect, right_edge, tile_path
from jamjar.tlog.tree import leaf_hash

_ROOT: Final = "The log's files do not lead to the root that it signed; tell its operator."


class NotCommitted(VerificationFailed):
    """The log's files are not those of the tree that it signed."""


class CommittedTree:
    """The leaves of a log's tree, in order, each as the root commits to it.

    Raises InvalidInput for files that are missing, NotCommitted for those that are not of this tree.
    """

    def __init__(self, tree: TileTree, root: bytes) -> None:
        """Read the right edge of the tree, one tile of each level, which leads to the root."""
        self._tree = tree
        self._edge = right_edge(tree, tree.size)
        if frontier_of(tree.size, self._edge).root != root:
            raise NotCommitted(_ROOT)
        self._last: dict[int, tuple[int, tuple[bytes, ...]]] = {}

    def leaves(self, first: int, end: int) -> Iterator[bytes]:
        """Yield the leaves from number `first` to before `end`."""
        for index in range(first // WIDTH, -(-end // WIDTH)):
            row, start = self._hashes(0, index), index * WIDTH
            leaves = tuple(self._tree.leaves(start, start + len(row)))
            if tuple(map(leaf_hash, leaves)) != row:
                raise _differs(tile_path(0, index, len(row)))
            yield from leaves[max(0, first - start) : end - start]

    def _hashes(self, level: int, index: int) -> tuple[bytes, ...]:
        """Return the hashes of a tile, to which the root commits."""
        at, row = self._last.get(level, (-1, ()))
        if at == index:
            return row
        row = self._tree.hashes(level, index)
        if len(row) < WIDTH:  # then it is the last of its level
            fits = row == self._edge[level]
        else:
            above = self._hashes(level + 1, index // WIDTH)
            fits = above[index % WIDTH] == perfect(row)
        if not fits:
            raise _differs(tile_path(level, index, len(row)))
        self._last[level] = index, row
        return row


def _differs(path: str) -> NotCommitted:
    return NotCommitted(f"The log's tiles are not what its events make ({path}); its proofs will fail.")
