"""Trees and proofs, beside pymerkle, a reference implementation, and RFC 6962's own numbers.

When a proof is changed, shortened, lengthened, or for another place    it is refused
When it is right                                                       both accept it
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency

from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.tlog import tree
from jamjar.tlog.tree import Frontier

from .world import Held

MOST = 200


DATA = [bytes([number]) * (number % 5) for number in range(MOST)]
HELD = Held(DATA)
ROOTS = [tree.root(HELD, size) for size in range(MOST + 1)]


@pytest.fixture(scope="module")
def reference() -> InmemoryTree:
    built = InmemoryTree.init_from_entries([], algorithm="sha256")
    for data in DATA:
        built.append_entry(data)
    return built


def test_roots(reference: InmemoryTree) -> None:
    assert [reference.get_state(size) for size in range(MOST + 1)] == ROOTS


def test_a_frontier_has_the_same_roots() -> None:
    at, found = Frontier(), []
    for leaf in HELD.rows[0]:
        found.append(at.root)
        at = at.grown([leaf])
    assert [*found, at.root] == ROOTS
    assert Frontier().grown(HELD.rows[0]) == at


def test_every_inclusion_proof_up_to_200_is_pymerkles(reference: InmemoryTree) -> None:
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = tree.inclusion_proof(HELD, index, size)
            assert [HELD.rows[0][index], *proof] == reference.prove_inclusion(index + 1, size).path


def test_every_consistency_up_to_200_is_pymerkles(reference: InmemoryTree) -> None:
    for new in range(1, MOST + 1):
        for old in range(1, new + 1):
            tree.verify_consistency(old, ROOTS[old], new, ROOTS[new], tree.consistency_proof(HELD, old, new))
            verify_consistency(ROOTS[old], ROOTS[new], reference.prove_consistency(old, new))


def test_rfc_6962_names_these_proofs() -> None:
    """Section 2.1.3: PATH(0), PATH(3), PATH(4), PATH(6) of D[7], and PROOF(3), PROOF(4), PROOF(6) of D[7]."""
    _, b, c, d, _, f, j = HELD.rows[0][:7]
    g, h, i, k = *HELD.rows[1][:3], HELD.rows[2][0]
    top = tree.node_hash(i, j)
    proofs = [tree.inclusion_proof(HELD, index, 7) for index in (0, 3, 4, 6)]
    assert proofs == [(b, h, top), (c, g, top), (f, j, k), (i, k)]
    assert [tree.consistency_proof(HELD, old, 7) for old in (3, 4, 6)] == [(c, d, g, top), (top,), (i, j, k)]


sizes = st.integers(1, MOST).flatmap(lambda new: st.tuples(st.integers(0, new - 1), st.just(new)))


@given(sizes, st.data())
def test_no_changed_inclusion_proof_passes(at: tuple[int, int], data: st.DataObject) -> None:
    index, size = at
    leaf, proof = HELD.rows[0][index], list(tree.inclusion_proof(HELD, index, size))
    tree.verify_inclusion(leaf, index, size, proof, ROOTS[size])
    for wrong in damaged(proof, data):
        with pytest.raises(VerificationFailed):
            tree.verify_inclusion(leaf, index, size, wrong, ROOTS[size])
    other = data.draw(st.integers(0, MOST).filter(lambda number: number != index))
    with pytest.raises(VerificationFailed):
        tree.verify_inclusion(leaf, other, size, proof, ROOTS[size])


@given(sizes, st.data())
def test_no_changed_consistency_proof_passes(at: tuple[int, int], data: st.DataObject) -> None:
    old, new = at
    proof = list(tree.consistency_proof(HELD, old, new))
    tree.verify_consistency(old, ROOTS[old], new, ROOTS[new], proof)
    for wrong in damaged(proof, data):
        with pytest.raises(VerificationFailed):
            tree.verify_consistency(old, ROOTS[old], new, ROOTS[new], wrong)
    for roots in ((b"\1" * 32, ROOTS[new]), (ROOTS[old], b"\1" * 32)):
        if old or roots[0] != ROOTS[0]:
            with pytest.raises(VerificationFailed):
                tree.verify_consistency(old, roots[0], new, roots[1], proof)


def damaged(proof: list[bytes], data: st.DataObject) -> list[list[bytes]]:
    """The proof without its last hash, with one more, and with one changed."""
    if not proof:
        return [[b"\1" * 32]]
    at = data.draw(st.integers(0, len(proof) - 1))
    changed = bytes([proof[at][0] ^ 1]) + proof[at][1:]
    return [proof[:-1], [*proof, proof[0]], [*proof[:at], changed, *proof[at + 1 :]]]


def test_what_no_tree_has_is_refused() -> None:
    for ask in (
        lambda: tree.inclusion_proof(HELD, 3, 3), lambda: tree.consistency_proof(HELD, 4, 3),
        lambda: tree.verify_inclusion(b"short", 0, 1, [], ROOTS[1]), lambda: Frontier(3, (b"",)),
        lambda: tree.verify_consistency(1, ROOTS[1], 2, ROOTS[2], [b"short"]),
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            ask()
    with pytest.raises(VerificationFailed, match="rolled back"):
        tree.verify_consistency(2, ROOTS[2], 1, ROOTS[1], [])


def test_a_proof_has_its_exact_length() -> None:
    """With roots made to fit: to an invented root, a proof of any length can lead."""
    leaf, a, more = HELD.rows[0][:3]
    with pytest.raises(VerificationFailed, match="too long"):
        tree.verify_inclusion(leaf, 0, 1, [more], tree.node_hash(more, leaf))
    with pytest.raises(VerificationFailed):
        tree.verify_inclusion(leaf, 0, 4, [a], tree.node_hash(leaf, a))
    with pytest.raises(VerificationFailed):
        tree.verify_consistency(2, a, 4, a, [])
    proof = tree.consistency_proof(HELD, 3, 4)
    roots = [tree.node_hash(more, ROOTS[size]) for size in (3, 4)]
    with pytest.raises(VerificationFailed):
        tree.verify_consistency(3, roots[0], 4, roots[1], [*proof, more])
