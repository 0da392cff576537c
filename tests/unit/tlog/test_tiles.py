"""The files of a log, by the standard's own examples, and read back.

When a file is missing, cut short or longer     the log is refused
When it grows by any steps                      its files are those of the log made at once
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jamjar.errors import InvalidInput
from jamjar.tlog import tree
from jamjar.tlog.tiles import WIDTH, Edge, TileTree, bundle, edge_of, read_bundle, tile_path
from jamjar.tlog.tree import Frontier, leaf_hash

from .world import Files, files_of

MANY = [number.to_bytes(4, "big") for number in range(70_000)]


def test_paths_are_the_standards() -> None:
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path("entries", 273, 112) == "tile/entries/273.p/112"
    assert tile_path(2, 0, 1) == "tile/2/000.p/1"


def test_a_tree_of_70000_has_the_standards_tiles() -> None:
    files, edge = files_of(MANY)
    names = sorted(name for name in files if not name.startswith("tile/entries"))
    assert len([name for name in names if name.startswith("tile/0/") and ".p" not in name]) == 273
    assert [name for name in names if ".p" in name] == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]
    assert {len(files[name]) for name in names if ".p" not in name} == {8192}
    assert edge.frontier() == Frontier().grown(map(leaf_hash, MANY))
    read = TileTree(files, edge.size)
    assert (tree.root(read, edge.size), list(read.leaves(0, edge.size))) == (edge.frontier().root, MANY)
    assert edge_of(read, edge.size) == edge
    for index in (0, 255, 256, 65_535, 65_536, 69_999):
        proof = tree.inclusion_proof(read, index, edge.size)
        tree.verify_inclusion(leaf_hash(read.leaf(index)), index, edge.size, proof, edge.frontier().root)
    old = Frontier().grown(map(leaf_hash, MANY[:65_000])).root
    proof = tree.consistency_proof(read, 65_000, edge.size)
    tree.verify_consistency(65_000, old, edge.size, edge.frontier().root, proof)


def test_a_tree_of_256_has_the_standards_tiles() -> None:
    assert sorted(files_of(MANY[:256])[0]) == ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]


@settings(max_examples=20)
@given(st.lists(st.integers(0, 600), max_size=5))
def test_it_grows_by_any_steps(steps: list[int]) -> None:
    edge, files = Edge(), Files()
    for step in steps:
        edge, full = edge.grown(MANY[edge.size : edge.size + step])
        files |= full | edge.partial_files()
        assert edge_of(TileTree(files, edge.size), edge.size) == edge
    at_once, made = files_of(MANY[: edge.size])
    assert made == edge
    assert at_once.items() <= files.items()


def test_a_full_file_stands_in_for_a_partial_one() -> None:
    files, _ = files_of(MANY[:300])
    assert not any(".p/200" in name for name in files)
    smaller = TileTree(files, 200)
    assert list(smaller.leaves(190, 200)) == MANY[190:200]
    assert tree.root(smaller, 200) == Frontier().grown(map(leaf_hash, MANY[:200])).root


@pytest.mark.parametrize("name", ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"])
@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"\0", lambda data: b"", None])
def test_a_damaged_file_is_refused(name: str, change: object) -> None:
    files, edge = files_of(MANY[:300])
    if callable(change):
        files[name] = change(files[name])
    else:
        del files[name]
    with pytest.raises(InvalidInput):
        edge_of(TileTree(files, edge.size), edge.size)


def test_nothing_is_beyond_the_size() -> None:
    read = TileTree(files_of(MANY[:300])[0], 300)
    for ask in (lambda: read.hashes(0, 2), lambda: read.subtree(9, 0), lambda: read.leaf(600)):
        with pytest.raises(InvalidInput, match="ask within its size"):
            ask()


@given(st.lists(st.binary(max_size=300), max_size=WIDTH))
def test_bundles_are_read_back(leaves: list[bytes]) -> None:
    assert read_bundle(bundle(leaves), len(leaves)) == tuple(leaves)
