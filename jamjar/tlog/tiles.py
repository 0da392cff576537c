"""The log as plain files (C2SP tlog-tiles): tiles of up to 256 hashes, and bundles of up to 256 leaves.

    tile/<level>/<index>[.p/<width>]    hash number i is that of 256**level leaves, perfect; level 0 are leaf hashes
    tile/entries/<index>[.p/<width>]    leaves, each after its length in two bytes, big-endian

An index is written as x001/x234/067; the last file of each level is partial until it has 256, and its name
says how many. Files of others are not trusted: they must lead to a root that was signed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, Protocol

from jamjar.encoding.strict_base64 import HASH_BYTES
from jamjar.errors import InvalidInput
from jamjar.tlog.tree import Frontier, leaf_hash, node_hash

WIDTH: Final = 256
_HEIGHT: Final = 8
_KEPT: Final = 64


class Reader(Protocol):
    """The source of a log's files: a folder, a web server, a USB stick."""

    def read(self, path: str) -> bytes | None:
        """Return what the file at this path holds, None when there is none; raises LogUnavailable when it cannot."""


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Return the path of a tile, or with the level "entries" of a bundle."""
    parts = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        parts.insert(0, f"x{index % 1000:03}")
    return f"tile/{level}/{'/'.join(parts)}" + (f".p/{width}" if width < WIDTH else "")


def bundle(leaves: Iterable[bytes]) -> bytes:
    """Return leaves of at most 65,535 bytes as a bundle."""
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)


def read_bundle(data: bytes, width: int) -> tuple[bytes, ...]:
    """Return the `width` leaves of a bundle; raises InvalidInput for one that is cut short or has more."""
    leaves, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        leaves.append(data[at + 2 : end])
        at = end
    if at != len(data) or len(leaves) != width:
        raise InvalidInput("A bundle of the log has the wrong number of leaves; read another copy of the log.")
    return tuple(leaves)


class Once:
    """A reader that reads each tile of hashes only once.

    Once all are read, proofs need no further requests, which would reveal for which events they are.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._kept: dict[str, bytes | None] = {}

    def read(self, path: str) -> bytes | None:
        """Return what the file at this path holds, as `Reader`."""
        if not path.startswith("tile/") or path.startswith("tile/entries/"):
            return self._reader.read(path)
        if path not in self._kept:
            self._kept[path] = self._reader.read(path)
        return self._kept[path]


