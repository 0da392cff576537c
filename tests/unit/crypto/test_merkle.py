"""The tree by itself: its refusals, its properties, and a tree worked out by hand from the rules."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sha3 import keccak_256

from jamjar.crypto import merkle
from jamjar.crypto.merkle import MultiProof
from jamjar.errors import InvalidInput

WORD = st.binary(min_size=32, max_size=32)
LEAVES = st.lists(WORD, min_size=1, max_size=40, unique=True)


def keccak(data):
    return keccak_256(data).digest()


def flip(word, bit):
    return (int.from_bytes(word, "big") ^ 1 << bit).to_bytes(32, "big")


class TestRefusals:
    def test_no_leaf(self):
        with pytest.raises(InvalidInput, match="at least one leaf"):
            merkle.build([])

    @pytest.mark.parametrize("bad", [b"", bytes(31), bytes(33), bytearray(32), "0" * 32, None])
    def test_what_is_not_32_bytes(self, bad):
        good = secrets.token_bytes(32)
        for call in (
            lambda: merkle.build([good, bad]),
            lambda: merkle.verify(bad, good, [good]),
            lambda: merkle.verify(good, bad, [good]),
            lambda: merkle.verify(good, good, [good, bad]),
            lambda: merkle.verify_multiproof(bad, MultiProof((good,), (), ())),
            lambda: merkle.verify_multiproof(good, MultiProof((bad,), (), ())),
            lambda: merkle.verify_multiproof(good, MultiProof((good,), (bad,), (False,))),
        ):
            with pytest.raises(InvalidInput, match="not 32 bytes"):
                call()

    @pytest.mark.parametrize("index", [-1, 0, 2, 7])
    def test_a_node_that_is_no_leaf(self, index):
        tree = merkle.build([bytes([i]) * 32 for i in range(4)])
        with pytest.raises(InvalidInput, match="not a leaf"):
            tree.proof(index)
        with pytest.raises(InvalidInput, match="not a leaf"):
            tree.multiproof([3, index])

    def test_an_inner_node_or_stranger_has_no_index(self):
        tree = merkle.build([bytes([i]) * 32 for i in range(4)])
        for word in (tree.root, tree.nodes[1], bytes([9]) * 32):
            with pytest.raises(InvalidInput, match="not in the tree"):
                tree.index(word)

    @pytest.mark.parametrize("indices", [[], [3, 3], [3, 4, 3]])
    def test_a_multiproof_of_nothing_or_of_one_leaf_twice(self, indices):
        with pytest.raises(InvalidInput, match="different leaves"):
            merkle.build([bytes([i]) * 32 for i in range(4)]).multiproof(indices)

    def test_shapes_of_multiproof_that_do_not_fit(self):
        a, b = bytes([1]) * 32, bytes([2]) * 32
        for shape in (
            MultiProof((), (a,), ()),
            MultiProof((a,), (b,), ()),
            MultiProof((a,), (), (False,)),
            MultiProof((a, b), (), (True, True)),
            MultiProof((a,), (b,), (True,)),
            MultiProof((a, b), (), (1,)),
            MultiProof((a, b), (a,), (False, True, True)),
        ):
            with pytest.raises(InvalidInput, match="ask for the proof again"):
                merkle.verify_multiproof(merkle.build([a, b]).root, shape)

    def test_an_invented_leaf_beside_an_inner_node(self):
        # CVE-2023-34459: a leaf pushed past the end of the computation, the root taken from the proof.
        tree = merkle.build([bytes([i]) * 32 for i in range(2)])
        forged = MultiProof((b"\x77" * 32, b"\x88" * 32), (tree.root,), (True, True))
        with pytest.raises(InvalidInput, match="do not fit"):
            merkle.verify_multiproof(tree.root, forged)


@given(
    st.lists(st.sampled_from([bytes([1]) * 32, bytes([2]) * 32]), max_size=4),
    st.lists(st.sampled_from([bytes([1]) * 32, bytes([2]) * 32]), max_size=4),
    st.lists(st.booleans(), max_size=6),
)
def test_a_multiproof_of_any_shape_gives_an_answer_or_our_refusal(leaves, proof, flags):
    fits = leaves and len(proof) == flags.count(False) and len(leaves) == flags.count(True) + 1
    multi = MultiProof(tuple(leaves), tuple(proof), tuple(flags))
    if fits:
        assert merkle.verify_multiproof(bytes([3]) * 32, multi) is False
    else:
        with pytest.raises(InvalidInput):
            merkle.verify_multiproof(bytes([3]) * 32, multi)


def test_a_tree_worked_out_by_hand():
    a, b, c = (bytes([i]) * 32 for i in (1, 2, 3))
    tree = merkle.build([b, c, a])
    left = keccak(a + b)  # Of nodes 3 and 4: leaves stand in descending order, c, b, a.
    assert tree.nodes == (keccak(min(left, c) + max(left, c)), left, c, b, a)
    assert tree.proof(tree.index(a)) == (b, c)
    assert tree.proof(tree.index(c)) == (left,)


@given(LEAVES, st.randoms(use_true_random=False))
def test_the_order_of_leaves_does_not_matter(leaves, random):
    shuffled = random.sample(leaves, len(leaves))
    assert merkle.build(shuffled) == merkle.build(leaves)


@given(LEAVES, st.integers(0, 255), st.data())
def test_every_leaf_is_proven_and_no_flipped_bit_passes(leaves, bit, data):
    tree = merkle.build(leaves)
    leaf = data.draw(st.sampled_from(leaves))
    proof = tree.proof(tree.index(leaf))
    assert merkle.verify(tree.root, leaf, proof) is True
    assert merkle.verify(flip(tree.root, bit), leaf, proof) is False
    assert merkle.verify(tree.root, flip(leaf, bit), proof) is False
    for i, node in enumerate(proof):
        assert merkle.verify(tree.root, leaf, (*proof[:i], flip(node, bit), *proof[i + 1 :])) is False


@given(LEAVES, st.integers(0, 255), st.data())
def test_any_set_of_leaves_is_proven_at_once_and_no_flipped_bit_passes(leaves, bit, data):
    tree = merkle.build(leaves)
    chosen = data.draw(st.lists(st.sampled_from(leaves), min_size=1, unique=True))
    multi = tree.multiproof([tree.index(leaf) for leaf in chosen])
    assert set(multi.leaves) == set(chosen)
    assert merkle.verify_multiproof(tree.root, multi) is True
    assert merkle.verify_multiproof(flip(tree.root, bit), multi) is False
    for i, leaf in enumerate(multi.leaves):
        bad = (*multi.leaves[:i], flip(leaf, bit), *multi.leaves[i + 1 :])
        assert merkle.verify_multiproof(tree.root, MultiProof(bad, multi.proof, multi.flags)) is False
