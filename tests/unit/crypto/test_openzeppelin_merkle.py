"""OpenZeppelin's merkle-tree, a reference implementation, verifies our proofs, and we its, over 1,000 budgets."""

import json
import random
import secrets
import shutil
import subprocess
from pathlib import Path

import pytest
from sha3 import keccak_256

from jamjar.crypto import merkle
from jamjar.crypto.merkle import MultiProof
from jamjar.disclosure import commitment
from jamjar.disclosure.commitment import LEAVES, Opening, commit
from jamjar.errors import InvalidInput, VerificationFailed
from jamjar.plan.budget import Entry

ROOT = Path(__file__).parents[3]
BUDGETS = 1_000
MULTI_EVERY = 4


def to_hex(word):
    return "0x" + word.hex()


def from_hex(words):
    return tuple(bytes.fromhex(word[2:]) for word in words)


def reference(questions):
    """Put all questions to one Node process and return the answers in order."""
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules/@openzeppelin/merkle-tree").is_dir():
        pytest.fail("the reference needs Node 18 or newer and its packages; install Node, then run `npm ci`")
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    result = subprocess.run(
        [node, str(ROOT / "tools/reference/merkle.mjs")],
        input=lines, capture_output=True, text=True, cwd=ROOT, timeout=300, check=True,
    )  # fmt: skip
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == len(questions)
    return answers


def leaf(name_word, value, salt):
    """One leaf as the library takes it."""
    return [1, to_hex(name_word), str(value), to_hex(salt)]


class Case:
    """A random budget, our commitment to it, and its 64 leaves as the documented byte order gives them."""

    def __init__(self, chance):
        count = chance.choice([1, 2, 63, 64, *range(3, 63)])
        names = chance.sample([f"jar.{i}" for i in range(200)], count)
        values = [chance.choice([0, 1, -1, 2**63 - 1, -(2**63), chance.randrange(10**7)]) for _ in names]
        block = chance.randbytes(4096)
        words = [block[i : i + 32] for i in range(0, 4096, 32)]
        self.entries = sorted(zip(names, values, strict=True))
        self.ours = commit(tuple(Entry(*entry) for entry in self.entries), lambda n: block)
        real = [leaf(keccak_256(name.encode()).digest(), value, salt)
                for (name, value), salt in zip(self.entries, words, strict=False)]  # fmt: skip
        decoys = [leaf(words[64 + i], 0, words[i]) for i in range(count, LEAVES)]
        self.leaves = real + decoys
        self.shown = chance.randrange(count)
        self.multi = sorted(chance.sample(range(count), chance.randint(1, min(count, 12))))

    def opening(self, i):
        return self.ours.opening(self.entries[i][0])

    def our_multiproof(self):
        nodes = {self.ours.tree.index(self.opening(i).leaf): i for i in self.multi}
        return self.ours.tree.multiproof(list(nodes)), [nodes[at] for at in sorted(nodes, reverse=True)]


@pytest.fixture(scope="module")
def cases():
    seed = secrets.randbits(64)
    print("seed", seed)
    chance = random.Random(seed)  # noqa: S311 - a printed seed makes a failure repeatable
    return [Case(chance) for _ in range(BUDGETS)]


@pytest.fixture(scope="module")
def theirs(cases):
    return reference([{"op": "build", "leaves": c.leaves, "prove": [c.shown], "multi": c.multi} for c in cases])


def test_roots_are_equal(cases, theirs):
    assert [to_hex(case.ours.root) for case in cases] == [their["root"] for their in theirs]


def test_proofs_are_equal_and_ours_accepts_theirs(cases, theirs):
    for case, their in zip(cases, theirs, strict=True):
        good = case.opening(case.shown)
        proof = from_hex(their["proofs"][0])
        assert good.proof == proof
        commitment.verify(case.ours.root, Opening(good.name, good.value, good.salt, proof))
        with pytest.raises(VerificationFailed):
            commitment.verify(case.ours.root, Opening(good.name, good.value ^ 1, good.salt, proof))


def test_theirs_accepts_our_proofs_and_neither_a_tampered_value(cases):
    questions = []
    for case in cases:
        good, proven = case.opening(case.shown), case.leaves[case.shown]
        tampered = [*proven[:2], str(good.value ^ 1), proven[3]]
        ask = {"op": "verify", "root": to_hex(case.ours.root), "proof": [to_hex(h) for h in good.proof]}
        questions += [{**ask, "leaf": proven}, {**ask, "leaf": tampered}]
    assert reference(questions) == [{"valid": True}, {"valid": False}] * BUDGETS


def test_ours_accepts_their_multiproofs(cases, theirs):
    for case, their in list(zip(cases, theirs, strict=True))[::MULTI_EVERY]:
        multi = their["multiproof"]
        ours, order = case.our_multiproof()
        assert multi["leaves"] == [case.leaves[i] for i in order]
        leaves = tuple(case.opening(i).leaf for i in order)
        proof = MultiProof(leaves, from_hex(multi["proof"]), tuple(multi["proofFlags"]))
        assert merkle.verify_multiproof(from_hex([their["root"]])[0], proof) is True
        assert proof == ours


def test_theirs_accepts_our_multiproofs_and_not_a_tampered_value(cases):
    questions = []
    for case in cases[::MULTI_EVERY]:
        ours, order = case.our_multiproof()
        leaves = [case.leaves[i] for i in order]
        tampered = [[*leaves[0][:2], str(case.entries[order[0]][1] ^ 1), leaves[0][3]], *leaves[1:]]
        ask = {"op": "verifyMulti", "root": to_hex(case.ours.root), "proofFlags": ours.flags}
        ask["proof"] = [to_hex(h) for h in ours.proof]
        questions += [{**ask, "leaves": leaves}, {**ask, "leaves": tampered}]
    assert reference(questions) == [{"valid": True}, {"valid": False}] * (BUDGETS // MULTI_EVERY)


def test_both_refuse_a_multiproof_that_does_not_fit(cases):
    ours, order = cases[0].our_multiproof()
    ask = {
        "op": "verifyMulti",
        "root": to_hex(cases[0].ours.root),
        "leaves": [cases[0].leaves[i] for i in order],
    }
    bad = {**ask, "proof": [to_hex(h) for h in ours.proof][1:], "proofFlags": ours.flags}
    assert "error" in reference([bad])[0]
    with pytest.raises(InvalidInput, match="do not fit"):
        merkle.verify_multiproof(cases[0].ours.root, MultiProof(ours.leaves, ours.proof[1:], ours.flags))