class TileTree:
    """The first `size` leaves of a log, read from its files.

    Raises InvalidInput for files that are missing or wrong: a log that does not show what it signed is treated as
    damaged.
    """

    def __init__(self, reader: Reader, size: int) -> None:
        self._reader = reader
        self.size = size
        self._kept: dict[str, bytes] = {}

    def subtree(self, level: int, index: int) -> bytes:
        """Return the hash of a perfect subtree, as `jamjar.tlog.tree.Subtrees`."""
        above, below = divmod(level, _HEIGHT)
        first = index << below
        row = self.hashes(above, first // WIDTH)[first % WIDTH : first % WIDTH + (1 << below)]
        if len(row) != 1 << below:
            raise InvalidInput("The tree has no such subtree; ask within its size.")
        return perfect(row)

    def hashes(self, level: int, index: int) -> tuple[bytes, ...]:
        """Return the hashes of a tile."""
        wanted = self._width(level, index)
        data, width = self._read(level, index, wanted)
        if len(data) != width * HASH_BYTES:
            raise InvalidInput("A tile of the log has the wrong number of hashes; read another copy of the log.")
        return tuple(data[at : at + HASH_BYTES] for at in range(0, wanted * HASH_BYTES, HASH_BYTES))

    def leaf(self, index: int) -> bytes:
        """Return leaf number `index`."""
        return next(self.leaves(index, index + 1))

    def leaves(self, first: int, end: int) -> Iterator[bytes]:
        """Yield the leaves from number `first` to before `end`."""
        for index in range(first // WIDTH, -(-end // WIDTH)):
            start, wanted = index * WIDTH, self._width(0, index)
            leaves = read_bundle(*self._read("entries", index, wanted))
            yield from leaves[max(0, first - start) : min(wanted, end - start)]

    def _width(self, level: int, index: int) -> int:
        width = min(WIDTH, (self.size >> _HEIGHT * level) - index * WIDTH)
        if width < 1:
            raise InvalidInput("The tree has no such tile; ask within its size.")
        return width

    def _read(self, level: int | str, index: int, wanted: int) -> tuple[bytes, int]:
        for width in sorted({wanted, WIDTH}):  # a partial file may be gone once the full one is there
            path = tile_path(level, index, width)
            data = self._kept.get(path) or self._reader.read(path)
            if data is not None:
                if len(self._kept) == _KEPT:
                    self._kept.clear()
                self._kept[path] = data
                return data, width
        raise InvalidInput(f"The log lacks {tile_path(level, index, wanted)}; read another copy of the log.")


@dataclass(frozen=True, slots=True)
class Edge:
    """The right edge of a log, to which leaves are added: each level's unfinished tile, and the leaves' bundle."""

    size: int = 0
    levels: tuple[tuple[bytes, ...], ...] = ()
    leaves: tuple[bytes, ...] = ()

    def grown(self, leaves: Iterable[bytes]) -> tuple["Edge", dict[str, bytes]]:
        """Return the edge after more leaves, and the files that became full, by path."""
        size, rows, waiting = self.size, [list(row) for row in self.levels], list(self.leaves)
        files: dict[str, bytes] = {}
        for leaf in leaves:
            waiting.append(leaf)
            size += 1
            if len(waiting) == WIDTH:
                files[tile_path("entries", size // WIDTH - 1)] = bundle(waiting)
                waiting = []
            node = leaf_hash(leaf)
            for level in count():
                if level == len(rows):
                    rows.append([])
                rows[level].append(node)
                if len(rows[level]) < WIDTH:
                    break
                files[tile_path(level, (size >> _HEIGHT * (level + 1)) - 1)] = b"".join(rows[level])
                node, rows[level] = perfect(rows[level]), []
        return Edge(size, tuple(map(tuple, rows)), tuple(waiting)), files

    def partial_files(self) -> dict[str, bytes]:
        """Return the unfinished files, by path."""
        files = {
            tile_path(level, self.size >> _HEIGHT * (level + 1), len(row)): b"".join(row)
            for level, row in enumerate(self.levels)
            if row
        }
        if self.leaves:
            files[tile_path("entries", self.size // WIDTH, len(self.leaves))] = bundle(self.leaves)
        return files

    def frontier(self) -> Frontier:
        """Return the tree as far as its root needs it."""
        return frontier_of(self.size, self.levels)


def edge_of(tree: TileTree, size: int) -> Edge:
    """Read the right edge of the first `size` leaves of a log."""
    return Edge(size, right_edge(tree, size), tuple(tree.leaves(size - size % WIDTH, size)))


def right_edge(tree: TileTree, size: int) -> tuple[tuple[bytes, ...], ...]:
    """Read each level's unfinished tile of the first `size` leaves of a log, the leaves' hashes first."""
    levels = list[tuple[bytes, ...]]()
    while left := size >> _HEIGHT * len(levels):
        tiles, width = divmod(left, WIDTH)
        levels.append(tree.hashes(len(levels), tiles)[:width] if width else ())
    return tuple(levels)


def frontier_of(size: int, levels: Sequence[Sequence[bytes]]) -> Frontier:
    """Return a tree as far as its root needs it, from its right edge."""
    peaks = []
    for row in reversed(levels):
        at = 0
        for bit in reversed(range(_HEIGHT)):
            if len(row) & 1 << bit:
                peaks.append(perfect(row[at : at + (1 << bit)]))
                at += 1 << bit
    return Frontier(size, tuple(peaks))


def perfect(row: Sequence[bytes]) -> bytes:
    """Return the hash of a perfect subtree from a row of its hashes, a power of two of them."""
    while len(row) > 1:
        row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
    return row[0]
