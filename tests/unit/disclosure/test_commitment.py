"""Commitments: what is refused, that nothing altered opens, and the leaf against eth-abi."""

import secrets

import pytest
from eth_abi import encode
from hypothesis import given
from hypothesis import strategies as st
from sha3 import keccak_256

from jamjar.disclosure import commitment
from jamjar.disclosure.commitment import LEAF_TYPES, LEAVES, RANDOM_BYTES, Opening, commit
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan.budget import Entry

NAME = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=128)
INT64 = st.integers(-(2**63), 2**63 - 1)
ENTRIES = st.dictionaries(NAME, INT64, min_size=1, max_size=LEAVES).map(
    lambda budget: tuple(Entry(name, value) for name, value in budget.items())
)


def keccak(data):
    return keccak_256(data).digest()


def opened(**changes):
    parts = {"name": "rent", "value": 1, "salt": b"\1" * 32, "proof": (b"\2" * 32,) * 6}
    return Opening(**{**parts, **changes})


class TestWhenEntriesCannotBeCommitted:
    @pytest.mark.parametrize("count", [0, 65])
    def test_none_or_more_than_leaves(self, count):
        with pytest.raises(InvalidInput, match="1 to 64 entries"):
            commit(tuple(Entry(f"jar.{i}", i) for i in range(count)), secrets.token_bytes)

    def test_one_name_twice(self):
        with pytest.raises(InvalidInput, match="Two entries are named 'rent'"):
            commit((Entry("rent", 1), Entry("food", 2), Entry("rent", 3)), secrets.token_bytes)

    @pytest.mark.parametrize("value", [2**63, -(2**63) - 1, True, 1.0, "1", None])
    def test_a_value_that_is_no_int64_and_it_is_not_repeated(self, value):
        for call in (
            lambda: commit((Entry("rent", value),), secrets.token_bytes),
            lambda: opened(value=value),
        ):
            with pytest.raises(InvalidInput, match="value of 'rent'") as caught:
                call()
            assert str(2**63)[:6] not in str(caught.value)

    @pytest.mark.parametrize("name", ["", "\ud800", "x" * 129])
    def test_a_name_that_is_empty_too_long_or_no_unicode(self, name):
        for call in (lambda: commit((Entry(name, 1),), secrets.token_bytes), lambda: opened(name=name)):
            with pytest.raises(InvalidInput, match="name of an entry"):
                call()


class TestWhenTheRandomSourceIsUnfit:
    @pytest.mark.parametrize("wrong", [b"", bytes(32), bytes(4095), bytes(4097), "x" * 4096])
    def test_a_wrong_length_or_type(self, wrong):
        with pytest.raises(InvalidInput, match="did not give 4096 bytes"):
            commit((Entry("rent", 1),), lambda n: wrong)

    def test_zeros(self):
        with pytest.raises(InvalidInput, match="repeats itself"):
            commit((Entry("rent", 1),), bytes)

    @given(st.lists(st.integers(0, 127), min_size=2, max_size=2, unique=True))
    def test_any_two_words_alike(self, places):
        words = [i.to_bytes(32, "big") for i in range(1, 129)]
        words[places[0]] = words[places[1]]
        with pytest.raises(InvalidInput, match="repeats itself"):
            commit((Entry("rent", 1),), lambda n: b"".join(words))


class TestWhenAnOpeningIsMalformed:
    @pytest.mark.parametrize("length", [0, 5, 7])
    def test_a_proof_that_is_not_six_hashes(self, length):
        with pytest.raises(InvalidInput, match="not 6 hashes"):
            opened(proof=(bytes(32),) * length)

    @pytest.mark.parametrize("word", [b"", bytes(31), bytes(33), bytearray(32), None])
    def test_a_salt_hash_or_root_that_is_not_32_bytes(self, word):
        good = (b"\2" * 32,) * 5
        for make in (lambda: opened(salt=word), lambda: opened(proof=(word, *good))):
            with pytest.raises(InvalidInput, match="not 32 bytes"):
                make()
        with pytest.raises(InvalidInput, match="The root is not 32 bytes"):
            commitment.verify(word, opened())

    def test_an_entry_the_budget_does_not_have(self):
        with pytest.raises(InvalidInput, match="no entry 'food'"):
            commit((Entry("rent", 1),), secrets.token_bytes).opening("food")


@given(ENTRIES, st.integers(0, 255), st.integers(0, 62), st.data())
def test_an_entry_opens_and_with_any_bit_flipped_it_does_not(entries, bit, value_bit, data):
    def flip(word):
        return (int.from_bytes(word, "big") ^ 1 << bit).to_bytes(32, "big")

    committed = commit(entries, secrets.token_bytes)
    entry = data.draw(st.sampled_from(entries))
    good = committed.opening(entry.name)
    assert (good.name, good.value) == (entry.name, entry.value)
    commitment.verify(committed.root, good)
    name = data.draw(NAME.filter(lambda other: other != entry.name))
    altered = [
        Opening(name, good.value, good.salt, good.proof),
        Opening(good.name, good.value ^ 1 << value_bit, good.salt, good.proof),
        Opening(good.name, ~good.value, good.salt, good.proof),
        Opening(good.name, good.value, flip(good.salt), good.proof),
        *(
            Opening(good.name, good.value, good.salt, (*good.proof[:i], flip(node), *good.proof[i + 1 :]))
            for i, node in enumerate(good.proof)
        ),
    ]
    for root, opening in [(flip(committed.root), good), *((committed.root, bad) for bad in altered)]:
        with pytest.raises(VerificationFailed, match="does not belong"):
            commitment.verify(root, opening)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(entries, random):
    block = secrets.token_bytes(RANDOM_BYTES)
    shuffled = tuple(random.sample(entries, len(entries)))
    assert commit(shuffled, lambda n: block).root == commit(entries, lambda n: block).root


@given(NAME, INT64, st.binary(min_size=32, max_size=32))
def test_a_leaf_is_what_eth_abi_encodes(name, value, salt):
    encoded = encode(LEAF_TYPES[1], (1, keccak(name.encode()), value, salt))
    assert opened(name=name, value=value, salt=salt).leaf == keccak(keccak(encoded))


def test_the_documented_bytes_make_the_leaves():
    words = [secrets.token_bytes(32) for _ in range(128)]
    committed = commit((Entry("rent", 5), Entry("food", 7)), lambda n: b"".join(words))
    data = [(keccak(b"food"), 7), (keccak(b"rent"), 5), *((word, 0) for word in words[66:])]
    encoded = [encode(LEAF_TYPES[1], (1, *item, salt)) for item, salt in zip(data, words[:64], strict=True)]
    leaves = [keccak(keccak(leaf)) for leaf in encoded]
    assert committed.tree.nodes[63:] == tuple(sorted(leaves, reverse=True))


def test_two_commitments_to_one_budget_share_no_node_and_no_repr_shows_a_secret():
    first, second = (commit((Entry("rent", 73219),), secrets.token_bytes) for _ in range(2))
    assert not set(first.tree.nodes) & set(second.tree.nodes)
    assert repr(first) == f"Commitment(root=0x{first.root.hex()})"
    assert repr(first.opening("rent")) == "Opening(name='rent')"
