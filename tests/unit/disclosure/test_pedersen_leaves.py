"""Leaves of format 2: against eth-abi, OpenZeppelin's tree and JSON; the same openings, and nothing altered opens."""

import dataclasses
import json
import random
import secrets

import pytest
from eth_abi import encode
from sha3 import keccak_256

from jamjar.crypto import pedersen
from jamjar.crypto.pedersen import ORDER
from jamjar.disclosure import commitment
from jamjar.disclosure.commitment import LEAF_TYPES, LEAVES, Opening, commit
from jamjar.disclosure.disclosure import Disclosure
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan.budget import Entry
from tests.unit.crypto.test_openzeppelin_merkle import reference, to_hex
from tests.unit.disclosure.test_disclosure import FIGURES, check, shown

ENTRIES = tuple(Entry(name, value) for name, value in FIGURES.items())
BUDGETS = 20


def keccak(data):
    return keccak_256(data).digest()


def leaf_values(name_word, value, salt):
    """A leaf's four values, from the definition: r*G + v*H, its parity and its x."""
    point = pedersen.commit(value, int.from_bytes(salt, "big"))
    uncompressed = point.format(compressed=False)
    return 2, name_word, uncompressed[64] & 1, uncompressed[1:33]


def committed(words=None):
    return commit(ENTRIES, secrets.token_bytes if words is None else lambda _: b"".join(words), 2)


def as_their_leaves(words):
    entries = sorted((entry.name, entry.value) for entry in ENTRIES)
    data = [(keccak(name.encode()), value) for name, value in entries]
    data += [(word, 0) for word in words[LEAVES + len(data) :]]
    return [leaf_values(*item, salt) for item, salt in zip(data, words, strict=False)]


def test_the_documented_bytes_make_the_leaves():
    words = [secrets.token_bytes(32) for _ in range(2 * LEAVES)]
    leaves = [keccak(keccak(encode(LEAF_TYPES[2], leaf))) for leaf in as_their_leaves(words)]
    assert committed(words).tree.nodes[LEAVES - 1 :] == tuple(sorted(leaves, reverse=True))


def test_openzeppelin_builds_the_same_root_and_verifies_our_proofs_and_no_other_point():
    chance, questions, expected = random.Random(39), [], []  # noqa: S311 - the same budgets in each run
    for _ in range(BUDGETS):
        words = [chance.randbytes(32) for _ in range(2 * LEAVES)]
        ours = committed(words)
        leaves = [[2, to_hex(name), parity, to_hex(x)] for _, name, parity, x in as_their_leaves(words)]
        at = chance.randrange(len(ENTRIES))
        proof = [to_hex(h) for h in ours.opening(ours.names[at]).proof]
        questions.append({"op": "build", "leaves": leaves, "prove": [at], "multi": [at]})
        expected.append({"root": to_hex(ours.root), "proofs": [proof]})
        for leaf, valid in ((leaves[at], True), ([*leaves[at][:2], 1 - leaves[at][2], leaves[at][3]], False)):
            questions.append({"op": "verify", "root": to_hex(ours.root), "leaf": leaf, "proof": proof})
            expected.append({"valid": valid})
    for answer, their in zip(reference(questions), expected, strict=True):
        assert their.items() <= answer.items()


class TestAnOpening:
    def test_it_is_name_value_salt_and_proof_as_in_format_1_and_opens_the_root(self):
        ours = committed()
        for name in ours.names:
            opening = ours.opening(name)
            assert (opening.name, opening.value) == (name, FIGURES[name])
            commitment.verify(ours.root, opening)

    @pytest.mark.parametrize("change", [{"value": -1812}, {"name": "total.fixed"}, {"leaf_format": 1}])
    def test_altered_it_does_not(self, change):
        ours = committed()
        with pytest.raises(VerificationFailed, match="does not belong"):
            commitment.verify(ours.root, dataclasses.replace(ours.opening("balance"), **change))

    @pytest.mark.parametrize("bit", range(0, 256, 17))
    def test_nor_with_another_salt(self, bit):
        ours = committed()
        good = ours.opening("balance")
        salt = (int.from_bytes(good.salt, "big") ^ 1 << bit).to_bytes(32, "big")
        with pytest.raises((VerificationFailed, InvalidInput)):
            commitment.verify(ours.root, dataclasses.replace(good, salt=salt))

    @pytest.mark.parametrize("salt", [bytes(32), ORDER.to_bytes(32, "big"), b"\xff" * 32])
    def test_a_salt_that_is_no_scalar_is_refused(self, salt):
        with pytest.raises(InvalidInput, match="A scalar is not"):
            Opening("balance", 1, salt, (bytes(32),) * 6, 2)
        words = [salt, *(secrets.token_bytes(32) for _ in range(2 * LEAVES - 1))]
        with pytest.raises(InvalidInput, match="A scalar is not"):
            committed(words)

    @pytest.mark.parametrize("leaf_format", [0, 3, True, "2", None])
    def test_an_unknown_format_is_refused(self, leaf_format):
        for make in (
            lambda: Opening("balance", 1, b"\1" * 32, (bytes(32),) * 6, leaf_format),
            lambda: commit(ENTRIES, secrets.token_bytes, leaf_format),
        ):
            with pytest.raises(InvalidInput, match="leaf format is unknown"):
                make()


class TestADisclosure:
    def test_it_says_its_format_is_read_again_and_verified(self):
        package = shown(budget=committed())
        assert json.loads(package.to_json())["format"] == "jamjar.disclosure.2"
        again = Disclosure.from_json(package.to_json())
        assert again == package
        assert check(again)["fixed.home.rent"] == 61234

    def test_called_by_the_other_format_it_opens_nothing(self):
        text = shown(budget=committed()).to_json().replace(b"jamjar.disclosure.2", b"jamjar.disclosure.1")
        with pytest.raises(VerificationFailed, match="does not belong"):
            check(Disclosure.from_json(text))

    def test_openings_of_two_formats_are_refused(self):
        package = shown(budget=committed())
        mixed = (dataclasses.replace(package.openings[0], leaf_format=1), *package.openings[1:])
        with pytest.raises(InvalidInput, match="two formats"):
            dataclasses.replace(package, openings=mixed)
