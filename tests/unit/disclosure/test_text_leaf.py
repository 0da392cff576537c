"""Leaves of texts, against eth-abi and OpenZeppelin's merkle-tree; packages of a set are as long whatever they show."""

import json
import secrets
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from eth_abi import encode
from sha3 import keccak_256

from jamjar.consent.named import ValueKind
from jamjar.crypto.sealing import EncryptionKey
from jamjar.disclosure import commitment as commitments
from jamjar.disclosure.disclosure import MAX_BYTES
from jamjar.disclosure.named_set import NamedSet
from jamjar.disclosure.package import OPENINGS_ROOM, TEXT_ROOM, Opened, open_package, seal_package
from jamjar.disclosure.text_leaf import LEAF_TYPES, TextEntry, TextOpening
from jamjar.errors import InvalidInput, VerificationFailed
from tests.support.disclosures import REGISTRY
from tests.support.named_sets import PERSON, committed, set_terms, shown_set

ROOT = Path(__file__).parents[3]
ADVISER, CLAIMANT = EncryptionKey(b"\3" * 32), EncryptionKey(b"\4" * 32)
TERMS = set_terms(shown=tuple(PERSON))
SURNAME, TOWN = "org.example.identity:surname", "org.example.identity:town"
WIDEST = NamedSet("a" * 60, {f"{'b' * 62}{i}": ValueKind.TEXT for i in range(10, 74)})
TEXTS = dict.fromkeys(WIDEST.kinds, '"' * 1024)
# 64 names, each with the longest name and the longest text, which JSON writes with two characters for each.


def keccak(data):
    return keccak_256(data).digest()


def words(opening):
    """A leaf's values, as eth-abi and OpenZeppelin take them."""
    return [3, keccak(opening.name.encode()), keccak(opening.text.encode()), opening.salt]


def reference(questions):
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules/@openzeppelin/merkle-tree").is_dir():
        pytest.fail("the reference needs Node 18 or newer and its packages; install Node, then run `npm ci`")
    done = subprocess.run(
        [node, str(ROOT / "tools/reference/merkle.mjs")], input="".join(json.dumps(each) + "\n" for each in questions),
        capture_output=True, text=True, cwd=ROOT, timeout=300, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_leaf_is_what_eth_abi_encodes():
    opening = committed(TERMS).text_opening(SURNAME)
    assert opening.leaf == keccak(keccak(encode(LEAF_TYPES, words(opening))))


def test_openzeppelin_verifies_what_is_shown_and_nothing_changed():
    made = committed(TERMS)
    opening, other = made.text_opening(SURNAME), made.text_opening(TOWN)
    ask = {"op": "verify", "root": "0x" + made.root.hex(), "proof": ["0x" + node.hex() for node in opening.proof]}
    hexed = [
        [3, *("0x" + word.hex() for word in words(each)[1:])] for each in (opening, replace(opening, text="A"), other)
    ]
    number = [1, hexed[0][1], str(int.from_bytes(words(opening)[2], "big") % 2**63), hexed[0][3]]
    answers = reference([{**ask, "leaf": leaf} for leaf in (*hexed, number)])
    assert answers == [{"valid": True}, {"valid": False}, {"valid": False}, {"valid": False}]


def test_every_leaf_but_the_values_is_a_decoy():
    made = committed(TERMS)
    assert len(made.tree.nodes) == 127
    assert made.names == tuple(f"org.example.identity:{name}" for name in sorted(PERSON))
    again = committed(TERMS, {**PERSON, "surname": "Smith"})
    assert set(made.tree.nodes[63:]) - set(again.tree.nodes[63:]) == {made.text_opening(SURNAME).leaf}


@pytest.mark.parametrize(
    "change",
    [{"name": "surname"}, {"name": 5}, {"text": ""}, {"salt": b""}, {"proof": ()}, {"proof": (b"",) * 6}, {"text": 5}],
)
def test_an_opening_of_another_form(change):
    good = {"name": SURNAME, "text": "A", "salt": b"\1" * 32, "proof": (b"\2" * 32,) * 6}
    with pytest.raises(InvalidInput):
        TextOpening(**{**good, **change})
    with pytest.raises(VerificationFailed):
        commitments.verify(committed(TERMS).root, TextOpening(**good))


def test_neither_its_text_nor_its_salt_is_in_a_representation():
    opening = committed(TERMS).text_opening(SURNAME)
    for each in (opening, TextEntry(SURNAME, "Brien"), committed(TERMS), shown_set(TERMS, ["surname"])):
        assert "Brien" not in repr(each)
        assert opening.salt.hex() not in repr(each)


def package(shown):
    return seal_package(shown, CLAIMANT.public_bytes, ADVISER.public_bytes, REGISTRY, secrets.token_bytes)


def test_a_package_is_as_long_whatever_it_shows_and_whatever_the_values_are():
    terms = set_terms(shown=tuple(WIDEST.kinds), of=WIDEST)
    short = dict.fromkeys(WIDEST.kinds, "a")
    shown = [
        shown_set(terms, names, values, WIDEST)
        for values in (TEXTS, short)
        for names in (list(WIDEST.kinds), list(WIDEST.kinds)[:1])
    ]
    sealed = [package(each) for each in shown]
    assert len({len(each.to_bytes()) for each in sealed}) == 1
    assert isinstance(opened := open_package(sealed[0], ADVISER, REGISTRY), Opened)
    assert opened.disclosure == shown[0]


def test_the_room_holds_the_longest_disclosure():
    terms = set_terms(shown=tuple(WIDEST.kinds), of=WIDEST)
    longest = shown_set(terms, list(WIDEST.kinds), TEXTS, WIDEST)
    room = len(longest.terms.to_json().encode()) + OPENINGS_ROOM + 64 * TEXT_ROOM
    assert len(CLAIMANT.public_bytes + longest.to_json()) + 4 <= room
    most_terms = 64 * 1024 - len(longest.terms.to_json().encode())
    assert len(longest.to_json()) + most_terms <= MAX_BYTES
