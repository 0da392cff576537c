"""A log is read no further than its signed root commits to what it shows, however much it claims.

When a log claims 2**40 events, and has 300                           the first tile that it lacks ends it
When it answers for every tile and every bundle, without end          the first that the root does not commit to does
When the right edge does not lead to the root                         NotCommitted, and nothing more is read
When one bit of a leaf, or of a tile of any level, is another         NotCommitted, and its path
Given a log of any size                                               its leaves, each file read once
"""

from collections.abc import Callable

import pytest

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog.checkpoint import Checkpoint
from jamjar.tlog.committed import CommittedTree, NotCommitted
from jamjar.tlog.monitor import Kind, Monitor
from jamjar.tlog.monitor_state import MonitorState
from jamjar.tlog.note import Note
from jamjar.tlog.receipt_maker import receipts
from jamjar.tlog.tiles import WIDTH, TileTree, bundle, perfect, tile_path
from jamjar.tlog.tree import leaf_hash

from .world import CONSENT, LOG_KEY, NOW, ORIGIN, WITNESSES, Files, event, files_of, leaves, policy

CLAIM = 1 << 40
MOST = 40
"""Files that are read of a log that claims so much, at most."""


class Counted(Files):
    """A log's files, and what is read of them; after too many the test fails."""

    def __init__(self, files: Files, made: Callable[[str], bytes | None] = lambda _: None) -> None:
        super().__init__(files)
        self.made, self.paths = made, list[str]()

    def read(self, path: str) -> bytes | None:
        self.paths.append(path)
        assert len(self.paths) <= MOST, self.paths
        found = self.get(path)
        return self.made(path) if found is None else found


def claimed(root: bytes) -> bytes:
    text = Checkpoint(ORIGIN, CLAIM, root).text
    return str(Note(text, (LOG_KEY.sign(text), *(each.cosign(text, NOW) for each in WITNESSES)))).encode()


def endless() -> Counted:
    """A log that answers everything: its root commits to 256 true leaves, and to nothing for all the others."""
    row = [leaf_hash(leaf) for leaf in leaves(WIDTH)]
    files = Files({tile_path(0, 0): b"".join(row), tile_path("entries", 0): bundle(leaves(WIDTH))})
    for level in range(1, 5):
        row = [perfect(row), *[bytes(32)] * (WIDTH - 1)]
        files[tile_path(level, 0)] = b"".join(row)
    files["tile/5/000.p/1"] = perfect(row)
    files["checkpoint"] = claimed(files["tile/5/000.p/1"])

    def made(path: str) -> bytes | None:
        if not path.startswith("tile/") or ".p/" in path:
            return None
        number = WIDTH * int(path.rpartition("/")[2])
        more = [event(each).to_bytes() for each in range(number, number + WIDTH)]
        return bundle(more) if "entries" in path else b"".join(map(leaf_hash, more))

    return Counted(files, made)


def few() -> Counted:
    """A log of 300 events that claims more."""
    files, edge = files_of(leaves(300))
    return Counted(Files(files | {"checkpoint": claimed(edge.frontier().root)}))


@pytest.mark.parametrize("log", [endless, few])
def test_a_claim_of_more_than_there_is(log: Callable[[], Counted]) -> None:
    (alarm,) = Monitor(log(), policy(), silence=60).look(MonitorState(), NOW).alarms
    assert alarm.kind is Kind.DIFFERS
    with pytest.raises((InvalidInput, VerificationFailed)):
        list(receipts(log(), policy(), {CONSENT}))


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 700])
def test_a_log_is_read_once(size: int) -> None:
    files, edge = files_of(leaves(size))
    counted = Counted(files)
    tree = CommittedTree(TileTree(counted, size), edge.frontier().root)
    assert list(tree.leaves(0, size)) == leaves(size)
    assert sorted(counted.paths) == sorted(set(counted.paths)) == sorted(files)
    assert list(tree.leaves(size // 2, size)) == leaves(size)[size // 2 :]


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/001"])
def test_one_bit_is_another(path: str) -> None:
    files, edge = files_of(leaves(600))
    files[path] = files[path][:-1] + bytes([files[path][-1] ^ 1])
    with pytest.raises(NotCommitted):
        list(CommittedTree(TileTree(files, 600), edge.frontier().root).leaves(0, 600))


def test_another_root() -> None:
    files, edge = files_of(leaves(600))
    _, other = files_of([*leaves(599), event(599, data=b"other").to_bytes()])
    for root in (other.frontier().root, bytes(32)):
        assert root != edge.frontier().root
        with pytest.raises(NotCommitted):
            CommittedTree(TileTree(files, 600), root)
